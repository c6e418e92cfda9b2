/** What must be left for the engine's hook is required before it is called. Limits here are found, not measured. */
import { expect } from "chai";
import { defaultBench, FEE_WEI } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

/** MockVerifierComparesSignals.SLOW: it leaves so little that the hook's allowance decides. */
const SLOW = 5n;
/** BatchGate.HOOK_GAS, the 63rd part that a call keeps back, and ProofCheck.RESERVE_GAS. */
const NEEDED = 100_000n + 100_000n / 63n + 30_000n;

describe("a settlement that leaves too little for the engine's hook", () => {
  it("is refused by name, with what was left and what is needed; with a little more it credits the prover", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    await bench.deposit(bench.alice, 1000n);
    const call = await bench.batchArguments(1, { behaviour: SLOW });
    const settle = bench.guard.getFunction("settleBatch");
    const least = await settle.estimateGas(...call);
    const isBelow = (left: bigint) => left < NEEDED && left > NEEDED - 10_000n;
    await expect(settle(...call, { gasLimit: least - 5_000n }))
      .to.be.revertedWithCustomError(bench.guard, "NotEnoughGas")
      .withArgs(isBelow, NEEDED);
    await settle(...call, { gasLimit: least });
    expect(await bench.engine.feesOf!(await bench.deployer.getAddress())).to.equal(FEE_WEI);
  });
});
