import { REPORT_WORDS } from "../constants.ts";
import type { SigningKey } from "../eddsa.ts";
import type { Hasher } from "../hasher.ts";
import { encodeReport, type Report, signReport } from "../report.ts";
import { ScenarioError } from "./errors.ts";
import type { ScenarioRound } from "./schema.ts";

/** The reporters of a scenario. */
export interface Desk {
  readonly hasher: Hasher;
  readonly domain: bigint;
  readonly markets: number;
  readonly reporters: readonly SigningKey[];
}

/** The report words of a round: as given, or the same prices from every reporter. */
export function reportWordsOf(round: ScenarioRound, desk: Desk, path: string): readonly bigint[] {
  const { hasher, domain, reporters } = desk;
  if (!("reports" in round)) {
    const report = toReport(round, desk.markets, path);
    return reporters.flatMap((key) => signReport(hasher, key, domain, report));
  }
  const slots: (readonly bigint[])[] = reporters.map(() => new Array<bigint>(REPORT_WORDS).fill(0n));
  round.reports.forEach((given, at) => {
    const where = `${path}.reports[${at}]`;
    const key = reporters[given.reporter];
    if (key === undefined) throw new ScenarioError(`${where}.reporter`, `is below ${reporters.length}`);
    const report = toReport(given, desk.markets, where);
    const { signature } = given;
    slots[given.reporter] = signature
      ? [encodeReport(report), signature.r8x, signature.r8y, signature.s]
      : signReport(hasher, key, domain, report);
  });
  return slots.flat();
}

interface GivenReport {
  readonly timestamp: bigint;
  readonly prices: readonly bigint[];
  readonly fundingRates?: readonly bigint[] | undefined;
}

function toReport({ timestamp, prices, fundingRates }: GivenReport, markets: number, path: string): Report {
  if (prices.length !== markets) throw new ScenarioError(`${path}.prices`, `has ${markets} prices`);
  if (fundingRates && fundingRates.length !== markets)
    throw new ScenarioError(`${path}.fundingRates`, `has ${markets} rates`);
  return { timestamp, prices, fundingRates: fundingRates ?? prices.map(() => 0n) };
}
