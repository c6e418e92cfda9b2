import { FUNDING_RATE } from "../../../scripts/demo/parameters.ts";
import type { LedgerContext } from "../../../scripts/demo/story/ledger.ts";
import { REPORTER_KEYS } from "../../../scripts/demo/story/people.ts";
import { signReport } from "../../../verifier/model/report.ts";

/** The words of a round in which all reporters say the same. @param prices ticks by market */
export function reportWords(
  timeSec: number,
  prices: readonly bigint[],
  { hasher, domain }: Pick<LedgerContext, "hasher" | "domain">,
): readonly bigint[] {
  const report = { timestamp: BigInt(timeSec), prices, fundingRates: prices.map(() => FUNDING_RATE) };
  return REPORTER_KEYS.flatMap((key) => signReport(hasher, key, domain, report));
}
