import fc from "fast-check";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import type { OracleMarket } from "../../../verifier/model/oracle.ts";
import { accountAt } from "../../../verifier/model/tree.ts";
import { deposit, emptyWorld, liquidate, trade, type World, withdraw } from "./engine.ts";
import { batchContext, profile } from "./instance.ts";
import { absorb, emptyLedger, fund, type Ledger, lotsOf, move, pay, shareDeficit, worthLessMargin } from "./ledger.ts";

/** Something that somebody tries, or that prices do. */
export type Intent =
  | { readonly do: "deposit" | "withdraw"; readonly account: number; readonly amount: bigint }
  | {
      readonly do: "trade";
      readonly market: number;
      readonly buyer: number;
      readonly seller: number;
      readonly notional: bigint;
      readonly skewBps: number;
      readonly fee: bigint;
    }
  | {
      readonly do: "liquidate";
      readonly market: number;
      readonly account: number;
      readonly liquidator: number;
      readonly part: number;
    }
  | { readonly do: "backstop" | "recertify"; readonly account: number; readonly other: number }
  | { readonly do: "share" }
  | {
      readonly do: "move";
      readonly market: number;
      readonly bps: number;
      readonly lagBps: number;
      readonly funding: bigint;
    };

const account = fc.integer({ min: 1, max: 5 });
const anyAccount = fc.integer({ min: 0, max: 5 });
const market = fc.integer({ min: 0, max: profile.markets - 1 });
/** Quote units that a trade is about; an account starts with 2 * 10^10. */
const notional = fc.bigInt({ min: 10n ** 10n, max: 2n * 10n ** 11n });

const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("withdraw" as const), account, amount: fc.bigInt(1n, 10n ** 10n) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("deposit" as const), account, amount: fc.bigInt(1n, 10n ** 10n) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("trade" as const),
      market,
      buyer: account,
      seller: account,
      notional,
      skewBps: fc.integer({ min: -190, max: 190 }),
      fee: fc.bigInt(0n, 10_000n),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("liquidate" as const),
      market,
      account: anyAccount,
      liquidator: account,
      part: fc.constantFrom(1, 2, 5, 20, 100),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("backstop" as const, "recertify" as const),
      account,
      other: anyAccount,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("share" as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("move" as const),
      market,
      bps: fc.integer({ min: -900, max: 900 }),
      lagBps: fc.integer({ min: -50, max: 50 }),
      funding: fc.bigInt(-2_000n, 2_000n),
    }),
  },
);

/** A history of things tried; without bias towards small values, which would hardly ever put anybody at risk. */
export function history(minLength: number, maxLength: number): fc.Arbitrary<Intent[]> {
  return fc.noBias(fc.array(anyIntent, { minLength, maxLength }));
}

/** The model and the ledger beside each other. */
export interface Twin {
  readonly world: World;
  readonly ledger: Ledger;
  /** Deposits less withdrawals so far, quote units. */
  readonly net: bigint;
  /** Types of the operations that were valid so far. */
  readonly valid: readonly Operation["type"][];
}

/** Five funded accounts, so that trades have a chance. */
export function startTwin(): Twin {
  const start: Twin = { world: emptyWorld, ledger: emptyLedger(), net: 0n, valid: [] };
  return [1, 2, 3, 4, 5].reduce(
    (twin, who) => tryIntent(twin, { do: "deposit", account: who, amount: 2n * 10n ** 10n }),
    start,
  );
}

/** Tries an intent on the model; what the model accepts is booked in the ledger by its own rules. */
export function tryIntent(twin: Twin, given: Intent): Twin {
  const { world, ledger } = twin;
  if (given.do === "move") return { ...twin, world: movePrices(world, ledger, given) };
  const operation = toOperation(twin, given);
  if (operation === undefined) return twin;
  const result = applyBatch(world.state, world.oracle, [encodeOperation(operation)], batchContext);
  if (!result.outcomes[0]!.valid) return twin;
  book(twin, operation);
  const change =
    operation.type === "deposit" ? operation.amount : operation.type === "withdraw" ? -operation.amount : 0n;
  return {
    world: { ...world, state: result.next },
    ledger,
    net: twin.net + change,
    valid: [...twin.valid, operation.type],
  };
}

const part = (value: bigint, bps: number): bigint => (value * BigInt(10_000 + bps)) / 10_000n;

function movePrices(world: World, ledger: Ledger, given: Extract<Intent, { do: "move" }>): World {
  fund(ledger, given.market, given.funding);
  const markets = world.oracle.markets.map((old, index): OracleMarket => {
    if (index !== given.market) return old;
    const mark = part(old.mark, given.bps) + 1n;
    return { ...old, mark, median: part(mark, given.lagBps) + 1n, fundingIndex: old.fundingIndex + given.funding };
  });
  return { ...world, oracle: { ...world.oracle, markets } };
}

