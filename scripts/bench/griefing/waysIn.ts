/** What it costs to keep a market restricted for an hour, by each way in: formulas over a deployment's own numbers. */
import type { Parameters } from "../../../verifier/model/parameters.ts";
import type { Profile } from "../../../verifier/model/profile.ts";
import type { EngineLimits, GuardLimits } from "../../deploy/defaults.ts";
import type { PostedGas } from "./measureGas.ts";

/** Unproven operations that a log takes: a constant of contracts/OpLog.sol; a test compares them. */
export const MAX_PENDING = 192;
const HOUR_SEC = 3600;
const MILLION_QUOTE = 10n ** 12n; // quote units of 10^-6
/** Native token for a unit of gas: 5 gwei, at which the default fee pays for a settlement. */
export const GAS_PRICE_WEI = 5_000_000_000n;

export interface Surroundings {
  readonly guard: GuardLimits;
  readonly engine: EngineLimits;
  readonly parameters: Parameters;
  readonly profile: Profile;
  readonly gas: PostedGas;
  /** Operations that provers settle in a second. */
  readonly settledPerSec: number;
}

/** One way in. Costs are for one hour, of what the attacker does not get back; `capital` is what it must have meanwhile. */
export interface WayIn {
  readonly name: string;
  /** What stops: trading, as a whole or in a market; the payment of claims; or the opening of accounts. */
  readonly stops: "trading" | "claims" | "newcomers";
  /** What is restricted, and how. */
  readonly effect: string;
  /** Whose failing it needs; empty when all others do what they should. */
  readonly needs: string;
  readonly formula: string;
  /** Operations logged in the hour. */
  readonly operations: number;
  readonly feesWei: bigint;
  readonly gasWei: bigint;
  /** Quote units. */
  readonly lost: bigint;
  readonly capital: bigint;
}

type Texts = Pick<WayIn, "name" | "stops" | "effect" | "needs" | "formula">;
type Posts = Partial<Record<keyof PostedGas, number>>;

/** Slowest proving with which a full log never makes proofs late. */
export function slowestSettledPerSec({ proofDeadlineSec }: GuardLimits): number {
  return MAX_PENDING / proofDeadlineSec;
}

/** Equity that an account of the least margin still has when maintenance is breached: what a backstop takes from it. */
export function edgeEquity({ margin, oracle }: Parameters): bigint {
  const [market] = oracle.markets;
  if (market === undefined) throw new RangeError("there is no market");
  return (margin.minimumMargin * market.maintenanceBase) / market.initialBase;
}

function wayIn(
  { gas, engine }: Surroundings,
  texts: Texts,
  posts: Posts,
  money: { readonly lost?: bigint; readonly capital?: bigint } = {},
): WayIn {
  const kinds = Object.entries(posts) as [keyof PostedGas, number][];
  const operations = kinds.reduce((sum, [kind, count]) => (kind === "payClaim" ? sum : sum + count), 0);
  const spent = kinds.reduce((sum, [kind, count]) => sum + gas[kind] * count, 0);
  return {
    ...texts,
    operations,
    feesWei: BigInt(operations) * engine.feeWei,
    gasWei: BigInt(spent) * GAS_PRICE_WEI,
    lost: money.lost ?? 0n,
    capital: money.capital ?? 0n,
  };
}

/** The ways that money opens. Those that it does not open are in closedWays.ts. */
export function waysIn(surroundings: Surroundings): readonly WayIn[] {
  const { guard, engine, parameters, profile, settledPerSec } = surroundings;
  const make = (texts: Texts, posts: Posts, money = {}) => wayIn(surroundings, texts, posts, money);
  const minimum = parameters.margin.minimumMargin;
  const edge = edgeEquity(parameters);
  const held = Math.ceil(HOUR_SEC / guard.calmSec);
  const flood = (perSec: number): number => MAX_PENDING + Math.ceil(HOUR_SEC * perSec);
  const pauses = Math.ceil(HOUR_SEC / guard.unauthorisedPauseSec);
  const perPause = guard.unauthorisedLimit + 1;
  const leaves = 2 ** profile.depth - 1;
  return [
    make(
      {
        name: "edge, nobody clears it",
        stops: "trading",
        effect: "the market is Stressed until anyone posts one Backstop",
        needs: "nobody watches",
        formula: "minimumMargin * maintenance / initial, once",
      },
      { deposit: 2, trade: 1 },
      { lost: edge, capital: 2n * minimum },
    ),
    make(
      {
        name: "edge, always cleared too late",
        stops: "trading",
        effect: "the market is Stressed",
        needs: `everyone is later than cureSec, ${held} times; and as many price moves of (initial - maintenance)`,
        formula: `${held} = 3600 / calmSec breaches, each losing minimumMargin * maintenance / initial`,
      },
      { deposit: 2 * held, trade: held },
      { lost: BigInt(held) * edge, capital: BigInt(2 * held) * minimum },
    ),
    make(
      {
        name: "log full, slowest provers",
        stops: "trading",
        effect: "nobody else can post; the status stays Normal",
        needs: "",
        formula: "MAX_PENDING + 3600 * MAX_PENDING / proofDeadlineSec operations",
      },
      { backstop: flood(slowestSettledPerSec(guard)) },
    ),
    make(
      {
        name: "log full, provers as measured",
        stops: "trading",
        effect: "nobody else can post; the status stays Normal",
        needs: "",
        formula: `MAX_PENDING + 3600 * ${settledPerSec.toFixed(2)} operations`,
      },
      { backstop: flood(settledPerSec) },
    ),
    make(
      {
        name: "unauthorised flood",
        stops: "trading",
        effect: "everything is Halted",
        needs: "",
        formula: `${pauses} = 3600 / unauthorisedPauseSec pauses of unauthorisedLimit + 1 operations, from ever new senders`,
      },
      { withdraw: pauses * perPause },
    ),
    make(
      {
        name: "outflow used up",
        stops: "claims",
        effect: "other people's claims wait, capital for each million of theirs; no market is restricted",
        needs: "",
        formula: "own money of outflowBps / (10^4 - outflowBps) of what others have, in and out; costs its interest",
      },
      { deposit: 1, withdraw: 1, payClaim: 1 },
      { capital: (MILLION_QUOTE * BigInt(guard.outflowBps)) / BigInt(10_000 - guard.outflowBps) },
    ),
    make(
      {
        name: "every leaf taken",
        stops: "newcomers",
        effect: "nobody new gets an account, for ever; no market is restricted",
        needs: "",
        formula: "2^depth - 1 accounts, minimumDeposit each in and out",
      },
      { deposit: leaves, withdraw: leaves },
      { capital: BigInt(leaves) * engine.minimumDeposit },
    ),
  ];
}

/** The cheapest way, by native token, to stop everyone's trading while all others do what they should. */
export function weakest(ways: readonly WayIn[]): WayIn {
  const stopping = ways.filter(({ needs, stops }) => needs === "" && stops === "trading");
  const [first, ...others] = stopping;
  if (first === undefined) throw new RangeError("no way is open");
  return others.reduce((least, way) => (way.feesWei + way.gasWei < least.feesWei + least.gasWei ? way : least), first);
}
