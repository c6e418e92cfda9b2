/** A log is full of unproven operations; those that are proven take no room. */
import { expect } from "chai";
import { deployForkedLog, recertify } from "../../helpers/contracts/forkedLog.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const MOST = 192n;
const PROVEN = 100n;

describe("a log of which a part is proven", () => {
  it("takes operations until the greatest number of them is unproven, and not one more", async () => {
    const { log, settleTo } = await networkHelpers.loadFixture(deployForkedLog);
    await log.logMany!(recertify(1n), PROVEN);
    await settleTo(PROVEN);
    await log.logMany!(recertify(2n), MOST - 1n);
    await log.log!(recertify(3n));
    expect(await log.operationCount!()).to.equal(PROVEN + MOST);
    await expect(log.log!(recertify(4n)))
      .to.be.revertedWithCustomError(log, "LogFull")
      .withArgs(MOST, MOST);
  });
});
