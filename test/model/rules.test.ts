import { expect } from "chai";
import { deriveKey } from "../../verifier/model/eddsa.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { encodeOperation, type Operation } from "../../verifier/model/operation.ts";
import { encodeFields, operationFields } from "../../verifier/model/operationWords.ts";
import type { FailureKind } from "../../verifier/model/outcome.ts";
import { signOperation } from "../../verifier/model/signOperation.ts";
import { stateRoot } from "../../verifier/model/state.ts";
import { accountAt } from "../../verifier/model/tree.ts";
import {
  apply,
  applyAll,
  deposit,
  emptyWorld,
  liquidate,
  trade,
  type World,
  withdraw,
} from "../helpers/model/engine.ts";
import { DOMAIN, GENESIS_TIME, hasher, keyAt, oracleWith, ownerAt, PRICES } from "../helpers/model/instance.ts";

const [MARK] = PRICES;
const FUNDS = 2n * 10n ** 10n;
const TWO_TORSION = { x: 0n, y: FIELD - 1n };
const IDENTITY = { x: 0n, y: 1n };
const OFF_CURVE = { x: 1n, y: 1n };

/** Accounts 1, 2 and 3 are funded, 4 hardly; 1 is long and 2 short 30,000 lots of market 0. */
const world = applyAll(emptyWorld, [
  () => deposit(1, FUNDS),
  () => deposit(2, FUNDS),
  () => deposit(3, 50n * FUNDS),
  () => deposit(4, 1_000n),
  (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: 30_000n, price: MARK }),
]);
/** The mark fell by 9 %: account 1 is below maintenance, not bankrupt. */
const fallen: World = { ...world, oracle: oracleWith({ mark: 5_460_000n, median: 5_460_000n }) };
/** The mark fell by 20 %: account 1 is bankrupt. */
const crashed: World = { ...world, oracle: oracleWith({ mark: 4_800_000n, median: 4_800_000n }) };
/** Account 1 was taken over by the insurance account. */
const absorbed = applyAll(crashed, [() => ({ type: "backstop", account: 1 })]);

const aTrade = (now: World) => trade(now, { market: 0, buyer: 3, seller: 2, size: 100n, price: MARK });
const aClosing = (now: World) => trade(now, { market: 0, buyer: 2, seller: 1, size: 100n, price: MARK });
const aLiquidation = (now: World) =>
  liquidate(now, { market: 0, account: 1, liquidator: 3, size: 10_000n, limit: MARK });
const resign = (operation: Operation, first: number, second?: number) =>
  signOperation(hasher, DOMAIN, operation, {
    first: keyAt(first),
    ...(second === undefined ? {} : { second: keyAt(second) }),
  });

interface Row {
  readonly title: string;
  readonly from?: World;
  readonly operation: (now: World) => Operation | readonly bigint[];
  readonly kind?: FailureKind;
}

