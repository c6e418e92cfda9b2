/** Who takes part: twelve accounts, what they bring and what they are after. Account numbers follow this order, from 1. */

export interface Person {
  readonly name: string;
  /** What they deposit, USD. */
  readonly deposit: string;
  /** For the reader. */
  readonly role: string;
}

export const CAST = [
  { name: "Mira", deposit: "60000", role: "market maker, will be short in both markets" },
  { name: "Liv", deposit: "45000", role: "liquidator, waits for positions to take over" },
  { name: "Hana", deposit: "7000", role: "long AVAX and short AAVE on one margin account" },
  { name: "Carl", deposit: "7000", role: "long in both markets, low leverage" },
  { name: "Bela", deposit: "1250", role: "long AAVE at 8x" },
  { name: "Lena", deposit: "7100", role: "long AAVE at 2x" },
  { name: "Omar", deposit: "5000", role: "long AVAX at 2x" },
  { name: "Sven", deposit: "2500", role: "short AVAX" },
  { name: "Tess", deposit: "3000", role: "short AVAX" },
  { name: "Yuki", deposit: "1200", role: "short AAVE" },
  { name: "Noor", deposit: "10000", role: "saver, no position" },
  { name: "Mallory", deposit: "100", role: "wants Noor's money" },
] as const satisfies readonly Person[];

export type Name = (typeof CAST)[number]["name"];

/** The account number that the engine gives to a person's first deposit. */
export function accountOf(name: Name): number {
  return CAST.findIndex((person) => person.name === name) + 1;
}

/** The name behind an account number; account 0 is the insurance account. */
export function nameOf(account: number): string {
  return account === 0 ? "insurance" : (CAST[account - 1]?.name ?? `account ${account}`);
}
