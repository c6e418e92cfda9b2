import { applyBatch, type BatchResult } from "../../verifier/model/batch.ts";
import { encodeOperation, type Operation } from "../../verifier/model/operation.ts";
import type { OracleMarket } from "../../verifier/model/oracle.ts";
import type { FailureKind } from "../../verifier/model/outcome.ts";
import { deposit, emptyWorld, liquidate, trade, type World, withdraw } from "./model/engine.ts";
import { batchContext, GENESIS_TIME, keyAt, ownerAt } from "./model/instance.ts";
import { profile, type Situation } from "./randomSituation.ts";

/** A batch of the story: what is tried, and what becomes of each operation. */
interface Chapter {
  readonly title: string;
  readonly market?: Partial<OracleMarket>;
  readonly operations: readonly ((world: World) => Operation)[];
  readonly outcomes: readonly ("valid" | FailureKind)[];
}

const RICH = 2n * 10n ** 10n;
const ANY_PRICE = (1n << 27n) - 1n;

const buy =
  (buyer: number, seller: number, size: bigint, price: bigint, fee = 10n) =>
  (world: World) =>
    trade(world, { market: 0, buyer, seller, size, price, fee });
const take =
  (account: number, liquidator: number, size: bigint, limit = ANY_PRICE) =>
  (world: World) =>
    liquidate(world, { market: 0, account, liquidator, size, limit });

/** A history that meets every kind of operation, each valid once, and every kind of refusal. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: "two accounts are opened",
    operations: [() => deposit(1, RICH), () => deposit(2, RICH)],
    outcomes: ["valid", "valid"],
  },
  { title: "one more, and a slot stays empty", operations: [() => deposit(3, RICH)], outcomes: ["valid"] },
  {
    title: "a trade, and one that the buyer cannot carry",
    operations: [buy(1, 2, 30_000n, 6_000_000n), buy(3, 2, 90_000n, 6_000_000n)],
    outcomes: ["valid", "margin"],
  },
  {
    title: "money leaves within the margin, and not beyond it",
    operations: [(world) => withdraw(world, 2, 10n ** 9n), (world) => withdraw(world, 2, 15n * 10n ** 9n)],
    outcomes: ["valid", "margin"],
  },
  {
    title: "a trade outside of the band, and a signature that expired",
    operations: [
      buy(3, 2, 10n, 6_500_000n),
      (world) => ({ ...trade(world, { market: 1, buyer: 3, seller: 2, size: 1n, price: 250_000n }), expiry: 1n }),
    ],
    outcomes: ["price", "unauthorised"],
  },
  {
    title: "bounds are made anew, and a key is changed and changed back",
    operations: [
      () => ({ type: "recertify", account: 1, other: 2 }),
      () => ({ type: "setKey", account: 3, owner: ownerAt(3), key: keyAt(3).publicKey }),
    ],
    outcomes: ["valid", "valid"],
  },
  {
    title: "the owner of another account cannot change a key, nor a healthy account be liquidated",
    operations: [() => ({ type: "setKey", account: 3, owner: ownerAt(2), key: keyAt(2).publicKey }), take(1, 3, 100n)],
    outcomes: ["unauthorised", "margin"],
  },
  {
    title: "the price falls: a liquidation, and one that takes too much",
    market: { mark: 5_460_000n, median: 5_460_000n },
    operations: [take(1, 3, 5_000n), take(1, 3, 25_000n)],
    outcomes: ["valid", "margin"],
  },
  {
    title: "a liquidator's limit holds, and nobody liquidates what is not there",
    operations: [take(1, 3, 10n, 5_000_000n), take(1, 3, 30_000n)],
    outcomes: ["price", "malformed"],
  },
  {
    title: "the price falls on: insurance takes over, and gives a part away at the mark",
    market: { mark: 5_000_000n, median: 5_010_000n },
    operations: [() => ({ type: "backstop", account: 1 }), take(0, 3, 100n)],
    outcomes: ["valid", "valid"],
  },
  {
    title: "a breaker lets both reduce, and nobody grow",
    market: { mark: 5_000_000n, median: 5_000_000n, breakerUntil: GENESIS_TIME + 1n },
    operations: [buy(2, 3, 1_000n, 5_000_000n), buy(3, 2, 1_000n, 5_000_000n)],
    outcomes: ["valid", "price"],
  },
  {
    title: "a stale price stops liquidations and withdrawals",
    market: { mark: 5_000_000n, median: 5_000_000n, updatedAt: GENESIS_TIME - 121n },
    operations: [take(0, 3, 100n), (world) => withdraw(world, 3, 1n)],
    outcomes: ["price", "margin"],
  },
  {
    title: "insurance is exhausted",
    market: { mark: 4_000_000n, median: 4_000_000n },
    operations: [() => ({ type: "recertify", account: 0, other: 3 }), () => ({ type: "noop" })],
    outcomes: ["valid", "valid"],
  },
  {
    title: "its loss is shared where it is exposed, and once",
    market: { mark: 4_000_000n, median: 4_000_000n },
    operations: [() => ({ type: "shareLoss", market: 1 }), () => ({ type: "shareLoss", market: 0 })],
    outcomes: ["malformed", "valid"],
  },
  {
    title: "nothing is left to share, and who meets the new index is judged by it",
    market: { mark: 4_000_000n, median: 4_000_000n },
    operations: [() => ({ type: "shareLoss", market: 0 }), () => ({ type: "recertify", account: 2, other: 3 })],
    outcomes: ["margin", "valid"],
  },
  {
    title: "a restriction lets both reduce, and nobody leave with a position",
    market: { mark: 4_000_000n, median: 4_000_000n },
    operations: [
      (world) => ({ ...buy(2, 3, 1_000n, 4_000_000n)(world), restricted: true }),
      (world) => ({ ...withdraw(world, 2, 1n), restricted: true }),
    ],
    outcomes: ["valid", "price"],
  },
];

/** A chapter, the situation before it and what the model made of it. */
export interface Told {
  readonly title: string;
  readonly outcomes: Chapter["outcomes"];
  readonly situation: Situation;
  readonly result: BatchResult;
}

/** Plays the story on the model. */
export function tellStory(): readonly Told[] {
  const context = { ...batchContext, profile };
  let state = emptyWorld.state;
  return CHAPTERS.map(({ title, market, operations, outcomes }) => {
    const [first, ...others] = emptyWorld.oracle.markets;
    const oracle = { ...emptyWorld.oracle, markets: [{ ...first!, ...market }, ...others] };
    const words: (readonly bigint[])[] = [];
    for (const make of operations) {
      const { next } = applyBatch(state, oracle, words, context);
      words.push(encodeOperation(make({ state: next, oracle })));
    }
    const result = applyBatch(state, oracle, words, context);
    const told = { title, outcomes, situation: { state, oracle, context }, result };
    state = result.next;
    return told;
  });
}
