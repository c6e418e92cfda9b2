/** Plays the recorded story for real, with the prover's outage in it. */
import { waitThrough } from "./outage.ts";
import { NO_LEAD, showStatuses } from "./print/rows.ts";
import { createShow } from "./show.ts";
import { readHaltCauses, readMarkets } from "./stage/readGuard.ts";
import type { Ledger } from "./story/ledger.ts";
import type { Scene } from "./story/story.ts";
import type { Theatre } from "./theatre.ts";
import { marketTime } from "./units.ts";

/** When the guard was first seen halted, and when it was seen back to normal; unix seconds, null for never. */
export interface HaltTimes {
  readonly haltedAt: number | null;
  readonly recoveredAt: number | null;
}

/** @param opening the ledger at the guard's genesis */
export async function perform(theatre: Theatre, story: readonly Scene[], opening: Ledger): Promise<HaltTimes> {
  const { prover, terminal } = theatre;
  const show = createShow(theatre, opening);
  let times: HaltTimes = { haltedAt: null, recoveredAt: null };
  for (const scene of story) {
    const timeSec = marketTime(scene.at);
    if (scene.outage === "ends") times = { ...times, haltedAt: await waitThrough(theatre, timeSec, show.ledger()) };
    await show.announce(timeSec, scene.text);
    if (scene.outage === "ends") await prover.start();
    if (scene.outage === "begins") await prover.stop();
    if (scene.round) await show.round(timeSec);
    await show.act(scene.actions);
    if (scene.outage === "begins") terminal.line(`${NO_LEAD}Her request is in the log, and nobody proves it.`);
    if (scene.outage !== "begins" && scene.hurried !== true) await show.settle();
    if (scene.outage === "ends") times = { ...times, recoveredAt: await noteRecovery(theatre) };
  }
  return times;
}

/** @returns the time when everything is Normal, unix seconds; null when it is not */
async function noteRecovery({ chain, stage, terminal, observations }: Theatre): Promise<number | null> {
  const readings = await readMarkets(stage.guard);
  const causes = await readHaltCauses(stage.guard);
  const isNormal = causes.length === 0 && readings.every(({ status }) => status === "Normal");
  if (isNormal && observations.isKept("halt")) observations.kept("recovery");
  const how = isNormal ? "the proofs are back, and so is normal life" : causes.join(", ");
  terminal.line(`${NO_LEAD}${showStatuses(readings)}: ${how}`);
  return isNormal ? chain.clock.now() : null;
}
