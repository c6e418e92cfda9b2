import { expect } from "chai";
import {
  CALM,
  deployBench,
  FEE_WEI,
  GENESIS_ORACLE_ROOT,
  GENESIS_ROOT,
  LIMITS,
  NO_LOSSES,
  now,
} from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { deployHostileEngine } from "../helpers/contracts/hostile.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import { FIELD_ORDER } from "../helpers/fieldOrder.ts";

const ZERO_HEAD = `0x${"00".repeat(32)}`;

/** Two deposits wait for their proof. */
async function withDeposits() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.deposit(bench.bob, 2000n);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withDeposits);

describe("Homeostat.settleBatch", () => {
  it("settles the next operations of the log and stores what was proven", async () => {
    const bench = await fixture();
    const box = encode.boxOf([{ long: 5n }, { short: -5n }]);
    const totals = encode.totalsOf(3000n);
    await expect(bench.settle(2, { liabilities: 3000n, box }))
      .to.emit(bench.guard, "BatchProven")
      .withArgs(0n, 2n, 0n, GENESIS_ROOT + 2n, encode.outcomeOf([], 2), totals, box, NO_LOSSES, 3000n);
    expect(await bench.guard.settled!()).to.equal(2n);
    expect(await bench.guard.stateRoot!()).to.equal(GENESIS_ROOT + 2n);
    expect(await bench.guard.box!()).to.equal(box);
    expect(await bench.guard.totalsWord!()).to.equal(totals);
    expect(await bench.guard.lossWord!()).to.equal(NO_LOSSES);
  });

  it("takes fewer operations than the circuit has places, padded with zeros", async () => {
    const bench = await fixture();
    await bench.settle(1, { liabilities: 1000n });
    await bench.settle(1, { liabilities: 3000n });
    expect(await bench.guard.settled!()).to.equal(2n);
  });

  it("credits the sender with the fees", async () => {
    const bench = await fixture();
    await bench.settle(2);
    expect(await bench.engine.feesOf!(await bench.deployer.getAddress())).to.equal(2n * FEE_WEI);
  });

  describe("when a single signal of the proof differs", () => {
    const names = [
      "oldStateRoot",
      "newStateRoot",
      "oracleRoot",
      "domain",
      "dataCommitment",
      "challenge",
      "evaluation",
      "outcomeWord",
      "box",
      "totalsWord",
      "lossWord",
    ];
    for (const [index, name] of names.entries()) {
      it(`rejects another ${name}`, async () => {
        const bench = await fixture();
        const call = bench.settle(2, {
          signals: (signals) => signals.map((signal, i) => (i === index ? signal + 1n : signal)),
        });
        await expect(call)
          .to.be.revertedWithCustomError(bench.guard, "ProofRejected")
          .withArgs(GENESIS_ROOT, GENESIS_ROOT + 2n);
        expect(await bench.guard.settled!()).to.equal(0n);
      });
    }
  });

  it("judges operations at the round in which they were logged, however many rounds later", async () => {
    const bench = await fixture();
    for (const mark of [1001n, 1002n, 1003n]) await bench.submitRound({ markets: [{ ...CALM, mark }, CALM] });
    await expect(bench.settle(2, { oracleRoot: GENESIS_ORACLE_ROOT + 3n })).to.be.revertedWithCustomError(
      bench.guard,
      "ProofRejected",
    );
    await bench.settle(2, { oracleRoot: GENESIS_ORACLE_ROOT });
  });

  it("refuses operations of two rounds in one batch", async () => {
    const bench = await fixture();
    await bench.settle(1);
    await bench.submitRound();
    await bench.deposit(bench.alice, 1n);
    await expect(bench.settle(2)).to.be.revertedWithCustomError(bench.guard, "MixedRounds").withArgs(2n, 1n, 0n);
    await bench.settle(1);
    await bench.settle(1);
  });

  it("refuses a replay, and a re-randomised proof, by name", async () => {
    const bench = await fixture();
    const call = await bench.batchArguments(1);
    await bench.guard.settleBatch!(...call);
    await expect(bench.guard.settleBatch!(...call))
      .to.be.revertedWithCustomError(bench.guard, "BatchAlreadyProven")
      .withArgs(0n, 1n);
    const [update, operations, proof] = call as [unknown, unknown, encode.Proof];
    const again = { ...proof, c: [8n, 8n] };
    await expect(bench.guard.settleBatch!(update, operations, again)).to.be.revertedWithCustomError(
      bench.guard,
      "BatchAlreadyProven",
    );
    expect(await bench.guard.settled!()).to.equal(1n);
  });

  it("refuses a gap", async () => {
    const bench = await fixture();
    await expect(bench.settle(1, { update: { firstOperation: 1n } }))
      .to.be.revertedWithCustomError(bench.guard, "BatchNotNext")
      .withArgs(1n, 0n);
  });

  it("refuses no operations, and more than the circuit has places", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1n);
    await expect(bench.settle(0))
      .to.be.revertedWithCustomError(bench.guard, "WrongLength")
      .withArgs("operations", 0n, 2n);
    await expect(bench.settle(3))
      .to.be.revertedWithCustomError(bench.guard, "WrongLength")
      .withArgs("operations", 3n, 2n);
  });

  it("refuses words that are not the log's, each of them", async () => {
    const bench = await fixture();
    const [words = []] = await bench.logged(0, 1);
    const logHead = encode.chainHead(ZERO_HEAD, words);
    for (const k of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const forged = words.with(k, words[k]! + 2n ** 45n);
      await expect(bench.settle(1, { operations: [forged] }))
        .to.be.revertedWithCustomError(bench.guard, "NotInLog")
        .withArgs(0n, 1n, encode.chainHead(ZERO_HEAD, forged), logHead);
    }
  });

  it("refuses the log's operations in another order", async () => {
    const bench = await fixture();
    const operations = [...(await bench.logged(0, 2))].reverse();
    await expect(bench.settle(2, { operations })).to.be.revertedWithCustomError(bench.guard, "NotInLog");
  });

  it("refuses operations that are not logged yet", async () => {
    const bench = await fixture();
    await bench.settle(2);
    const operations = await bench.logged(0, 1);
    await expect(bench.settle(1, { operations }))
      .to.be.revertedWithCustomError(bench.engine, "NoSuchEntry")
      .withArgs(2n, 2n);
  });

  it("refuses operations of a round that was never proven", async () => {
    const bench = await fixture();
    const [words = []] = await bench.logged(0, 1);
    const operations = [words.with(2, words[2]! + 9n)];
    await expect(bench.settle(1, { operations }))
      .to.be.revertedWithCustomError(bench.guard, "UnknownRound")
      .withArgs(9n);
  });

  for (const name of ["newStateRoot", "outcomeWord", "box", "totalsWord", "lossWord", "dataCommitment"]) {
    it(`names ${name} when it is not below the field's order`, async () => {
      const bench = await fixture();
      await expect(bench.settle(2, { update: { [name]: FIELD_ORDER } }))
        .to.be.revertedWithCustomError(bench.guard, "NotInField")
        .withArgs(name, FIELD_ORDER);
    });
  }

  describe("when the log holds words that the circuit cannot read", () => {
    const valid = [2n ** 192n - 1n, 2n ** 130n - 1n, (2n ** 200n - 1n) << 40n, 1n, 2n, 3n, 4n, 5n, FIELD_ORDER - 1n];
    const cases: readonly (readonly [string, number, bigint])[] = [
      ["w0 of 193 bits", 0, 2n ** 192n],
      ["w1 of 131 bits", 1, 2n ** 130n],
      ["w2 of 242 bits", 2, 2n ** 241n],
      ["w3 at the order", 3, FIELD_ORDER],
      ["w8 at the greatest uint256", 8, 2n ** 256n - 1n],
    ];
    it("reads the greatest values as they are", async () => {
      const { bench, hostile } = await deployHostileEngine();
      await hostile.log!([...valid]);
      await bench.settle(1);
    });
    for (const [title, k, value] of cases) {
      it(`counts ${title} as nine zeros, in the words though not in the chain`, async () => {
        const { bench, hostile } = await deployHostileEngine();
        await hostile.log!(valid.with(k, value));
        await bench.settle(1, { valid: [true] });
        expect(await bench.guard.claimCount!()).to.equal(0n);
      });
    }
    it("makes no claim of an unreadable deposit", async () => {
      const { bench, hostile } = await deployHostileEngine();
      await hostile.log!([1n, 5n * 2n ** 67n, 0n, 1n, 2n, 3n, 4n, 5n, FIELD_ORDER]);
      await bench.settle(1, { valid: [false] });
      expect(await bench.guard.claimCount!()).to.equal(0n);
    });
  });

  it("settles while halted: proofs are the way back", async () => {
    const bench = await fixture();
    await networkHelpers.time.increase(LIMITS.proofDeadlineSec + 10);
    expect(await bench.guard.status!(0n)).to.equal(3n);
    await bench.submitRound();
    await bench.settle(2, { liabilities: 3000n });
    expect(await bench.guard.status!(0n)).to.equal(0n);
  });

  it("binds proofs to the chain and to the guard", async () => {
    const bench = await fixture();
    const coder = ethers.AbiCoder.defaultAbiCoder();
    const digest = ethers.keccak256(coder.encode(["uint256", "address"], [31337n, bench.at.guard]));
    expect(await bench.guard.domain!()).to.equal(BigInt(digest) >> 8n);
    const other = await deployBench();
    expect(await other.guard.domain!()).to.not.equal(await bench.guard.domain!());
    expect(await now()).to.be.greaterThan(0n);
  });
});
