/** A crash that nobody liquidates: a bankrupt account moves to the insurance account, and from there to whoever takes it. */
import { LIMITS } from "../parameters.ts";
import type { Scene } from "../story/story.ts";
import { marketTime, showExactUsd, showSize } from "../units.ts";
import { CAUSE } from "./causes.ts";
import type { Direction } from "./direction.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { readAnswer } from "./passTime.ts";
import { sizeOf } from "./positions.ts";
import { AAVE, CRASH, crashMarket } from "./stories/crash.ts";

const WAITING_UNTIL = marketTime("12:05:18");
const PRICE_SCENE: Scene = { at: "12:05:24", round: true, text: "The price is proven again.", actions: [] };
const BACKSTOP_SCENE: Scene = {
  at: "12:05:28",
  round: false,
  text: "Anyone may end it: a keeper moves Bela's account, with its debt, to the insurance account.",
  actions: [{ type: "backstop", who: "Bela" }],
};
const TAKEOVER_SCENE: Scene = {
  at: "12:05:36",
  round: false,
  text: "Liv takes the position over from the insurance account, at the mark.",
  actions: [{ type: "takeover", market: AAVE, by: "Liv" }],
};
const CALM_SCENE: Scene = { at: "12:06:24", round: true, text: "A calm price.", actions: [] };

export const BACKSTOP: Incident = {
  title: "a crash, and nobody liquidates",
  about:
    "Bela's 14x long falls through its margin in one round and nobody is quick enough: she owes more than she has. The guard sees it in the proven box and gives it a minute; then her market is restricted. The backstop moves her account to the insurance account, which pays what she could not.",
  play: {
    market: crashMarket("186"),
    scenes: [...CRASH, PRICE_SCENE, BACKSTOP_SCENE, TAKEOVER_SCENE, CALM_SCENE],
    limits: LIMITS,
    promises: {
      detected: "the round that made an account bankrupt was noted as an incident",
      contained: "after the cure time the market was restricted, and the other was not",
      moved: "the whole account moved to the insurance account",
      buffer: "the proven buffer recovered with it",
      taken: "the position went on at the mark, and the insurance account is flat",
      paid: "the insurance paid exactly what the account owed",
      released: "the restriction ended by itself",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  async perform(direction) {
    for (const scene of CRASH) await direction.scene(scene);
    const before = await direction.holdings();
    const debt = -(before.accounts.get("Bela") ?? 0n);
    const found = (await direction.watch.incidents()).find(({ cause }) => cause === CAUSE.bankrupt);
    direction.saw(
      "detected",
      found !== undefined,
      `Bela owes ${showExactUsd(debt)} USD: noted in block ${found?.detectedBlock}`,
    );
    await sawRestriction(direction);

    await direction.scene(PRICE_SCENE);
    const owing = await direction.holdings();
    await direction.scene(BACKSTOP_SCENE);
    const moved = sizeOf(direction, "insurance", AAVE);
    const left = sizeOf(direction, "Bela", AAVE);
    direction.saw(
      "moved",
      left === 0n && moved > 0n,
      `the insurance account holds ${showSize(moved)} AAVE, Bela nothing`,
    );

    await direction.scene(TAKEOVER_SCENE);
    const after = await direction.holdings();
    direction.saw(
      "taken",
      sizeOf(direction, "insurance", AAVE) === 0n,
      `Liv holds ${showSize(sizeOf(direction, "Liv", AAVE))} AAVE`,
    );
    const paid = owing.insurance - after.insurance;
    const owed = -(owing.accounts.get("Bela") ?? 0n);
    const text = `the insurance had ${showExactUsd(owing.insurance)} USD and paid Bela's ${showExactUsd(paid)}`;
    direction.saw("paid", paid === owed && owed > 0n, text);
    await sawBuffer(direction);

    await direction.pass(marketTime(CALM_SCENE.at) - 1);
    await direction.scene(CALM_SCENE);
    const { statuses } = await readAnswer(direction.theatre);
    direction.saw(
      "released",
      statuses.every((status) => status === "Normal"),
      `AAVE is ${statuses[AAVE]} again`,
    );
    await closeAccounts(direction, before, ["bankrupt", "at the end"]);
  },
};

async function sawRestriction(direction: Direction): Promise<void> {
  const changes = await direction.pass(WAITING_UNTIL);
  const broken = changes.find(({ statuses }) => statuses[AAVE] === "Broken");
  const other = changes.every(({ statuses }) => statuses[1] === "Normal");
  const text = `AAVE is Broken from block ${broken?.block} on, AVAX stays Normal`;
  direction.saw("contained", broken !== undefined && other, text);
}

async function sawBuffer(direction: Direction): Promise<void> {
  const [aave] = await direction.buffers();
  direction.saw("buffer", aave !== undefined && aave !== null && aave >= 0n, `AAVE's buffer is ${aave} basis points`);
}
