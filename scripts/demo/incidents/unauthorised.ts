/** Forged operations flood the log: they change nothing, cost whoever posts them, and their sender is refused. */
import { LIMITS } from "../parameters.ts";
import { engineCall } from "../stage/engineCalls.ts";
import { compose } from "../story/compose.ts";
import type { Action } from "../story/story.ts";
import { marketTime, showTime } from "../units.ts";
import { CAUSE } from "./causes.ts";
import type { Direction } from "./direction.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { readAnswer } from "./passTime.ts";
import { meterSpending, showSpending } from "./spending.ts";
import { FIRST_FLOOD, FORGED_EACH, forged, HONEST, MARKET, ROUND, SCENES, SECOND_FLOOD } from "./stories/floodStory.ts";

export const UNAUTHORISED: Incident = {
  title: "forged operations flood the log",
  about:
    "Whoever has an address may post an operation with a bad signature; the proof shows that it changes nothing. The guard counts them: too many of one sender and the engine refuses the sender, too many altogether and everything pauses for a while, for such a flood is no accident.",
  play: {
    market: MARKET,
    scenes: [...SCENES, FIRST_FLOOD, SECOND_FLOOD, HONEST, ROUND],
    limits: { ...LIMITS, senderLimit: 3, unauthorisedLimit: 6 },
    promises: {
      nullified: "every forged operation was proven unauthorised and changed nothing",
      refused: "the engine refused the sender after too many, and nobody else",
      paused: "over the limit of all together the guard paused payments",
      open: "an account without positions could ask for its money in the pause",
      ended: "the pause ended by itself, at its second",
      paid: "the honest withdrawal was paid in full",
      cost: "the flood was paid for by those who posted it",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  async perform(direction) {
    const { stage } = direction.theatre;
    for (const scene of SCENES) await direction.scene(scene);
    const before = await direction.holdings();
    const spent = await meterSpending(direction, ["Mallory", "Tess"], 2 * FORGED_EACH);

    await direction.scene(FIRST_FLOOD);
    const changed = (await direction.holdings()).accounts.get("Liv") !== before.accounts.get("Liv");
    const first = direction.outcomes(FORGED_EACH);
    direction.saw(
      "nullified",
      !changed && first.every(isUnauthorised),
      `${FORGED_EACH} are proven unauthorised; Liv has what she had`,
    );
    await sawRefusal(direction);

    await direction.scene(SECOND_FLOOD);
    const second = direction.outcomes(FORGED_EACH);
    direction.saw("nullified", second.every(isUnauthorised), `${FORGED_EACH} more are proven unauthorised`);
    const pausedUntil = await sawPause(direction);
    await direction.scene(HONEST);
    direction.saw("open", direction.outcomes(1)[0] === "valid", "Liv's withdrawal is proven valid: it is a claim now");
    const spending = await spent();
    const cost = `${2 * FORGED_EACH} forged operations cost ${showSpending(spending)}`;
    direction.saw("cost", spending.gasWei > 0n && spending.feesWei > 0n, cost);

    await direction.pass(marketTime(ROUND.at) - 1);
    await direction.scene(ROUND);
    const held = (await direction.pass(pausedUntil - 1)).every(({ causes }) => causes.length > 0);
    const refused = await direction.refusal("guard", "payClaim", [0], direction.addressOf("keeper"));
    direction.saw("paused", refused === "GuardHalted", `the second before the end, a payment is refused: ${refused}`);
    const [end] = await direction.pass(pausedUntil);
    direction.saw(
      "ended",
      held && end?.causes.length === 0,
      `the pause is over in block ${end?.block}; nobody did anything`,
    );
    await direction.keeper("payClaim", 0);
    const { owner, paid } = await stage.guard.getFunction("claim").staticCall(0);
    direction.saw("paid", paid && owner === direction.addressOf("Liv"), "Liv is paid 5,000.000000 USD");
    await closeAccounts(direction, before, ["before the flood", "at the end"]);
  },
};

const isUnauthorised = (outcome: string): boolean => outcome === "unauthorised";

async function sawRefusal(direction: Direction): Promise<void> {
  const { context } = direction.theatre;
  const ask = (action: Action, from: string) => {
    const { method, parameters } = engineCall(compose(action, direction.ledger(), context));
    return direction.refusal("engine", method, parameters, direction.addressOf(from));
  };
  const [again] = forged("Mallory");
  const hers = again === undefined ? null : await ask(again, "Mallory");
  const others = await ask({ type: "withdraw", who: "Liv", amount: "5000" }, "Liv");
  direction.saw(
    "refused",
    hers === "SenderRefused" && others === null,
    `Mallory's next is refused: ${hers}; Liv's would be taken`,
  );
}

/** @returns end of the pause, unix seconds */
async function sawPause(direction: Direction): Promise<number> {
  const { pausedUntil } = await direction.theatre.stage.guard.getFunction("alarms").staticCall();
  const { statuses, block, causes } = await readAnswer(direction.theatre);
  const recorded = (await direction.watch.incidents()).some(({ cause }) => cause === CAUSE.unauthorised);
  const isPaused = recorded && statuses.every((status) => status === "Halted");
  direction.saw(
    "paused",
    isPaused,
    `block ${block}: ${causes.join(", ")}; paused until ${showTime(Number(pausedUntil))}`,
  );
  return Number(pausedUntil);
}
