import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { defaultBench, LIMITS } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

describe("a batch's padding", () => {
  it("convicts nobody, whatever the outcome says of its slots", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    for (let i = 0; i <= LIMITS.senderLimit; i++) {
      await bench.deposit(bench.alice, 100n);
      await bench.settle(1, { unauthorised: 1n, unauthorisedSlots: [1] });
    }
    expect(await bench.guard.isRefused!(ZeroAddress)).to.equal(false);
    expect(await bench.guard.isRefused!(await bench.alice.getAddress())).to.equal(false);
  });
});
