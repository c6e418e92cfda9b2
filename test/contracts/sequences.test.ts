import { expect } from "chai";
import { Contract } from "ethers";
import fc from "fast-check";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, deployBench, FEE_WEI, now } from "../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import { outcomeOf } from "../helpers/contracts/outcome.ts";
import { SIGNATURE } from "../helpers/contracts/posted.ts";

/** Failures that a sequence of honest calls may meet; anything else fails the test. */
const EXPECTED = new Set([
  "ok",
  "ClaimNotPayable",
  "ClaimAlreadyPaid",
  "UnknownClaim",
  "GuardHalted",
  "WrongLength",
  "NoSuchEntry",
  "MixedRounds",
  "RoundNotNewer",
  "RoundTooOld",
]);

/** What the books must say, kept by hand beside the contracts. */
interface Books {
  deposited: bigint;
  liabilities: bigint;
  owed: bigint;
  paid: bigint;
  settled: bigint;
}

type Action = (bench: Bench, books: Books) => Promise<string>;

const deposit =
  (amount: bigint): Action =>
  async (bench, books) => {
    const outcome = await outcomeOf(bench.engine, bench.deposit(bench.alice, amount));
    if (outcome === "ok") books.deposited += amount;
    return outcome;
  };

const withdraw =
  (amount: bigint): Action =>
  async (bench) => {
    const engine = new Contract(bench.at.engine, ENGINE_ABI, bench.alice);
    return outcomeOf(
      bench.engine,
      engine.withdraw!(1n, amount, 1n, (await now()) + 9999n, SIGNATURE, { value: FEE_WEI }),
    );
  };

/** Settles as an honest circuit would: a withdrawal is valid while liabilities cover it; deposits are nullified by the mask. */
const settle =
  (count: number, nullify: number): Action =>
  async (bench, books) => {
    const operations = await bench.logged(Number(books.settled), count);
    let { liabilities, owed } = books;
    const valid = operations.map(([w0 = 0n, w1 = 0n], i) => {
      const amount = w1 >> 67n;
      if (w0 % 16n === 1n) {
        const fails = ((nullify >> i) & 1) === 1;
        if (fails) owed += amount;
        else liabilities += amount;
        return !fails;
      }
      if (amount > liabilities) return false;
      liabilities -= amount;
      owed += amount;
      return true;
    });
    const outcome = await outcomeOf(bench.guard, bench.settle(operations.length, { valid, liabilities }));
    if (outcome === "ok")
      Object.assign(books, { liabilities, owed, settled: books.settled + BigInt(operations.length) });
    return outcome;
  };

const pay =
  (id: bigint): Action =>
  async (bench, books) => {
    const before: bigint = await bench.token.balanceOf!(bench.at.engine);
    const outcome = await outcomeOf(bench.guard, bench.guard.payClaim!(id));
    books.paid += before - (await bench.token.balanceOf!(bench.at.engine));
    return outcome;
  };

const wait =
  (seconds: number): Action =>
  async () => {
    await networkHelpers.time.increase(seconds);
    return "ok";
  };

const round: Action = async (bench) => outcomeOf(bench.guard, bench.submitRound());

/** A transaction that was accepted is sent again, and must change nothing. */
const replay: Action = async (bench) => {
  const call = await bench.roundArguments();
  const first = await outcomeOf(bench.guard, bench.guard.submitRound!(...call));
  if (first !== "ok") return first;
  const root = await bench.guard.oracleRoot!();
  expect(await outcomeOf(bench.guard, bench.guard.submitRound!(...call))).to.equal("RoundAlreadyProven");
  expect(await bench.guard.oracleRoot!()).to.equal(root);
  return first;
};

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.bigInt(1n, 1000n).map(deposit),
  fc.bigInt(1n, 1500n).map(withdraw),
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 }))
    .map(([count, nullify]) => settle(count, nullify)),
  fc.bigInt(0n, 6n).map(pay),
  fc.integer({ min: 1, max: 400 }).map(wait),
  fc.constant(round),
  fc.constant(replay),
);

async function withAlice() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  return bench;
}

async function checkBooks(bench: Bench, books: Books): Promise<void> {
  const [balance, unpaid, settled, vaulted] = await Promise.all([
    bench.token.balanceOf!(bench.at.engine),
    bench.guard.unpaidClaims!(),
    bench.guard.settled!(),
    bench.engine.vaulted!(),
  ]);
  expect(settled).to.equal(books.settled);
  expect(unpaid).to.equal(books.owed - books.paid);
  expect(books.paid <= books.owed).to.equal(true);
  expect(balance).to.equal(books.deposited - books.paid);
  expect(vaulted).to.equal(balance);
  expect(balance >= books.liabilities + unpaid).to.equal(true);
  const fees =
    (await ethers.provider.getBalance(bench.at.engine)) -
    (await bench.engine.feesOf!(await bench.deployer.getAddress()));
  const count: bigint = await bench.engine.operationCount!();
  expect(fees).to.equal((count - settled) * FEE_WEI);
}

describe("any sequence of calls", () => {
  it("pays no more than is owed, settles one way, keeps the vault solvent and every fee accounted for", async function () {
    this.timeout(300_000);
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 40 }), async (actions) => {
        const bench = await networkHelpers.loadFixture(withAlice);
        const books: Books = { deposited: 1000n, liabilities: 0n, owed: 0n, paid: 0n, settled: 0n };
        for (const act of actions) {
          const outcome = await act(bench, books);
          seen[outcome] = (seen[outcome] ?? 0) + 1;
          expect(EXPECTED.has(outcome), outcome).to.equal(true);
          await checkBooks(bench, books);
        }
      }),
      { numRuns: 25, seed: 20251010 },
    );
    console.log(`      ${JSON.stringify(seen)}`);
    expect(Object.keys(seen)).to.include.members(["ok", "ClaimNotPayable", "ClaimAlreadyPaid", "MixedRounds"]);
  });
});
