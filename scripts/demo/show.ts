/** The running of a play: each scene's round is proven and its actions go through the engine's log. */
import colors from "picocolors";
import { mined } from "./stage/contracts.ts";
import { callOf, type EngineCall, senderOf } from "./stage/engineCalls.ts";
import { compose } from "./story/compose.ts";
import { followOperation, type Ledger, termsOf } from "./story/ledger.ts";
import type { Action, Scene } from "./story/story.ts";
import { createTeller, type Teller } from "./tell.ts";
import type { Theatre } from "./theatre.ts";
import { marketTime, showTime } from "./units.ts";

export interface Show {
  readonly theatre: Theatre;
  readonly teller: Teller;
  /** The state as it will be once everything logged is settled. */
  ledger(): Ledger;
  /** Moves the chain to a time, unix seconds, and says what is going on. */
  announce(timeSec: number, text: string): Promise<void>;
  /** Everybody reports what the market shows at that time; a round of it is proven. */
  round(timeSec: number): Promise<void>;
  /** Posts actions together. */
  act(actions: readonly Action[]): Promise<void>;
  /** Posts an action by another call than its own. */
  actBy(action: Action, call: EngineCall): Promise<void>;
  /** Tells what was proven meanwhile; from here on the ledger is what is proven. */
  follow(): Promise<void>;
  /** Waits until everything logged is settled; from here on the ledger is what was proven. */
  settle(): Promise<void>;
  /** All four in order; a hurried scene does not wait. */
  scene(scene: Scene): Promise<void>;
}

/** @param opening the ledger at the guard's genesis */
export function createShow(theatre: Theatre, opening: Ledger): Show {
  const { chain, stage, prover, oracle, follower, context, terminal } = theatre;
  const teller = createTeller(theatre);
  let ledger = opening;

  async function post(action: Action, call?: EngineCall): Promise<void> {
    const operation = compose(action, ledger, context);
    const terms = termsOf(ledger, context);
    const followed = followOperation(ledger, operation, context);
    follower.posted({ action, operation, step: followed.step, terms });
    const { method, parameters } = call ?? callOf(action, operation);
    await mined(stage.engine.connect(stage.walletOf(senderOf(action))), method, parameters, stage.feeWei);
    ledger = followed.ledger;
  }

  const show: Show = {
    theatre,
    teller,
    ledger: () => ledger,
    async announce(timeSec, text) {
      theatre.signal.throwIfAborted();
      await chain.clock.jumpTo(timeSec);
      terminal.line();
      terminal.line(`${colors.bold(colors.cyan(showTime(timeSec)))}  ${colors.bold(text)}`);
    },
    async round(timeSec) {
      await prover.seen(await stage.provider.getBlockNumber());
      await teller.during(oracle.proveRound(timeSec));
      ledger = { ...ledger, oracle: follower.ledger().oracle };
    },
    async act(actions) {
      if (actions.length === 0) return;
      await prover.holding(async () => {
        for (const action of actions) await post(action);
        return Number(await stage.engine.getFunction("operationCount").staticCall());
      });
    },
    actBy: (action, call) => post(action, call),
    async follow() {
      await teller.during(Promise.resolve());
      await teller.refresh();
      ledger = follower.ledger();
    },
    async settle() {
      await teller.during(prover.idle());
      await show.follow();
    },
    async scene({ at, text, round, actions, hurried }) {
      await show.announce(marketTime(at), text);
      if (round) await show.round(marketTime(at));
      await show.act(actions);
      if (hurried !== true) await show.settle();
    },
  };
  return show;
}