const fields = (operation: Operation, change: object) =>
  encodeFields({ ...operationFields(encodeOperation(operation)), ...change });

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  noop: [
    { title: "of zeros", operation: () => ({ type: "noop" }) },
    {
      title: "with account fields out of the tree",
      operation: () => fields({ type: "noop" }, { accountA: 2 ** 32 - 1, accountB: 9, market: 15 }),
    },
  ],
  deposit: [
    { title: "to an open account", operation: () => deposit(1, 1n) },
    { title: "that opens the last account", operation: () => deposit(7, 1n) },
    {
      title: "to an open account with another key and owner",
      operation: () => ({ ...deposit(1, 1n), owner: 0n, key: OFF_CURVE }),
    },
    { title: "to account 0", operation: () => deposit(0, 1n), kind: "malformed" },
    { title: "of nothing", operation: () => deposit(1, 0n), kind: "malformed" },
    { title: "beyond the tree", operation: () => deposit(8, 1n), kind: "malformed" },
    {
      title: "with an unused account beyond the tree",
      operation: () => fields(deposit(1, 1n), { accountB: 8 }),
      kind: "malformed",
    },
    { title: "that opens without an owner", operation: () => ({ ...deposit(7, 1n), owner: 0n }), kind: "malformed" },
    {
      title: "that opens with the identity as key",
      operation: () => ({ ...deposit(7, 1n), key: IDENTITY }),
      kind: "malformed",
    },
    {
      title: "that opens with a key of order two",
      operation: () => ({ ...deposit(7, 1n), key: TWO_TORSION }),
      kind: "malformed",
    },
    {
      title: "that opens with a key off the curve",
      operation: () => ({ ...deposit(7, 1n), key: OFF_CURVE }),
      kind: "malformed",
    },
    {
      title: "that lifts liabilities to their limit",
      operation: () => deposit(7, 2n ** 63n - 1n - 52n * FUNDS - 1_000n),
    },
    {
      title: "that lifts liabilities over their limit",
      operation: () => deposit(7, 2n ** 63n - 52n * FUNDS - 1_000n),
      kind: "malformed",
    },
  ],
  withdraw: [
    { title: "of free funds", operation: (now) => withdraw(now, 3, 50n * FUNDS) },
    {
      title: "of an account without positions, while restricted",
      operation: (now) => ({ ...withdraw(now, 3, 1n), restricted: true }),
    },
    {
      title: "of an account with a position, while restricted",
      operation: (now) => ({ ...withdraw(now, 1, 1n), restricted: true }),
      kind: "price",
    },
    { title: "of one unit too much", operation: (now) => withdraw(now, 3, 50n * FUNDS + 1n), kind: "margin" },
    {
      title: "that would leave too little initial margin",
      operation: (now) => withdraw(now, 1, FUNDS / 2n),
      kind: "margin",
    },
    {
      title: "in a stale market",
      from: { ...world, oracle: oracleWith({ updatedAt: GENESIS_TIME - 121n }) },
      operation: (now) => withdraw(now, 1, 1n),
      kind: "margin",
    },
    {
      title: "at the last moment before the market is stale",
      from: { ...world, oracle: oracleWith({ updatedAt: GENESIS_TIME - 120n }) },
      operation: (now) => withdraw(now, 1, 1n),
    },
    {
      title: "logged at the last moment before the round's price is stale",
      operation: (now) => ({ ...withdraw(now, 1, 1n), loggedAt: GENESIS_TIME + 120n }),
    },
    {
      title: "logged when the round's price had gone stale",
      operation: (now) => ({ ...withdraw(now, 1, 1n), loggedAt: GENESIS_TIME + 121n }),
      kind: "margin",
    },
    {
      title: "at a median that is worse than the mark",
      from: { ...world, oracle: oracleWith({ median: 5_600_000n }) },
      operation: (now) => withdraw(now, 1, 1n),
      kind: "margin",
    },
    { title: "of nothing", operation: (now) => withdraw(now, 3, 0n), kind: "malformed" },
    { title: "from account 0", operation: (now) => withdraw(now, 0, 1n), kind: "malformed" },
    { title: "from a closed account", operation: (now) => withdraw(now, 7, 1n), kind: "malformed" },
    {
      title: "to another owner",
      operation: (now) => resign({ ...withdraw(now, 3, 1n), owner: 5n } as Operation, 3),
      kind: "malformed",
    },
    { title: "signed by another key", operation: (now) => resign(withdraw(now, 3, 1n), 1), kind: "unauthorised" },
    {
      title: "with a nonce used before",
      operation: (now) => resign({ ...withdraw(now, 3, 1n), nonce: 0n } as Operation, 3),
      kind: "unauthorised",
    },
    {
      title: "that expired",
      operation: (now) => resign({ ...withdraw(now, 3, 1n), expiry: GENESIS_TIME - 1n } as Operation, 3),
      kind: "unauthorised",
    },
    {
      title: "in its last second",
      operation: (now) => resign({ ...withdraw(now, 3, 1n), expiry: GENESIS_TIME } as Operation, 3),
    },
    {
      title: "of too much by another key",
      operation: (now) => resign(withdraw(now, 3, 2n ** 62n), 1),
      kind: "unauthorised",
    },
  ],
  trade: [
    { title: "within margin and band", operation: aTrade },
    {
      title: "at the edge of the band",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 2, size: 100n, price: MARK + 120_002n }),
    },
    {
      title: "one tick beyond the band",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 2, size: 100n, price: MARK + 120_003n }),
      kind: "price",
    },
    {
      title: "at price 0",
      from: { ...world, oracle: oracleWith({ mark: 1n, median: 1n }) },
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 2, size: 1n, price: 0n }),
      kind: "price",
    },
    {
      title: "in a tripped market that both reduce",
      from: { ...world, oracle: oracleWith({ breakerUntil: GENESIS_TIME + 1n }) },
      operation: aClosing,
    },
    {
      title: "in a tripped market that one side opens",
      from: { ...world, oracle: oracleWith({ breakerUntil: GENESIS_TIME + 1n }) },
      operation: aTrade,
      kind: "price",
    },
    {
      title: "in the second that the breaker ends",
      from: { ...world, oracle: oracleWith({ breakerUntil: GENESIS_TIME }) },
      operation: aTrade,
    },
    {
      title: "that one side opens, while restricted",
      operation: (now) => ({ ...aTrade(now), restricted: true }),
      kind: "price",
    },
    {
      title: "that both sides reduce, while restricted",
      operation: (now) => ({ ...aClosing(now), restricted: true }),
    },
    {
      title: "logged in the second that the breaker ends",
      from: { ...world, oracle: oracleWith({ breakerUntil: GENESIS_TIME + 10n }) },
      operation: (now) => ({ ...aTrade(now), loggedAt: GENESIS_TIME + 10n }),
    },
    {
      title: "logged a second before the breaker ends",
      from: { ...world, oracle: oracleWith({ breakerUntil: GENESIS_TIME + 10n }) },
      operation: (now) => ({ ...aTrade(now), loggedAt: GENESIS_TIME + 9n }),
      kind: "price",
    },
    {
      title: "in a stale market that one side opens",
      from: { ...world, oracle: oracleWith({ updatedAt: GENESIS_TIME - 121n }) },
      operation: aTrade,
      kind: "price",
    },
    {
      title: "in a stale market that both reduce at no loss",
      from: { ...world, oracle: oracleWith({ updatedAt: GENESIS_TIME - 121n }) },
      operation: aClosing,
    },
    {
      title: "that reduces an unhealthy side without harm",
      from: fallen,
      operation: (now) => trade(now, { market: 0, buyer: 2, seller: 1, size: 100n, price: 5_460_000n }),
    },
    {
      title: "that reduces an unhealthy side to its harm",
      from: fallen,
      operation: (now) =>
        trade(now, { market: 0, buyer: 2, seller: 1, size: 100n, price: 5_460_000n, fee: 2n * 10n ** 7n }),
      kind: "margin",
    },
    {
      title: "of more than initial margin allows",
      operation: (now) => trade(now, { market: 0, buyer: 1, seller: 3, size: 60_000n, price: MARK }),
      kind: "margin",
    },
    {
      title: "that leaves a flat account in debt",
      from: crashed,
      operation: (now) => trade(now, { market: 0, buyer: 2, seller: 1, size: 30_000n, price: 4_800_000n }),
      kind: "margin",
    },
    {
      title: "with oneself",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 3, size: 1n, price: MARK }),
      kind: "malformed",
    },
    {
      title: "with account 0",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 0, size: 1n, price: MARK }),
      kind: "malformed",
    },
    {
      title: "with a closed account",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 7, size: 1n, price: MARK }),
      kind: "malformed",
    },
    {
      title: "of nothing",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 2, size: 0n, price: MARK }),
      kind: "malformed",
    },
    {
      title: "in a market that does not exist",
      operation: (now) => trade(now, { market: 2, buyer: 3, seller: 2, size: 1n, price: MARK }),
      kind: "malformed",
    },
    {
      title: "whose size leaves its range",
      operation: (now) => trade(now, { market: 0, buyer: 1, seller: 3, size: 2n ** 40n - 1n, price: MARK }),
      kind: "malformed",
    },
    { title: "without the seller's signature", operation: (now) => resign(aTrade(now), 3, 1), kind: "unauthorised" },
    { title: "without the buyer's signature", operation: (now) => resign(aTrade(now), 1, 2), kind: "unauthorised" },
    {
      title: "with the seller's old nonce",
      operation: (now) => resign({ ...aTrade(now), sellerNonce: 1n }, 3, 2),
      kind: "unauthorised",
    },
    {
      title: "that expired",
      operation: (now) => resign({ ...aTrade(now), expiry: GENESIS_TIME - 1n }, 3, 2),
      kind: "unauthorised",
    },
    {
      title: "that is unauthorised, off price and without margin",
      operation: (now) => resign({ ...aTrade(now), price: 1n, size: 2n ** 38n }, 1, 1),
      kind: "unauthorised",
    },
    {
      title: "that is off price and without margin",
      operation: (now) => trade(now, { market: 0, buyer: 3, seller: 2, size: 2n ** 38n, price: 1n }),
      kind: "price",
    },
  ],
  liquidate: [
    { title: "of an unhealthy account", from: fallen, operation: aLiquidation },
    { title: "of a healthy account", operation: aLiquidation, kind: "margin" },
    {
      title: "of more than brings the account back",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 3, size: 30_000n, limit: MARK }),
      kind: "margin",
    },
    {
      title: "by somebody without margin",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 4, size: 10_000n, limit: MARK }),
      kind: "margin",
    },
    {
      title: "of a position that is smaller",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 3, size: 30_001n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "of nothing",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 3, size: 0n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "in the market where there is no position",
      from: fallen,
      operation: (now) => liquidate(now, { market: 1, account: 1, liquidator: 3, size: 1n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "in a market that does not exist",
      from: fallen,
      operation: (now) => liquidate(now, { market: 2, account: 1, liquidator: 3, size: 1n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "by the insurance account",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 0, size: 1n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "of oneself",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 1, size: 1n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "of a closed account",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 7, liquidator: 3, size: 1n, limit: MARK }),
      kind: "malformed",
    },
    {
      title: "signed by another key",
      from: fallen,
      operation: (now) => resign(aLiquidation(now), 1),
      kind: "unauthorised",
    },
    {
      title: "with an old nonce",
      from: fallen,
      operation: (now) => resign({ ...aLiquidation(now), nonce: 0n }, 3),
      kind: "unauthorised",
    },
    {
      title: "at exactly the limit",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 3, size: 10_000n, limit: 5_405_399n }),
    },
    {
      title: "one tick over the limit",
      from: fallen,
      operation: (now) => liquidate(now, { market: 0, account: 1, liquidator: 3, size: 10_000n, limit: 5_405_398n }),
      kind: "price",
    },
    {
      title: "in a stale market",
      from: { ...world, oracle: oracleWith({ mark: 5_460_000n, median: 5_460_000n, updatedAt: GENESIS_TIME - 121n }) },
      operation: aLiquidation,
      kind: "price",
    },
    {
      title: "of the insurance account, at the mark",
      from: absorbed,
      operation: (now) => liquidate(now, { market: 0, account: 0, liquidator: 3, size: 1n, limit: 4_800_000n }),
    },
    {
      title: "of the insurance account, below the mark",
      from: absorbed,
      operation: (now) => liquidate(now, { market: 0, account: 0, liquidator: 3, size: 1n, limit: 4_799_999n }),
      kind: "price",
    },
    {
      title: "that would leave the insurance account flat in debt",
      from: absorbed,
      operation: (now) => liquidate(now, { market: 0, account: 0, liquidator: 3, size: 30_000n, limit: 4_800_000n }),
      kind: "margin",
    },
  ],
  backstop: [
    { title: "of a bankrupt account", from: crashed, operation: () => ({ type: "backstop", account: 1 }) },
    { title: "of an unhealthy account", from: fallen, operation: () => ({ type: "backstop", account: 1 }) },
    { title: "of a healthy account", operation: () => ({ type: "backstop", account: 1 }), kind: "margin" },
    { title: "of a flat account", from: crashed, operation: () => ({ type: "backstop", account: 3 }), kind: "margin" },
    { title: "of account 0", from: crashed, operation: () => ({ type: "backstop", account: 0 }), kind: "malformed" },
    {
      title: "of a closed account",
      from: crashed,
      operation: () => ({ type: "backstop", account: 7 }),
      kind: "malformed",
    },
    {
      title: "onto another account",
      from: crashed,
      operation: () => fields({ type: "backstop", account: 1 }, { accountB: 2 }),
      kind: "malformed",
    },
  ],
  recertify: [
    { title: "of two accounts", operation: () => ({ type: "recertify", account: 1, other: 2 }) },
    { title: "of one account", operation: () => ({ type: "recertify", account: 1 }) },
    { title: "of account 0 and a closed one", operation: () => ({ type: "recertify", account: 0, other: 7 }) },
    { title: "beyond the tree", operation: () => ({ type: "recertify", account: 8, other: 1 }), kind: "malformed" },
    {
      title: "with the other one beyond the tree",
      operation: () => ({ type: "recertify", account: 1, other: 8 }),
      kind: "malformed",
    },
  ],
  setKey: [
    {
      title: "by the owner",
      operation: () => ({ type: "setKey", account: 1, owner: ownerAt(1), key: keyAt(6).publicKey }),
    },
    {
      title: "by somebody else",
      operation: () => ({ type: "setKey", account: 1, owner: ownerAt(2), key: keyAt(6).publicKey }),
      kind: "unauthorised",
    },
    {
      title: "to the identity",
      operation: () => ({ type: "setKey", account: 1, owner: ownerAt(1), key: IDENTITY }),
      kind: "malformed",
    },
    {
      title: "to a key off the curve",
      operation: () => ({ type: "setKey", account: 1, owner: ownerAt(1), key: OFF_CURVE }),
      kind: "malformed",
    },
    {
      title: "of a closed account",
      operation: () => ({ type: "setKey", account: 7, owner: 0n, key: keyAt(6).publicKey }),
      kind: "malformed",
    },
    {
      title: "of account 0",
      operation: () => ({ type: "setKey", account: 0, owner: 0n, key: keyAt(6).publicKey }),
      kind: "malformed",
    },
  ],
  "words of no type": [9, 15].map((type) => ({
    title: `${type}`,
    operation: () => encodeFields({ ...operationFields(encodeOperation({ type: "noop" })), type }),
    kind: "malformed" as const,
  })),
};

