import { expect } from "chai";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { divideUp } from "../../../verifier/model/arithmetic.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { FIELD } from "../../../verifier/model/field.ts";
import { health, initialSlack } from "../../../verifier/model/margin.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import type { FailureKind } from "../../../verifier/model/outcome.ts";
import { signOperation } from "../../../verifier/model/signOperation.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { batchCircuit } from "../../helpers/batchCircuit.ts";
import { LOTS, MARK, type Setting, worldOf } from "../../helpers/batchSetting.ts";
import type { TestCircuit } from "../../helpers/circuit.ts";
import { deposit, liquidate, trade, type World, withdraw } from "../../helpers/model/engine.ts";
import {
  batchContext,
  DOMAIN,
  GENESIS_TIME,
  genesis,
  hasher,
  keyAt,
  ownerAt,
  parameters,
} from "../../helpers/model/instance.ts";
import { profile } from "../../helpers/randomSituation.ts";

const QUOTE_LIMIT = 1n << 63n;
const SIZE_LIMIT = 1n << 40n;
const ANY_PRICE = (1n << 27n) - 1n;
const OFF_CURVE = { x: 5n, y: 6n };
const LOW_ORDER = { x: 0n, y: FIELD - 1n };

const terms = marketTerms(worldOf({}).state, genesis, parameters);
const [market] = terms.markets;
const gain = market!.gain;

/** Quote at which a long of `LOTS` has this health. */
const quoteAtHealth = (wanted: bigint) => wanted - health({ quote: 0n, sizes: [LOTS, 0n] }, terms);
/** Least quote with which account 1 may withdraw one unit. */
const leastQuote = (() => {
  const slack = initialSlack({ quote: 0n, sizes: [LOTS, 0n] }, terms, [1n << 30n, 1n << 30n]);
  return divideUp(-slack, 1n << 40n) + 1n;
})();

const buy =
  (change: { size?: bigint; price?: bigint; fee?: bigint; buyer?: number; seller?: number } = {}) =>
  (w: World) =>
    trade(w, { market: 0, buyer: 3, seller: 2, size: 10n, price: MARK, ...change });
const take =
  (size: bigint, limit = ANY_PRICE, account = 1) =>
  (w: World) =>
    liquidate(w, { market: 0, account, liquidator: 3, size, limit });
const out =
  (amount: bigint, account = 1) =>
  (w: World) =>
    withdraw(w, account, amount);
const signedAgain = (w: World, change: object) =>
  signOperation(hasher, DOMAIN, { ...withdraw(w, 3, 1n), ...change } as Extract<Operation, { type: "withdraw" }>, {
    first: keyAt(3),
  });
const backstop = (account: number) => () => ({ type: "backstop" as const, account });
const sick = (by: bigint): Setting => ({ accounts: { 1: { quote: quoteAtHealth(-by) } } });

const TWO_RICH: Setting = { accounts: { 2: { quote: 10n ** 12n, sizes: [0n, 0n] } } };

type Make = (world: World) => Operation;
const RICH: Setting = { accounts: { 1: { quote: 10n ** 12n } } };
const LATER = GENESIS_TIME + 60n;
const STALE_AT = GENESIS_TIME + parameters.margin.staleSec + 1n;
const loggedAt = (operation: Operation, time: bigint): Operation => ({ ...operation, loggedAt: time });
const restricted =
  (make: Make): Make =>
  (w) => ({ ...make(w), restricted: true });
