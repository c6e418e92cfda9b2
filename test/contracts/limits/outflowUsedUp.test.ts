/** A level that has reached the limit to the unit leaves no room, and says to the second when there is some. */
import { expect } from "chai";
import type { Contract } from "ethers";
import { deployBench, FEE_WEI, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { FAR, SIGNATURE } from "../../helpers/contracts/posted.ts";

const WINDOW = BigInt(LIMITS.outflowWindowSec);

/** Two claims of the limit each, payable; the vault owes as much besides. The outflow's floor is the limit of one that owes so little. */
async function withClaims(limit: bigint) {
  const bench = await deployBench({ limits: { ...LIMITS, outflowFloor: limit } });
  await bench.deposit(bench.alice, 3n * limit);
  const engine = bench.engine.connect(bench.alice) as Contract;
  for (const nonce of [1n, 2n]) await engine.withdraw!(1n, limit, nonce, FAR, SIGNATURE, { value: FEE_WEI });
  await bench.settle(2);
  await bench.settle(1);
  await networkHelpers.time.increase(LIMITS.claimDelaySec);
  return bench;
}

describe("an outflow that is used up to the unit", () => {
  for (const [limit, wait] of [
    [1000n, 4n], // one unit is forgotten in 3.6 s
    [1200n, 3n], // in 3 s to the second
    [WINDOW - 1n, 2n], // in little more than a second
    [WINDOW, 1n], // in a second
  ] as const) {
    it(`of ${limit} in ${WINDOW} s pays the first unit again after ${wait} s`, async () => {
      const { guard, alice } = await withClaims(limit);
      await guard.payClaim!(0n);
      const paidAt = await now();
      await networkHelpers.time.setNextBlockTimestamp(paidAt + wait);
      await expect(guard.payClaim!(1n))
        .to.emit(guard, "ClaimPaid")
        .withArgs(1n, await alice.getAddress(), 1n);
    });
  }

  for (const [limit, wait] of [
    [1000n, 4n],
    [1200n, 3n],
    [WINDOW - 1n, 2n],
  ] as const) {
    it(`of ${limit} in ${WINDOW} s says so a second later`, async () => {
      const { guard } = await withClaims(limit);
      await guard.payClaim!(0n);
      const askedAt = (await now()) + 1n; // nothing is forgotten yet
      await networkHelpers.time.setNextBlockTimestamp(askedAt);
      await expect(guard.payClaim!(1n))
        .to.be.revertedWithCustomError(guard, "OutflowExhausted")
        .withArgs(askedAt + wait);
    });
  }
});
