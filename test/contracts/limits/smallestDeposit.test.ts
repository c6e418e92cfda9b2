/** The least that can arrive, one unit, is a deposit like any other: it is abandoned, and posted again. */
import { expect } from "chai";
import { deployForkedLog, depositOf, headsOver, ZERO_HEAD } from "../../helpers/contracts/forkedLog.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

describe("a deposit of one unit", () => {
  it("is abandoned by a fork before it, and posted again", async () => {
    const { log, asGuard, by, logged } = await networkHelpers.loadFixture(deployForkedLog);
    await log.logDeposit!(depositOf(1n), 1n);
    const operations = await logged();
    const [, head] = headsOver(operations);
    await asGuard.forkTo!(0n, ZERO_HEAD, 0n, 0n, await by.getAddress());
    expect(await log.isAbandoned!(0n, head)).to.equal(true);
    await expect(log.repost!(0n, ZERO_HEAD, operations[0]))
      .to.emit(log, "Reposted")
      .withArgs(true);
    expect(await log.arrivals!()).to.deep.equal([1n, 0n]);
  });
});
