import { expect } from "chai";
import { Contract } from "ethers";
import { GUARD_ABI } from "../../verifier/chain/abi.ts";
import { CALM, defaultBench, GENESIS_ORACLE_ROOT, LIMITS, now, PROFILE } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import { FIELD_ORDER } from "../helpers/fieldOrder.ts";

const fixture = () => networkHelpers.loadFixture(defaultBench);
const WORDS = new Array<bigint>(16).fill(9n);
/** Sends at an exact time, so that errors which carry the block's time can be compared. */
async function atNextSecond(): Promise<bigint> {
  const time = (await now()) + 5n;
  await networkHelpers.time.setNextBlockTimestamp(time);
  return time;
}

describe("Homeostat.submitRound", () => {
  it("makes the round the current one", async () => {
    const bench = await fixture();
    const timestamp = await now();
    const markets = [
      { ...CALM, mark: 1234n },
      { ...CALM, median: 999n },
    ];
    await expect(bench.submitRound({ timestamp, markets }))
      .to.emit(bench.guard, "RoundProven")
      .withArgs(1n, timestamp, GENESIS_ORACLE_ROOT + 1n);
    expect(await bench.guard.round!()).to.equal(1n);
    expect(await bench.guard.roundTimestamp!()).to.equal(timestamp);
    expect(await bench.guard.oracleRoot!()).to.equal(GENESIS_ORACLE_ROOT + 1n);
    expect(await bench.guard.oracleRootOf!(0n)).to.equal(GENESIS_ORACLE_ROOT);
    expect(await bench.guard.oracleRootOf!(2n)).to.equal(0n);
    for (const [m, prices] of markets.entries())
      expect(await bench.guard.priceWord!(m)).to.equal(encode.priceWord(prices));
  });

  it("is open to anyone", async () => {
    const bench = await fixture();
    const call = await bench.roundArguments();
    const stranger = (await ethers.getSigners())[9]!;
    await new Contract(bench.at.guard, GUARD_ABI, stranger).submitRound!(...call);
    expect(await bench.guard.round!()).to.equal(1n);
  });

  it("gives the next round the liabilities of the moment at which it was accepted", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 5000n);
    await bench.settle(1, { liabilities: 5000n });
    expect(await bench.guard.nextRoundTvl!()).to.equal(0n);
    await bench.submitRound();
    expect(await bench.guard.nextRoundTvl!()).to.equal(5000n);
    await bench.deposit(bench.alice, 1n);
    await bench.settle(1, { liabilities: 5001n });
    await bench.submitRound(); // its signals hold 5000
    expect(await bench.guard.nextRoundTvl!()).to.equal(5001n);
  });

  describe("when a single signal of the proof differs", () => {
    const names = [
      "oldOracleRoot",
      "newOracleRoot",
      "reporterSetRoot",
      "domain",
      "roundWord",
      "dataCommitment",
      "challenge",
      "evaluation",
      "priceWord 0",
      "priceWord 1",
    ];
    for (const [index, name] of names.entries()) {
      it(`rejects another ${name}`, async () => {
        const bench = await fixture();
        const call = bench.submitRound({
          signals: (signals) => signals.map((signal, i) => (i === index ? signal + 1n : signal)),
        });
        await expect(call)
          .to.be.revertedWithCustomError(bench.guard, "ProofRejected")
          .withArgs(GENESIS_ORACLE_ROOT, GENESIS_ORACLE_ROOT + 1n);
        expect(await bench.guard.round!()).to.equal(0n);
      });
    }
    it("rejects two signals in each other's place", async () => {
      const bench = await fixture();
      const call = bench.submitRound({ signals: ([a = 0n, b = 0n, ...rest]) => [b, a, ...rest] });
      await expect(call).to.be.revertedWithCustomError(bench.guard, "ProofRejected");
    });
  });

  describe("when the verifier misbehaves", () => {
    for (const [title, behaviour] of [
      ["burns all its gas", 1n],
      ["answers nothing", 2n],
      ["answers 2", 3n],
    ] as const) {
      it(`rejects the proof, and costs little, if it ${title}`, async () => {
        const bench = await fixture();
        const call = await bench.roundArguments({ behaviour });
        await expect(bench.guard.submitRound!(...call)).to.be.revertedWithCustomError(bench.guard, "ProofRejected");
        const sent = await bench.guard.submitRound!(...call, { gasLimit: 3_000_000n }).catch(() => undefined);
        expect(sent).to.equal(undefined);
        const block = await ethers.provider.getBlock("latest");
        expect(Number(block!.gasUsed)).to.be.at.most(400_000);
      });
    }
    it("rejects a good proof without code at the verifier's address", async () => {
      const bench = await fixture();
      const call = await bench.roundArguments();
      await networkHelpers.setCode(bench.at.roundVerifier, "0x");
      await expect(bench.guard.submitRound!(...call)).to.be.revertedWithCustomError(bench.guard, "ProofRejected");
    });
  });

  it("refuses a replay, and a proof re-randomised or not for a round that was proven, by name", async () => {
    const bench = await fixture();
    const call = await bench.roundArguments();
    await bench.guard.submitRound!(...call);
    await expect(bench.guard.submitRound!(...call))
      .to.be.revertedWithCustomError(bench.guard, "RoundAlreadyProven")
      .withArgs(1n, 1n);
    const [update, words, priceWords, proof] = call as [unknown, unknown, unknown, encode.Proof];
    const again = {
      ...proof,
      b: [
        [7n, 7n],
        [7n, 7n],
      ],
    };
    await expect(bench.guard.submitRound!(update, words, priceWords, again)).to.be.revertedWithCustomError(
      bench.guard,
      "RoundAlreadyProven",
    );
    expect(await bench.guard.round!()).to.equal(1n);
  });

  it("refuses a gap", async () => {
    const bench = await fixture();
    await expect(bench.submitRound({ update: { round: 2n } }))
      .to.be.revertedWithCustomError(bench.guard, "RoundNotNext")
      .withArgs(2n, 0n);
  });

  it("refuses a time that does not lie after the last one", async () => {
    const bench = await fixture();
    const last: bigint = await bench.guard.roundTimestamp!();
    await expect(bench.submitRound({ timestamp: last }))
      .to.be.revertedWithCustomError(bench.guard, "RoundNotNewer")
      .withArgs(last, last);
    await bench.submitRound({ timestamp: last + 1n });
  });

  it("takes a time up to the tolerance ahead, and no further", async () => {
    const bench = await fixture();
    const tolerance = BigInt(LIMITS.futureToleranceSec);
    const time = await atNextSecond();
    await expect(bench.submitRound({ timestamp: time + tolerance + 1n }))
      .to.be.revertedWithCustomError(bench.guard, "RoundFromFuture")
      .withArgs(time + tolerance + 1n, time);
    const next = await atNextSecond();
    await bench.submitRound({ timestamp: next + tolerance });
  });

  it("takes a median report up to its greatest age, and no older", async () => {
    const bench = await fixture();
    await networkHelpers.time.increase(500);
    const age = BigInt(LIMITS.maxReportAgeSec);
    const time = await atNextSecond();
    await expect(bench.submitRound({ timestamp: time - age - 1n }))
      .to.be.revertedWithCustomError(bench.guard, "RoundTooOld")
      .withArgs(time - age - 1n, time);
    const next = await atNextSecond();
    await bench.submitRound({ timestamp: next - age });
  });

  it("refuses lists of another profile", async () => {
    const bench = await fixture();
    for (const [words, given] of [
      [WORDS.slice(1), 15n],
      [[...WORDS, 1n], 17n],
    ] as const) {
      await expect(bench.submitRound({ words }))
        .to.be.revertedWithCustomError(bench.guard, "WrongLength")
        .withArgs("words", given, 4 * PROFILE.reporters);
    }
    await expect(bench.submitRound({ priceWords: [1n] }))
      .to.be.revertedWithCustomError(bench.guard, "WrongLength")
      .withArgs("priceWords", 1n, 2n);
  });

  describe("when a value is not below the field's order", () => {
    const bad = FIELD_ORDER;
    const cases = {
      newOracleRoot: { update: { newOracleRoot: bad } },
      dataCommitment: { update: { dataCommitment: bad } },
      words: { words: WORDS.with(15, bad) },
      priceWords: { priceWords: [1n, bad] },
    };
    for (const [name, changes] of Object.entries(cases)) {
      it(`names ${name}`, async () => {
        const bench = await fixture();
        await expect(bench.submitRound(changes))
          .to.be.revertedWithCustomError(bench.guard, "NotInField")
          .withArgs(name, bad);
      });
    }
    it("takes the greatest value below it", async () => {
      const bench = await fixture();
      await bench.submitRound({
        words: WORDS.with(15, bad - 1n),
        update: { dataCommitment: bad - 1n, newOracleRoot: bad - 1n },
      });
    });
  });
});
