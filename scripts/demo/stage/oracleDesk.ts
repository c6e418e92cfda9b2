/** The oracle network: four reporters, each signing on its own, one aggregator that collects and has the round proven. */
import { type AggregatorHandle, startAggregator } from "../../../prover/oracle/startAggregator.ts";
import { type ReporterHandle, startReporter } from "../../../prover/oracle/startReporter.ts";
import type { RoundGateway } from "../../../prover/service/handle.ts";
import type { RecordedMarket } from "../market.ts";
import { PROFILE } from "../parameters.ts";
import { REPORTER_KEYS } from "../story/people.ts";

export interface OracleDesk {
  /** Everybody reports what the recording shows at an instant; then a round of it is proven. @returns its transaction */
  proveRound(timeSec: number): Promise<string | null>;
  stop(): Promise<void>;
}

/** A reporter's report was not taken. */
export class ReportRefusedError extends Error {
  override readonly name = "ReportRefusedError";
  readonly code = "REPORT_REFUSED";
}

/** @param rounds who proves; may be exchanged behind the gateway */
export async function startOracleDesk(
  market: RecordedMarket,
  domain: bigint,
  rounds: RoundGateway,
): Promise<OracleDesk> {
  let nowSec = 0;
  const aggregator: AggregatorHandle = await startAggregator({ rounds });
  const starting = REPORTER_KEYS.map((key, slot) =>
    startReporter({
      key,
      slot,
      domain,
      profile: PROFILE,
      aggregatorUrl: aggregator.url,
      source: async () => {
        const { timestamp, prices, fundingRates } = market.reportAt(slot, nowSec);
        return { timestampSec: timestamp, prices, fundingRates };
      },
    }),
  );
  const reporters: readonly ReporterHandle[] = await Promise.all(starting);
  return {
    async proveRound(timeSec) {
      nowSec = timeSec;
      const outcomes = await Promise.all(reporters.map((reporter) => reporter.reportOnce()));
      for (const [slot, { status, code, message }] of outcomes.entries()) {
        if (status !== "accepted") throw new ReportRefusedError(`reporter ${slot}: ${code ?? status} ${message ?? ""}`);
      }
      const { transactionHash } = await aggregator.proveRound();
      return transactionHash;
    },
    async stop() {
      await Promise.all(reporters.map((reporter) => reporter.stop()));
      await aggregator.stop();
    },
  };
}
