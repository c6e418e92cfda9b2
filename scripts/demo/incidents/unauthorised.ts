/** Forged operations flood the log: they change nothing, cost whoever posts them, and their sender is refused. */
import { formatEther } from "ethers";
import { LIMITS } from "../parameters.ts";
import { scriptedMarket } from "../scriptedMarket.ts";
import { engineCall } from "../stage/engineCalls.ts";
import { compose } from "../story/compose.ts";
import type { Action, Scene } from "../story/story.ts";
import { marketTime, showTime } from "../units.ts";
import { CAUSE } from "./causes.ts";
import type { Direction } from "./direction.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { readAnswer } from "./passTime.ts";

type Forger = "Mallory" | "Tess";
const FORGED_EACH = 4;
const forged = (by: Forger): readonly Action[] =>
  Array.from({ length: FORGED_EACH }, () => ({ type: "withdraw", who: "Liv", amount: "15000", forgedBy: by }));

const SCENES: readonly Scene[] = [
  {
    at: "12:00:00",
    round: false,
    text: "Three people deposit.",
    actions: [
      { type: "deposit", who: "Mira", amount: "60000" },
      { type: "deposit", who: "Liv", amount: "20000" },
      { type: "deposit", who: "Hana", amount: "7000" },
    ],
    hurried: true,
  },
  {
    at: "12:01:00",
    round: true,
    text: "Hana goes long AAVE. Liv saves.",
    actions: [{ type: "trade", market: 0, buyer: "Hana", seller: "Mira", size: "60" }],
  },
];
const FIRST_FLOOD: Scene = {
  at: "12:01:30",
  round: false,
  text: "Mallory posts withdrawals of Liv's money, signed with her own key.",
  actions: forged("Mallory"),
};
const SECOND_FLOOD: Scene = {
  at: "12:02:00",
  round: true,
  text: "From another address, Tess's, the flood goes on.",
  actions: forged("Tess"),
};
const HONEST: Scene = {
  at: "12:02:12",
  round: false,
  text: "In the pause Liv, who holds no position, asks for her money all the same.",
  actions: [{ type: "withdraw", who: "Liv", amount: "5000" }],
};
const ROUND: Scene = { at: "12:03:24", round: true, text: "Rounds go on through the pause.", actions: [] };
const MARKET = scriptedMarket([{ at: "12:00:00", prices: ["200", "25"] }]);

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
    const spent = await meterSpending(direction);

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
    direction.saw("cost", ...(await spent()));

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

/** Meters what the forgers' wallets pay from here on. */
async function meterSpending({ theatre, addressOf }: Direction): Promise<() => Promise<[boolean, string]>> {
  const { provider, feeWei } = theatre.stage;
  const balances = () => Promise.all(["Mallory", "Tess"].map((name) => provider.getBalance(addressOf(name))));
  const before = await balances();
  return async () => {
    const after = await balances();
    const spentWei = before.reduce((sum, balance, index) => sum + balance - (after[index] ?? 0n), 0n);
    const feesWei = feeWei * BigInt(2 * FORGED_EACH);
    const gas = `${formatEther(spentWei - feesWei)} ETH of gas`;
    return [
      spentWei > feesWei,
      `${2 * FORGED_EACH} forged operations cost ${formatEther(feesWei)} ETH of fees, to the prover, and ${gas}`,
    ];
  };
}
