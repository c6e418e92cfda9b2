import { startAggregator } from "../oracle/startAggregator.ts";
import { startProver } from "../service/startProver.ts";
import { type Output, printEvents } from "./output.ts";
import { proverOf } from "./proverOf.ts";
import { remarkBackend, untilStopped } from "./run.ts";
import { aggregatorSettings, type Raw, readSettings } from "./settings.ts";

/** `aggregator`: collects reports, proves rounds, and leaves the batches to others. */
export async function aggregator(flags: Raw, output: Output, signal: AbortSignal): Promise<void> {
  const settings = readSettings(aggregatorSettings, flags, process.env);
  const { host, port, intervalMs, maxAheadSec } = settings;
  const triggerToken = process.env.HOMEOSTAT_TRIGGER_TOKEN;
  const prover = await startProver({ ...(await proverOf(settings, process.env)), settleBatches: false });
  printEvents(prover.events, output);
  remarkBackend(prover, output);
  try {
    await prover.idle(signal);
    const token = triggerToken === undefined ? {} : { triggerToken };
    const collecting = await startAggregator({ rounds: prover, host, port, intervalMs, maxAheadSec, ...token });
    collecting.events.on("failed", (failure) =>
      output.print(`failed   ${failure.code}: ${failure.message}`, { event: "failed", ...failure }),
    );
    output.remark(`collecting reports at ${collecting.url}/v1/reports`);
    try {
      await untilStopped(prover, settings.statusPort, output, signal);
    } finally {
      await collecting.stop();
    }
  } finally {
    await prover.stop();
  }
}
