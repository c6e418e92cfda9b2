/**
 * Solvency by brute force: visits every account, which the proofs avoid, and compares with what box and totals say.
 * Arithmetic is written out here from the definitions, apart from the model's, so that a slip there does not hide itself.
 */
import type { Hasher } from "../model/hasher.ts";
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";
import { accountsOf } from "../model/tree.ts";
import { type BoxEdges, edgesOf, pricesOf, widest } from "./edges.ts";
import { checkTotals, type Entry, equityOf, healthOf } from "./totals.ts";
import { compared, type Finding, held, violated } from "./verdict.ts";

export interface SolvencyCheck {
  readonly findings: readonly Finding[];
  /** Accounts that hold something, and those of them below maintenance and below zero at the mark. */
  readonly accounts: number;
  readonly unhealthy: number;
  readonly bankrupt: number;
}

const LANE_FULL = (1n << 29n) - 1n;

/** @param oracle prices that all accounts are judged at now */
export function checkSolvency(hasher: Hasher, state: State, oracle: OracleState): SolvencyCheck {
  const accounts = [...accountsOf(state.tree, hasher)];
  const prices = pricesOf(state, oracle);
  const edges = edgesOf(state.tree.root.box, prices.length);
  const unhealthy = accounts.filter(([, account]) => healthOf(account, prices) < 0n);
  const bankrupt = accounts.filter(([, account]) => equityOf(account, prices) < 0n);
  const findings = [
    theorem(
      "solvency.maintenance",
      prices.map(({ kappaLong, kappaShort }) => [kappaLong, kappaShort]),
      edges,
      unhealthy,
    ),
    theorem(
      "solvency.bankruptcy",
      prices.map(({ equityLong, equityShort }) => [equityLong, equityShort]),
      edges,
      bankrupt,
    ),
    compared(
      "solvency.box",
      "the box is the widest of all certificates",
      state.tree.root.box,
      widest(accounts.map(([, { lanes }]) => lanes)),
    ),
    certificates(accounts),
    flatAccounts(accounts),
    ...checkTotals(state, accounts, prices),
  ];
  return { findings, accounts: accounts.length, unhealthy: unhealthy.length, bankrupt: bankrupt.length };
}

/** The certificate theorem: prices inside the box leave nobody below zero. */
function theorem(
  check: string,
  prices: readonly (readonly [bigint, bigint])[],
  edges: readonly BoxEdges[],
  below: readonly Entry[],
): Finding {
  const inside = prices.every(([long, short], index) => {
    const { floor, ceiling } = edges[index] ?? { floor: null, ceiling: null };
    return (floor === null || long >= floor) && (ceiling === null || short <= ceiling);
  });
  if (!inside || below.length === 0) return held(check);
  const names = below.map(([index]) => index).join();
  return violated(
    check,
    "prices inside the box leave every account solvent",
    "inside the box",
    `accounts below: ${names}`,
  );
}

/** quote + sum of size * bound >= 0 for every account, except where a lane says that no price is good enough. */
function certificates(accounts: readonly Entry[]): Finding {
  const bad = accounts.find(([, account]) => {
    if (account.lanes.some((lane) => lane === LANE_FULL)) return false;
    const bounds = edgesOf(widest([account.lanes]), account.sizes.length);
    const slack = account.sizes.reduce((sum, size, index) => {
      const { floor, ceiling } = bounds[index] ?? { floor: null, ceiling: null };
      return sum + size * ((size > 0n ? floor : ceiling) ?? 0n);
    }, account.quote);
    return slack < 0n;
  });
  if (bad === undefined) return held("solvency.certificates");
  return violated(
    "solvency.certificates",
    "every certificate is valid",
    "valid",
    `account ${bad[0]} is insolvent at its own bounds`,
  );
}

function flatAccounts(accounts: readonly Entry[]): Finding {
  const bad = accounts.find(([, { quote, sizes }]) => quote < 0n && sizes.every((size) => size === 0n));
  if (bad === undefined) return held("solvency.flat");
  return violated("solvency.flat", "an account without positions owes nothing", bad[1].quote, 0n);
}
