import { expect } from "chai";
import { Contract } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, defaultBench, FEE_WEI, LIMITS, now } from "../helpers/contracts/bench.ts";
import { checkpointsOf, headOf } from "../helpers/contracts/checkpoints.ts";
import { boxOf, lossOf } from "../helpers/contracts/encode.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const fixture = () => networkHelpers.loadFixture(defaultBench);

async function withdraw(bench: Bench, amount: bigint) {
  const engine = new Contract(bench.at.engine, ENGINE_ABI, bench.alice);
  const signature = { r8x: 1n, r8y: 2n, s: 3n };
  return engine.withdraw!(1n, amount, 1n, (await now()) + 9999n, signature, { value: FEE_WEI });
}

describe("the chain of checkpoints", () => {
  it("begins with genesis", async () => {
    const bench = await fixture();
    const checkpoints = await checkpointsOf(bench);
    expect(checkpoints).to.have.length(1);
    expect(await bench.guard.checkpointHead!()).to.equal(headOf(checkpoints));
  });

  it("grows by one with each batch, and events alone rebuild it: words, claims, payments, arrivals, times", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1000n);
    await bench.deposit(bench.bob, 2000n);
    const box = boxOf([{ long: 5n }, { short: -5n }]);
    const lossWord = lossOf([
      { long: 1n, short: 0n },
      { long: 0n, short: -3n },
    ]);
    await bench.settle(2, { liabilities: 1000n, valid: [true, false], box, lossWord, deficit: 7n });
    await withdraw(bench, 300n);
    await bench.settle(1, { liabilities: 700n });
    await networkHelpers.time.increase(LIMITS.claimDelaySec);
    await bench.submitRound();
    await bench.guard.payClaim!(0n);
    await bench.deposit(bench.alice, 5n);
    await bench.settle(1, { liabilities: 705n });

    const checkpoints = await checkpointsOf(bench);
    expect(checkpoints.map(({ settled }) => settled)).to.deep.equal([0n, 2n, 3n, 4n]);
    expect(checkpoints.map(({ claimCount }) => claimCount)).to.deep.equal([0n, 1n, 2n, 2n]);
    expect(checkpoints.map(({ unpaidClaims }) => unpaidClaims)).to.deep.equal([0n, 2000n, 2300n, 300n]);
    expect(checkpoints.map(({ paidTotal }) => paidTotal)).to.deep.equal([0n, 0n, 0n, 2000n]);
    expect(checkpoints.map(({ arrived }) => arrived)).to.deep.equal([0n, 3000n, 3000n, 3005n]);
    expect(await bench.guard.checkpointHead!()).to.equal(headOf(checkpoints));
  });
});
