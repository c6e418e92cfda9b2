/** What everybody has, to the unit: account at the proven marks, claims, and tokens in the wallet. Their sum never changes. */
import { equity } from "../../../verifier/model/margin.ts";
import { accountAt } from "../../../verifier/model/tree.ts";
import { padEnd, padStart, type Terminal } from "../print/terminal.ts";
import { accountOf, CAST } from "../story/cast.ts";
import { termsOf } from "../story/ledger.ts";
import { identityOf } from "../story/people.ts";
import { depositsOf } from "../story/story.ts";
import type { Theatre } from "../theatre.ts";
import { showExactUsd } from "../units.ts";

/** Quote units. */
export interface Holdings {
  /** By name, for everyone who deposits in the play. */
  readonly people: ReadonlyMap<string, bigint>;
  /** Of the accounts alone, by name. */
  readonly accounts: ReadonlyMap<string, bigint>;
  /** The insurance account with its scalar; negative is a deficit. */
  readonly insurance: bigint;
  /** Tokens that the vault holds. */
  readonly vault: bigint;
  /** Everybody's and the insurance's together. */
  readonly sum: bigint;
}

/** @param state "left" once accounts and claims were paid out in Exit: then only wallets count */
export async function readHoldings(
  { stage, follower, context, scenes }: Theatre,
  state: "open" | "left" = "open",
): Promise<Holdings> {
  const ledger = follower.ledger();
  const terms = termsOf(ledger, context);
  const equityOf = (account: number): bigint => equity(accountAt(ledger.state.tree, account), terms);
  const balanceOf = async (address: string) => BigInt(await stage.token.getFunction("balanceOf").staticCall(address));
  const claims = state === "left" ? new Map<string, bigint>() : await readClaims(stage);
  const people = new Map<string, bigint>();
  const accounts = new Map<string, bigint>();
  const deposits = depositsOf(scenes);
  for (const { name } of CAST.filter((person) => deposits.has(person.name))) {
    const { address } = identityOf(name);
    const value = state === "left" ? 0n : equityOf(accountOf(name));
    accounts.set(name, value);
    people.set(name, value + (await balanceOf(address)) + (claims.get(address) ?? 0n));
  }
  const insurance = equityOf(0) + ledger.state.insurance;
  const sum = [...people.values()].reduce((total, value) => total + value, insurance);
  return { people, accounts, insurance, vault: await balanceOf(stage.addresses.engine), sum };
}

/** What is left to pay of the claims that are not void, by owner. */
async function readClaims({ guard }: Theatre["stage"]): Promise<ReadonlyMap<string, bigint>> {
  const sums = new Map<string, bigint>();
  const count = Number(await guard.getFunction("claimCount").staticCall());
  for (let id = 0; id < count; id++) {
    const { owner, amount, paid } = await guard.getFunction("claim").staticCall(id);
    if (paid || (await guard.getFunction("isVoid").staticCall(id))) continue;
    sums.set(owner, (sums.get(owner) ?? 0n) + BigInt(amount));
  }
  return sums;
}

const NAME_WIDTH = 12;
const AMOUNT_WIDTH = 22;

/** Who lost what between two moments, USD to the last unit. */
export function showLosses(
  terminal: Terminal,
  before: Holdings,
  after: Holdings,
  moments: readonly [string, string],
): void {
  const row = (name: string, ...amounts: readonly string[]) =>
    terminal.line(`  ${padEnd(name, NAME_WIDTH)}${amounts.map((text) => padStart(text, AMOUNT_WIDTH)).join("")}`);
  const amounts = (name: string, old: bigint, now: bigint) =>
    row(name, showExactUsd(old), showExactUsd(now), showExactUsd(now - old));
  row("", ...moments, "gained or lost, USD");
  for (const [name, now] of after.people) amounts(name, before.people.get(name) ?? 0n, now);
  amounts("insurance", before.insurance, after.insurance);
  amounts("together", before.sum, after.sum);
  row("vault", showExactUsd(before.vault), showExactUsd(after.vault), showExactUsd(after.vault - before.vault));
}
