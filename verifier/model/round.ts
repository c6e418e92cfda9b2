import { isUint } from "./arithmetic.ts";
import { REPORT_WORDS, TIME_BITS } from "./constants.ts";
import { isValidKey, type PublicKey } from "./eddsa.ts";
import { isFieldElement } from "./field.ts";
import type { Hasher } from "./hasher.ts";
import { stepMarket } from "./marketRound.ts";
import { nearestMedian } from "./median.ts";
import { encodePriceWord, type OracleState, oracleRoot } from "./oracle.ts";
import type { OracleParameters, Parameters } from "./parameters.ts";
import { type Profile, quorum } from "./profile.ts";
import { decodeReport, isReportSigned, type Report } from "./report.ts";
import { orderRoundSignals, type RoundSignals } from "./roundSignals.ts";
import { bindWords, hashWords } from "./words.ts";

export { orderRoundSignals, type RoundSignals } from "./roundSignals.ts";

/** What a round is judged by, besides the old state and the reports. */
export interface RoundContext {
  readonly hasher: Hasher;
  readonly profile: Profile;
  readonly parameters: Parameters;
  /** One key per reporter slot; (0, 0) where there is no reporter. */
  readonly reporterKeys: readonly PublicKey[];
  readonly domain: bigint;
  /** Value at risk, quote units: the guard's proven liabilities when it accepted the previous round. */
  readonly tvl: bigint;
}

/** An accepted round. */
export interface RoundResult {
  readonly next: OracleState;
  /** Per reporter slot: whether its report counted. */
  readonly counted: readonly boolean[];
  readonly signals: RoundSignals;
  /** The signals in the circuit's order. */
  readonly publicSignals: readonly bigint[];
}

/** These words make no round; no proof of it exists. */
export class RoundError extends Error {
  override readonly name = "RoundError";
  readonly code: "ROUND_WORDS" | "ROUND_QUORUM" | "ROUND_RANGE";
  constructor(code: RoundError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Turns signed reports into the next oracle state.
 * @param words reporters x 4 words; an absent report is four zeros
 * @throws {RoundError} when there are too few countable reports, or words or results outside their ranges
 */
export function applyRound(old: OracleState, words: readonly bigint[], context: RoundContext): RoundResult {
  const { hasher, profile, parameters, domain, tvl } = context;
  if (words.length !== profile.reporters * REPORT_WORDS || !words.every(isFieldElement)) {
    throw new RoundError(
      "ROUND_WORDS",
      `a round has ${profile.reporters * REPORT_WORDS} words below the field's order`,
    );
  }
  const slots = context.reporterKeys.map((key, slot) =>
    countReport(old, words.slice(slot * 4, slot * 4 + 4), key, context),
  );
  const reports = slots.filter((report) => report !== undefined);
  if (reports.length < quorum(profile)) {
    throw new RoundError("ROUND_QUORUM", `${reports.length} reports count, ${quorum(profile)} are needed`);
  }
  const next = nextOracle(old, reports, context);
  const binding = bindWords(hasher, words);
  const signals: RoundSignals = {
    oldOracleRoot: oracleRoot(hasher, old, parameters),
    newOracleRoot: oracleRoot(hasher, next, parameters),
    reporterSetRoot: reporterSetRoot(hasher, context.reporterKeys),
    domain,
    roundWord: next.round | (next.timestamp << 40n) | (tvl << 80n),
    ...binding,
    priceWords: next.markets.map(encodePriceWord),
  };
  return {
    next,
    counted: slots.map((report) => report !== undefined),
    signals,
    publicSignals: orderRoundSignals(signals),
  };
}

/** HashWords(keyX_0, keyY_0, keyX_1, ...). */
export function reporterSetRoot(hasher: Hasher, keys: readonly PublicKey[]): bigint {
  return hashWords(
    hasher,
    keys.flatMap(({ x, y }) => [x, y]),
  );
}

/** k^2 of the deviation test at a value at risk: each border of the table that it reaches makes it one tier tighter. */
export function deviationSquaredAt(parameters: OracleParameters, tvl: bigint): bigint {
  return parameters.deviationSquared[parameters.tvlTier.filter((border) => tvl >= border).length] ?? 0n;
}

/**
 * The report in four words, if it is newer than the last round and signed by the slot's reporter. A slot whose key is not
 * valid, (0, 0) for instance, is empty and never counts.
 * @throws {RoundError} when the word has bits above the last market
 */
function countReport(
  old: OracleState,
  words: readonly bigint[],
  key: PublicKey,
  context: RoundContext,
): Report | undefined {
  const report = decodeReport(words[0] ?? 0n, context.profile.markets);
  if (report === undefined) throw new RoundError("ROUND_WORDS", "a report has bits above its last market");
  const counts =
    report.timestamp > old.timestamp && isValidKey(key) && isReportSigned(context.hasher, key, context.domain, words);
  return counts ? report : undefined;
}

function nextOracle(
  old: OracleState,
  reports: readonly Report[],
  { profile, parameters, tvl }: RoundContext,
): OracleState {
  const timestamp = nearestMedian(
    reports.map((report) => report.timestamp),
    old.timestamp,
  );
  const deviationSquared = deviationSquaredAt(parameters.oracle, tvl);
  const markets = old.markets.map((market, index) => {
    const present = reports.filter((report) => report.prices[index] !== 0n);
    const marketParameters = parameters.oracle.markets[index];
    if (present.length < quorum(profile) || marketParameters === undefined) return market; // goes stale by updatedAt
    const quotes = {
      prices: present.map((report) => report.prices[index] ?? 0n),
      fundingRates: present.map((report) => report.fundingRates[index] ?? 0n),
    };
    return stepMarket(market, quotes, marketParameters, timestamp, deviationSquared).next;
  });
  if (markets.some((market) => !isUint(market.breakerUntil, TIME_BITS)))
    throw new RoundError("ROUND_RANGE", "a breaker ends beyond 2^40 s");
  return { round: old.round + 1n, timestamp, markets };
}