/** The account, other than 0, whose equity covers least of its positions: the one worth going after. */
function weakest({ oracle }: World, ledger: Ledger): number {
  const prices = oracle.markets.map(({ mark }) => mark);
  const scores = everyAccount.map((index) => worthLessMargin(ledger, index, prices, 1n, 10n));
  return everyAccount.slice(1).reduce((least, index) => (scores[index]! < scores[least]! ? index : least), 1);
}

/** The market in which account 0 holds most, or everybody together when it holds nothing. */
function mostExposed({ oracle, state }: World, ledger: Ledger): number {
  const isFlat = oracle.markets.every((_, index) => lotsOf(ledger, 0, index) === 0n);
  const notional = ({ mark }: OracleMarket, index: number) => {
    const lots = isFlat ? state.markets[index]!.openInterest : lotsOf(ledger, 0, index);
    return (lots < 0n ? -lots : lots) * mark;
  };
  const notionals = oracle.markets.map(notional);
  return notionals.reduce((best, value, index) => (value > notionals[best]! ? index : best), 0);
}

function toOperation({ world, ledger }: Twin, given: Exclude<Intent, { do: "move" }>): Operation | undefined {
  switch (given.do) {
    case "deposit":
      return deposit(given.account, given.amount);
    case "withdraw":
      return withdraw(world, given.account, given.amount);
    case "trade": {
      const price = part(world.oracle.markets[given.market]!.mark, given.skewBps);
      return trade(world, { ...given, price, size: given.notional / price + 1n });
    }
    case "liquidate": {
      const victim = given.account === 0 ? 0 : weakest(world, ledger);
      const market = lotsOf(ledger, victim, given.market) === 0n ? 1 - given.market : given.market;
      const liquidator = given.liquidator === victim ? (victim % 5) + 1 : given.liquidator;
      const lots = lotsOf(ledger, victim, market);
      const held = lots < 0n ? -lots : lots;
      const limit = lots > 0n ? 2n ** 27n - 1n : 1n;
      const size = (held - 1n) / BigInt(given.part) + 1n;
      return held === 0n ? undefined : liquidate(world, { market, account: victim, liquidator, size, limit });
    }
    case "backstop":
      return { type: "backstop", account: weakest(world, ledger) };
    case "recertify":
      return { type: "recertify", account: given.account, other: given.other };
    case "share":
      return { type: "shareLoss", market: mostExposed(world, ledger) };
  }
}

/** Books a valid operation at the prices that the rules state, computed here once more. */
function book({ world, ledger }: Twin, operation: Operation): void {
  const insurance = -1; // the scalar, as one more pocket
  switch (operation.type) {
    case "deposit":
      pay(ledger, operation.account, operation.amount);
      break;
    case "withdraw":
      pay(ledger, operation.account, -operation.amount);
      break;
    case "trade":
      move(ledger, operation.market, operation.buyer, operation.seller, operation.size, operation.price);
      pay(ledger, operation.buyer, -operation.fee);
      pay(ledger, operation.seller, -operation.fee);
      pay(ledger, insurance, 2n * operation.fee);
      break;
    case "liquidate": {
      const { market: where, account: victim, liquidator, size: lots } = operation;
      const { mark } = world.oracle.markets[where]!;
      const { discountRate, penaltyRate } = batchContext.parameters.margin.markets[where]!;
      const held = lotsOf(ledger, victim, where);
      const discount = victim === 0 ? 0n : (mark * discountRate) / 2n ** 20n;
      const penalty = victim === 0 ? 0n : lots * ((mark * penaltyRate) / 2n ** 20n);
      if (held > 0n) move(ledger, where, liquidator, victim, lots, mark - discount);
      else move(ledger, where, victim, liquidator, lots, mark + discount);
      pay(ledger, victim, -penalty);
      pay(ledger, insurance, penalty);
      break;
    }
    case "backstop":
      absorb(ledger, operation.account, 0, profile.markets);
      absorb(ledger, insurance, 0, profile.markets);
      break;
    case "shareLoss": {
      const prices = world.oracle.markets.map(({ mark }) => mark);
      absorb(ledger, insurance, 0, profile.markets);
      shareDeficit(ledger, 0, operation.market, prices);
      break;
    }
    default:
      break;
  }
}

/** Accounts of the test instance, the insurance account included. */
export const everyAccount = Array.from({ length: 2 ** profile.depth }, (_, index) => index);

/** All accounts of the model as they are in the tree. */
export const accountsIn = ({ state }: World) => everyAccount.map((index) => accountAt(state.tree, index));
