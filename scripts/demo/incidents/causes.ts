/** Names of the causes that the guard's ledger of incidents numbers. @see contracts/libraries/IncidentCause.sol */
import { MARKETS } from "../parameters.ts";

const CAUSES: Readonly<Record<number, string>> = {
  1: "margin breach",
  2: "bankruptcy",
  3: "breaker",
  4: "deficit",
  5: "proof late",
  6: "round late",
  7: "vault short",
  8: "unauthorised",
  9: "rollback",
  10: "exit",
  11: "council",
};

export const CAUSE = {
  breach: 1,
  bankrupt: 2,
  breaker: 3,
  deficit: 4,
  proofLate: 5,
  roundLate: 6,
  vaultShort: 7,
  unauthorised: 8,
  rollback: 9,
  exit: 10,
} as const;

/** "breaker of AAVE". @param market index, or 255 for all */
export function nameOfCause(cause: number, market: number): string {
  const symbol = MARKETS[market]?.symbol;
  return `${CAUSES[cause] ?? `cause ${cause}`}${symbol === undefined ? "" : ` of ${symbol}`}`;
}