describe("one operation", () => {
  for (const [type, rows] of Object.entries(TABLE)) {
    describe(`when it is ${type}`, () => {
      for (const { title, from = world, operation, kind } of rows) {
        it(`${title}: ${kind ?? "valid"}`, () => {
          const { world: after, outcome } = apply(from, operation(from));
          expect(outcome).to.deep.equal(kind === undefined ? { valid: true } : { valid: false, kind });
          if (kind !== undefined) expect(stateRoot(hasher, after.state)).to.equal(stateRoot(hasher, from.state));
        });
      }
    });
  }
});

describe("the effect of an operation", () => {
  it("uses up the nonce of a withdrawal, and takes the amount", () => {
    const { world: after } = apply(world, withdraw(world, 3, 5n));
    const [before, now] = [accountAt(world.state.tree, 3), accountAt(after.state.tree, 3)];
    expect(now).to.deep.equal({ ...before, quote: before.quote - 5n, nonce: before.nonce + 1n });
  });

  it("cannot happen twice", () => {
    const operation = withdraw(world, 3, 5n);
    const { world: after } = apply(world, operation);
    expect(apply(after, operation).outcome).to.deep.equal({ valid: false, kind: "unauthorised" });
  });

  it("is final for the key: the old one signs no more", () => {
    const { world: after } = apply(world, {
      type: "setKey",
      account: 3,
      owner: ownerAt(3),
      key: deriveKey(new Uint8Array(32)).publicKey,
    });
    expect(apply(after, withdraw(after, 3, 5n)).outcome).to.deep.equal({ valid: false, kind: "unauthorised" });
  });

  it("of a trade in a market with other funding since then leaves both sides' worth as it was", () => {
    const later: World = { ...world, oracle: oracleWith({ fundingIndex: 777n }) };
    const { world: after, outcome } = apply(later, aTrade(later));
    expect(outcome.valid).to.equal(true);
    expect(accountAt(after.state.tree, 3).quote).to.equal(50n * FUNDS - 100n * (MARK - 777n));
  });

  it("of a backstop moves the account and the insurance scalar onto account 0", () => {
    const paid = applyAll(world, [
      (now) => trade(now, { market: 0, buyer: 3, seller: 2, size: 1n, price: MARK, fee: 1000n }),
    ]);
    const { world: after } = apply({ ...paid, oracle: crashed.oracle }, { type: "backstop", account: 1 });
    const [insurance, emptied] = [accountAt(after.state.tree, 0), accountAt(after.state.tree, 1)];
    expect(after.state.insurance).to.equal(0n);
    expect(insurance.quote).to.equal(FUNDS - 30_000n * MARK + 2000n);
    expect(insurance.sizes).to.deep.equal([30_000n, 0n]);
    expect([emptied.quote, ...emptied.sizes, ...emptied.lanes]).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n, 0n]);
    expect(emptied.owner).to.equal(ownerAt(1));
  });

  it("of a noop is nothing at all", () => {
    expect(apply(world, { type: "noop" }).world.state).to.equal(world.state);
  });
});
