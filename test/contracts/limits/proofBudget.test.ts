/** What a proof needs to be judged, to the unit: whoever sends less is told how much, and nothing is judged. */
import { expect } from "chai";
import { defaultBench, PROFILE } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const BASE = 200_000n;
const PER_SIGNAL = 7_500n;
const RESERVE = 30_000n;
/** What a contract that the guard asks for a number is given, and what remains. */
const PROBE = 100_000n;
const PROBE_RESERVE = 10_000n;

/** The verifier gets its budget, which is at most 63 of 64 parts of what is left, and the reserve remains. */
function neededFor(signals: bigint): bigint {
  const budget = BASE + PER_SIGNAL * signals;
  return budget + budget / 63n + RESERVE;
}

const withDeposit = async () => {
  const bench = await defaultBench();
  await bench.deposit(bench.alice, 100n);
  return bench;
};

describe("a proof that is sent with too little to judge it", () => {
  it("of a round is told what ten signals need", async () => {
    const { guard, roundArguments } = await networkHelpers.loadFixture(withDeposit);
    const needed = neededFor(8n + BigInt(PROFILE.markets));
    const call = guard.submitRound!.staticCall(...(await roundArguments()), { gasLimit: needed });
    await expect(call)
      .to.be.revertedWithCustomError(guard, "NotEnoughGas")
      .withArgs((left: bigint) => left < needed, needed);
  });

  it("of a batch is told what eleven signals need", async () => {
    const { guard, batchArguments } = await networkHelpers.loadFixture(withDeposit);
    const needed = neededFor(11n);
    const call = guard.settleBatch!.staticCall(...(await batchArguments(1)), { gasLimit: needed });
    await expect(call)
      .to.be.revertedWithCustomError(guard, "NotEnoughGas")
      .withArgs((left: bigint) => left < needed, needed);
  });
});

describe("a question about halts that is sent with too little to ask the engine", () => {
  it("is told what one probe needs, and never that the guard is halted", async () => {
    const { guard } = await networkHelpers.loadFixture(withDeposit);
    const needed = PROBE + PROBE / 63n + PROBE_RESERVE;
    await expect(guard.haltCauses!({ gasLimit: needed }))
      .to.be.revertedWithCustomError(guard, "NotEnoughGas")
      .withArgs((left: bigint) => left < needed, needed);
  });
});
