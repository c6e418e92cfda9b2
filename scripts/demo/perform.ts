/** Plays the story for real: every price is reported and proven, every action goes through the engine's log. */
import colors from "picocolors";
import { waitThrough } from "./outage.ts";
import { NO_LEAD, showStatuses } from "./print/rows.ts";
import { mined } from "./stage/contracts.ts";
import { engineCall, senderOf } from "./stage/engineCalls.ts";
import { readHaltCauses, readMarkets } from "./stage/readGuard.ts";
import { compose } from "./story/compose.ts";
import { followOperation, type Ledger, termsOf } from "./story/ledger.ts";
import type { Scene } from "./story/story.ts";
import { createTeller } from "./tell.ts";
import type { Theatre } from "./theatre.ts";
import { marketTime, showTime } from "./units.ts";

/** When the guard was first seen halted, and when it was seen back to normal; unix seconds, null for never. */
export interface HaltTimes {
  readonly haltedAt: number | null;
  readonly recoveredAt: number | null;
}

/** @param opening the ledger at the guard's genesis */
export async function perform(theatre: Theatre, story: readonly Scene[], opening: Ledger): Promise<HaltTimes> {
  const teller = createTeller(theatre);
  let ledger = opening;
  let times: HaltTimes = { haltedAt: null, recoveredAt: null };
  for (const scene of story) {
    theatre.signal.throwIfAborted();
    const timeSec = marketTime(scene.at);
    if (scene.outage === "ends") times = { ...times, haltedAt: await waitThrough(theatre, timeSec, ledger) };
    await theatre.chain.clock.jumpTo(timeSec);
    theatre.terminal.line();
    theatre.terminal.line(`${colors.bold(colors.cyan(showTime(timeSec)))}  ${colors.bold(scene.text)}`);
    if (scene.outage === "ends") await theatre.prover.start();
    if (scene.outage === "begins") await theatre.prover.stop();
    if (scene.round) {
      await theatre.prover.seen(await theatre.stage.provider.getBlockNumber());
      await teller.during(theatre.oracle.proveRound(timeSec));
      ledger = { ...ledger, oracle: theatre.follower.ledger().oracle };
    }
    ledger = await act(theatre, scene, ledger);
    if (scene.outage === "begins") theatre.terminal.line(`${NO_LEAD}Her request is in the log, and nobody proves it.`);
    if (scene.outage !== "begins" && scene.hurried !== true) {
      await teller.during(theatre.prover.idle());
      await teller.refresh();
    }
    if (scene.outage === "ends") times = { ...times, recoveredAt: await noteRecovery(theatre) };
  }
  return times;
}

/** Posts what people do in a scene. @returns the ledger as it will be once that is settled */
async function act({ stage, prover, follower, context }: Theatre, scene: Scene, before: Ledger): Promise<Ledger> {
  if (scene.actions.length === 0) return before;
  let ledger = before;
  await prover.holding(async () => {
    for (const action of scene.actions) {
      const operation = compose(action, ledger, context);
      const terms = termsOf(ledger, context);
      const followed = followOperation(ledger, operation, context);
      follower.posted({ action, operation, step: followed.step, terms });
      const { method, parameters } = engineCall(operation);
      await mined(stage.engine.connect(stage.walletOf(senderOf(action))), method, parameters, stage.feeWei);
      ledger = followed.ledger;
    }
    return Number(await stage.engine.getFunction("operationCount").staticCall());
  });
  return ledger;
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
