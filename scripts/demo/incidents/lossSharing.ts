/** The insurance is not enough: what is missing is shared over the winning side of the market, by one index. */
import { LIMITS } from "../parameters.ts";
import type { Scene } from "../story/story.ts";
import { marketTime, showExactUsd, showTime } from "../units.ts";
import { CAUSE } from "./causes.ts";
import type { Direction } from "./direction.ts";
import type { Holdings } from "./holdings.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { readAnswer } from "./passTime.ts";
import { sizeOf } from "./positions.ts";
import { AAVE, CRASH, crashMarket } from "./stories/crash.ts";

const DEEPER: Scene = {
  at: "12:04:30",
  round: true,
  text: "AAVE falls on. A keeper moves Bela's account to the insurance account, which cannot pay all of it.",
  actions: [{ type: "backstop", who: "Bela" }],
};
const SHARE_SEC = marketTime("12:05:36");
const SHARE: Scene = {
  at: "12:05:40",
  round: false,
  text: "The deficit has lasted a minute: anyone may share it. A keeper does.",
  actions: [{ type: "shareLoss", market: AAVE }],
};
const TAKEOVER: Scene = {
  at: "12:05:48",
  round: false,
  text: "Liv takes the position over from the insurance account, at the mark.",
  actions: [{ type: "takeover", market: AAVE, by: "Liv" }],
};
const CALM: Scene = { at: "12:06:36", round: true, text: "A calm price.", actions: [] };
const CHARGED = ["Mira", "Carl"] as const;
const SPARED = ["Liv", "Hana"] as const;

export const LOSS_SHARING: Incident = {
  title: "the insurance is exhausted",
  about:
    "The same crash goes deeper: Bela owes more than the insurance holds. The proof shows the deficit; who won by her loss gives back the same whole number of ticks a lot, and what everyone is owed is covered again. One index moves; no account is touched.",
  play: {
    market: crashMarket("184"),
    scenes: [...CRASH, DEEPER, SHARE, TAKEOVER, CALM],
    limits: LIMITS,
    promises: {
      deficit: "the batch that left the insurance account owing proved it, and the guard noted it",
      early: "the loss could not be shared before the cure time had passed",
      index: "loss sharing moved one index of one side, and cleared the deficit",
      exact: "every winner lost exactly that many ticks a lot, and nobody else anything",
      covered: "what the vault owes did not change by it, and is what the vault holds, to the unit",
      taken: "the position went on at the mark",
      released: "both markets are Normal at the end",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  async perform(direction) {
    for (const scene of CRASH) await direction.scene(scene);
    const beginning = await direction.holdings();
    await direction.scene(DEEPER);
    const owing = await direction.holdings();
    const found = (await direction.watch.incidents()).find(({ cause }) => cause === CAUSE.deficit);
    const proven = owing.insurance < 0n && found?.stake === -owing.insurance;
    direction.saw(
      "deficit",
      proven,
      `the insurance lacks ${showExactUsd(-owing.insurance)} USD: noted in block ${found?.detectedBlock}`,
    );
    const refused = await direction.refusal("engine", "shareLoss", [AAVE], direction.addressOf("keeper"));
    direction.saw("early", refused === "NoLastingDeficit", `sharing it at once is refused: ${refused}`);

    await direction.pass(SHARE_SEC - 1);
    await direction.announce(SHARE_SEC, "The price is proven again.");
    await direction.round(SHARE_SEC);
    const before = await direction.holdings();
    const owedBefore = direction.owed();
    await direction.scene(SHARE);
    await sawSharing(direction, before, owedBefore);

    await direction.scene(TAKEOVER);
    direction.saw(
      "taken",
      sizeOf(direction, "insurance", AAVE) === 0n,
      "the insurance account is flat, Liv holds its position",
    );
    await direction.pass(marketTime(CALM.at) - 1);
    await direction.scene(CALM);
    const { statuses } = await readAnswer(direction.theatre);
    direction.saw(
      "released",
      statuses.every((status) => status === "Normal"),
      `at ${showTime(marketTime(CALM.at))} all is ${statuses[AAVE]}`,
    );
    await closeAccounts(direction, beginning, ["bankrupt", "at the end"]);
  },
};

async function sawSharing(direction: Direction, before: Holdings, owedBefore: bigint): Promise<void> {
  const after = await direction.holdings();
  const { state } = direction.theatre.follower.ledger();
  const { lossLong = 0n, lossShort = 0n } = state.markets[AAVE] ?? {};
  const since = await direction.theatre.stage.guard.getFunction("deficitSince").staticCall();
  const isOneIndex =
    lossLong === 0n &&
    lossShort < 0n &&
    state.markets.every((totals, market) => market === AAVE || (totals.lossLong === 0n && totals.lossShort === 0n));
  direction.saw(
    "index",
    isOneIndex && since === 0n,
    `every short AAVE gives back ${-lossShort} ticks a lot; the deficit is gone`,
  );

  const change = (name: string) => (after.accounts.get(name) ?? 0n) - (before.accounts.get(name) ?? 0n);
  const exact = CHARGED.every(
    (name) => change(name) === -sizeOf(direction, name, AAVE) * lossShort && change(name) < 0n,
  );
  const spared = SPARED.every((name) => change(name) === 0n);
  direction.saw(
    "exact",
    exact && spared,
    CHARGED.map((name) => `${name} loses ${showExactUsd(-change(name))} USD`).join(", "),
  );

  const owedNow = direction.owed();
  const covered = owedNow === owedBefore && after.vault === owedNow && after.insurance >= 0n;
  direction.saw(
    "covered",
    covered,
    `the vault holds ${showExactUsd(after.vault)} USD and owes ${showExactUsd(owedNow)}`,
  );
}
