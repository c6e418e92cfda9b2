/** What an incident's script works with: the show, the guard's own record, the passing of time, and what everybody has. */
import colors from "picocolors";
import { liabilitiesOf } from "../../../verifier/model/state.ts";
import { NO_LEAD } from "../print/rows.ts";
import type { Show } from "../show.ts";
import { mined } from "../stage/contracts.ts";
import { readMarkets } from "../stage/readGuard.ts";
import { termsOf } from "../story/ledger.ts";
import type { Scene } from "../story/story.ts";
import { type GuardWatch, watchGuard } from "./guardWatch.ts";
import { type Holdings, readHoldings } from "./holdings.ts";
import { type Change, passTime } from "./passTime.ts";
import { refusalOf } from "./refusal.ts";

export interface Direction extends Show {
  readonly watch: GuardWatch;
  /** Tells a line under the last heading. */
  say(text: string): void;
  /** Tells what was seen; notes the promise as kept or broken. */
  saw(key: string, holds: boolean, text: string): void;
  /** Lets empty blocks come until a time, unix seconds, and tells every change of the guard's answer. */
  pass(untilSec: number): Promise<readonly Change[]>;
  /** A call of the guard's by "keeper", in a block. */
  keeper(method: string, ...parameters: readonly unknown[]): Promise<void>;
  /** Name of the error with which a contract refuses a call now; null when it would not. */
  refusal(
    contract: "guard" | "engine",
    method: string,
    parameters: readonly unknown[],
    from: string,
  ): Promise<string | null>;
  /** What became of the last proven operations, oldest first: "valid" or the kind of failure. */
  outcomes(count: number): readonly string[];
  /** Proven margin buffer by market, basis points; null where nobody has a position. */
  buffers(): Promise<readonly (bigint | null)[]>;
  /** Address of somebody's wallet. */
  addressOf(name: string): string;
  /** What the vault owes by what is proven, quote units. */
  owed(): bigint;
  /** What everybody has by what is proven. */
  holdings(accounts?: "open" | "left"): Promise<Holdings>;
}

export function direct(show: Show): Direction {
  const { theatre } = show;
  const { stage, terminal, observations } = theatre;
  const watch = watchGuard(theatre);
  const say = (text: string): void => terminal.line(`${NO_LEAD}${text}`);
  return {
    ...show,
    watch,
    say,
    saw(key, holds, text) {
      if (holds) observations.kept(key);
      else observations.broken(key, text);
      say(`${holds ? colors.green("✔") : colors.red("✖")} ${text}`);
    },
    async follow() {
      await show.follow();
      await watch.tell();
    },
    async scene(scene: Scene) {
      await show.scene(scene);
      await watch.tell();
    },
    pass: (untilSec) => passTime(theatre, untilSec),
    async keeper(method, ...parameters) {
      await mined(stage.guard.connect(stage.walletOf("keeper")), method, parameters);
      await watch.tell();
    },
    refusal: (contract, method, parameters, from) => refusalOf(stage, contract, method, parameters, from),
    outcomes(count) {
      const proven = theatre.follower.history.flatMap((settled) => (settled.kind === "batch" ? settled.actions : []));
      return proven.slice(-count).map(({ step }) => step.outcome.kind ?? "valid");
    },
    buffers: async () => (await readMarkets(stage.guard)).map(({ bufferBps }) => bufferBps),
    addressOf: (name) => stage.walletOf(name).address,
    owed() {
      const ledger = theatre.follower.ledger();
      return liabilitiesOf(ledger.state, termsOf(ledger, theatre.context).markets);
    },
    holdings: (accounts) => readHoldings(theatre, accounts),
  };
}