const CASES: readonly (readonly [title: string, outcome: "valid" | FailureKind, make: Make, setting?: Setting])[] = [
  ["a deposit of one unit", "valid", () => deposit(4, 1n)],
  ["a deposit of nothing", "malformed", () => deposit(4, 0n)],
  ["a deposit to the insurance account", "malformed", () => ({ ...deposit(4, 1n), account: 0 }) as Operation],
  ["a deposit outside of the tree", "malformed", () => ({ ...deposit(4, 1n), account: 8 }) as Operation],
  ["a first deposit without an owner", "malformed", () => ({ ...deposit(4, 1n), owner: 0n }) as Operation],
  ["a first deposit with a key off the curve", "malformed", () => ({ ...deposit(4, 1n), key: OFF_CURVE }) as Operation],
  ["a first deposit with a key of low order", "malformed", () => ({ ...deposit(4, 1n), key: LOW_ORDER }) as Operation],
  ["a later deposit with any key", "valid", () => ({ ...deposit(3, 1n), key: LOW_ORDER, owner: 0n }) as Operation],
  [
    "a deposit up to the largest quote",
    "valid",
    () => deposit(3, 1n),
    { accounts: { 3: { quote: QUOTE_LIMIT - 2n } } },
  ],
  ["a deposit beyond it", "malformed", () => deposit(3, 1n), { accounts: { 3: { quote: QUOTE_LIMIT - 1n } } }],
  ["a deposit up to the largest liabilities", "valid", () => deposit(3, 1n), { liabilities: QUOTE_LIMIT - 2n }],
  ["a deposit beyond them", "malformed", () => deposit(3, 1n), { liabilities: QUOTE_LIMIT - 1n }],
  ["a withdrawal down to the initial margin", "valid", out(1n), { accounts: { 1: { quote: leastQuote } } }],
  ["a withdrawal below it", "margin", out(1n), { accounts: { 1: { quote: leastQuote - 1n } } }],
  ["a withdrawal of everything", "valid", out(10n ** 12n, 3)],
  ["a withdrawal of one unit more", "margin", out(10n ** 12n + 1n, 3)],
  ["a withdrawal of more than the vault owes", "margin", out(10n, 3), { liabilities: 9n }],
  ["a withdrawal for somebody else", "malformed", (w) => ({ ...out(1n)(w), owner: ownerAt(2) }) as Operation],
  ["a withdrawal with the next nonce", "valid", (w) => signedAgain(w, { nonce: 6n })],
  ["a withdrawal with the same nonce", "unauthorised", (w) => signedAgain(w, { nonce: 5n })],
  ["a withdrawal with the largest nonce", "valid", (w) => signedAgain(w, { nonce: SIZE_LIMIT - 1n })],
  ["a withdrawal that expires now", "valid", (w) => signedAgain(w, { expiry: GENESIS_TIME })],
  ["a withdrawal that expired a second ago", "unauthorised", (w) => signedAgain(w, { expiry: GENESIS_TIME - 1n })],
  ["a withdrawal logged when it expires", "valid", (w) => loggedAt(signedAgain(w, { expiry: LATER }), LATER)],
  [
    "a withdrawal logged a second later",
    "unauthorised",
    (w) => loggedAt(signedAgain(w, { expiry: LATER }), LATER + 1n),
  ],
  ["a withdrawal logged before its round", "valid", (w) => loggedAt(out(1n)(w), 1n)],
  ["a withdrawal logged while the price is fresh", "valid", (w) => loggedAt(out(1n)(w), STALE_AT - 1n), RICH],
  ["a withdrawal logged when the price is stale", "margin", (w) => loggedAt(out(1n)(w), STALE_AT), RICH],
  ["a trade logged when the price is stale", "price", (w) => loggedAt(buy()(w), STALE_AT)],
  ["a withdrawal of another amount than signed", "unauthorised", (w) => ({ ...out(1n)(w), amount: 2n }) as Operation],
  ["a trade at the upper end of the band", "valid", buy({ price: MARK + market!.band })],
  ["a trade above it", "price", buy({ price: MARK + market!.band + 1n })],
  ["a trade at the lower end of the band", "valid", buy({ price: MARK - market!.band })],
  ["a trade below it", "price", buy({ price: MARK - market!.band - 1n })],
  ["a restricted trade", "price", restricted(buy())],
  ["a restricted trade that both sides reduce", "valid", restricted(buy({ buyer: 2, seller: 1 }))],
  ["a restricted withdrawal of an account with a position", "price", restricted(out(1n)), RICH],
  ["a restricted withdrawal of an account without one", "valid", restricted(out(1n, 3))],
  ["a restricted liquidation", "valid", restricted(take(1n)), sick(1n)],
  ["a restricted backstop", "valid", restricted(backstop(1)), sick(1n)],
  ["a restricted deposit", "valid", restricted(() => deposit(4, 1n))],
  ["a trade of nothing", "malformed", buy({ size: 0n })],
  ["a trade with oneself", "malformed", buy({ seller: 3 })],
  ["a trade with the insurance account", "malformed", buy({ seller: 0 })],
  ["a trade by the insurance account", "malformed", buy({ buyer: 0 })],
  ["a trade with nobody", "malformed", buy({ seller: 4 })],
  ["a trade up to the largest open interest", "valid", buy(), { ...TWO_RICH, openInterest: (1n << 44n) - 11n }],
  ["a trade beyond it", "malformed", buy(), { ...TWO_RICH, openInterest: (1n << 44n) - 10n }],
  ["a fee up to the largest insurance", "valid", buy({ fee: 1n }), { state: { insurance: QUOTE_LIMIT - 3n } }],
  ["a fee beyond it", "malformed", buy({ fee: 1n }), { state: { insurance: QUOTE_LIMIT - 2n } }],
  ["a trade up to the largest size", "margin", buy(), { accounts: { 3: { sizes: [SIZE_LIMIT - 11n, 0n] } } }],
  ["a trade beyond it", "malformed", buy(), { accounts: { 3: { sizes: [SIZE_LIMIT - 10n, 0n] } } }],
  ["a sale up to the largest size", "margin", buy(), { accounts: { 2: { sizes: [11n - SIZE_LIMIT, 0n] } } }],
  ["a sale beyond it", "malformed", buy(), { accounts: { 2: { sizes: [10n - SIZE_LIMIT, 0n] } } }],
  ["a reduction below the initial margin", "valid", buy({ buyer: 3, seller: 1 }), sick(1n)],
  [
    "a reduction that makes health worse",
    "margin",
    buy({ seller: 1, price: MARK - market!.band, fee: 10n ** 8n }),
    sick(1n),
  ],
  ["a trade that turns the position around, if smaller", "margin", buy({ seller: 1, size: 2n * LOTS - 1n }), sick(1n)],
  [
    "a trade that closes the position and owes",
    "margin",
    buy({ seller: 1, size: LOTS }),
    { accounts: { 1: { quote: -LOTS * MARK - 1n } } },
  ],
  [
    "a trade that closes the position and owes nothing",
    "valid",
    buy({ seller: 1, size: LOTS }),
    { accounts: { 1: { quote: -LOTS * MARK } } },
  ],
  ["a liquidation of an account in health", "margin", take(1n), sick(0n)],
  ["a liquidation one unit below health", "valid", take(1n), sick(1n)],
  ["a liquidation of as much as it takes", "valid", take(5n), sick(4n * gain + 1n)],
  ["a liquidation of one lot more than it takes", "margin", take(5n), sick(4n * gain)],
  ["a liquidation of the whole position", "valid", take(LOTS), sick(LOTS * gain)],
  ["a liquidation of more than the position", "malformed", take(LOTS + 1n), sick(LOTS * gain)],
  ["a liquidation that leaves a debt", "margin", take(LOTS), sick(10n ** 12n)],
  ["a liquidation of nothing", "malformed", take(0n), sick(1n)],
  ["a liquidation at the liquidator's limit", "valid", take(1n, MARK - market!.discount), sick(1n)],
  ["a liquidation above it", "price", take(1n, MARK - market!.discount - 1n), sick(1n)],
  [
    "a liquidation by a poor liquidator",
    "margin",
    take(5n),
    { accounts: { ...sick(10n ** 9n).accounts, 3: { quote: 0n } } },
  ],
  ["a liquidation of an account that is not open", "malformed", take(1n, ANY_PRICE, 4)],
  [
    "taking a position off insurance at the mark",
    "valid",
    take(1n, MARK, 0),
    { accounts: { 0: { quote: -LOTS, sizes: [LOTS, 0n] } } },
  ],
  ["taking it one tick below the mark", "price", take(1n, MARK - 1n, 0), { accounts: { 0: { sizes: [LOTS, 0n] } } }],
  [
    "taking a short off insurance at the mark",
    "valid",
    take(1n, MARK, 0),
    { accounts: { 0: { quote: 5n, sizes: [-LOTS, 0n] } } },
  ],
  [
    "taking a short one tick above the mark",
    "price",
    take(1n, MARK + 1n, 0),
    { accounts: { 0: { sizes: [-LOTS, 0n] } } },
  ],
  ["a backstop of an account in health", "margin", backstop(1), sick(0n)],
  ["a backstop one unit below health", "valid", backstop(1), sick(1n)],
  ["a backstop of the insurance account", "malformed", backstop(0)],
  ["a backstop of an account that is not open", "malformed", backstop(4)],
  [
    "a backstop that leaves insurance empty and owing",
    "valid",
    backstop(1),
    { accounts: { ...sick(10n ** 12n).accounts, 0: { sizes: [-LOTS, 0n] } } },
  ],
  ["a recertification of one account", "valid", () => ({ type: "recertify", account: 1 })],
  ["a recertification outside of the tree", "malformed", () => ({ type: "recertify", account: 1, other: 8 })],
  ["a new key", "valid", () => ({ type: "setKey", account: 1, owner: ownerAt(1), key: keyAt(7).publicKey })],
  ["a new key of low order", "malformed", () => ({ type: "setKey", account: 1, owner: ownerAt(1), key: LOW_ORDER })],
  [
    "a new key for an account that is not open",
    "malformed",
    () => ({ type: "setKey", account: 4, owner: 0n, key: keyAt(7).publicKey }),
  ],
  [
    "a new key by another owner",
    "unauthorised",
    () => ({ type: "setKey", account: 1, owner: ownerAt(2), key: keyAt(7).publicKey }),
  ],
];

describe("The rules of MarginBatch", () => {
  const context = { ...batchContext, profile };
  let circuit: TestCircuit;

  before(async () => {
    circuit = await batchCircuit(profile);
  });

  for (const [title, outcome, make, setting = {}] of CASES) {
    it(`find ${title} ${outcome}`, async () => {
      const world = worldOf(setting);
      const result = applyBatch(world.state, world.oracle, [encodeOperation(make(world))], context);
      expect(result.outcomes[0]!.kind ?? "valid").to.equal(outcome);
      await circuit.expectPass(batchInputs(world.state, world.oracle, context, result));
    });
  }
});
