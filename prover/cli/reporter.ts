import { domainOf } from "../../verifier/model/domain.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { pause } from "../chain/clock.ts";
import { csvSource } from "../oracle/csvSource.ts";
import { readKeystore } from "../oracle/keystore.ts";
import { startReporter } from "../oracle/startReporter.ts";
import type { Output } from "./output.ts";
import { type Raw, readSettings, reporterSettings } from "./settings.ts";

/** `reporter`: reports the rows of a price file, one an interval, until the file or the patience of its user ends. */
export async function reporter(flags: Raw, output: Output, signal: AbortSignal): Promise<void> {
  const settings = readSettings(reporterSettings, flags, process.env);
  const profile = PROFILES[settings.profile];
  const reporting = await startReporter({
    key: await readKeystore(settings.key),
    slot: settings.slot,
    domain: domainOf(settings.chainId, settings.guard),
    profile,
    aggregatorUrl: settings.aggregator.replace(/\/+$/, ""),
    source: await csvSource(settings.csv, { markets: profile.markets }),
  });
  try {
    while (!signal.aborted) {
      const outcome = await reporting.reportOnce(signal);
      if (outcome.status === "skipped") return;
      output.print(`${outcome.status} ${outcome.code ?? ""} ${outcome.message ?? ""}`.trim(), outcome);
      await pause(settings.intervalMs, signal).catch(() => undefined); // a stop ends the loop
    }
  } finally {
    await reporting.stop();
  }
}
