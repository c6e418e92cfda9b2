/** A log keeps as many entries as its ring has places, before and after a fork; and the head at a fork however old it is. */
import { expect } from "chai";
import { deployForkedLog, headsOver, recertify } from "../../helpers/contracts/forkedLog.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const RING = 256n;
/** More than the ring has places. */
const LOGGED = RING + 4n;

async function withFullRing() {
  const at = await deployForkedLog();
  await at.log.logMany!(recertify(1n), LOGGED / 2n);
  await at.settleTo(LOGGED / 2n);
  await at.log.logMany!(recertify(2n), LOGGED / 2n);
  const forkTo = async (from: bigint, head: string) => {
    await at.settleTo(from);
    await at.asGuard.forkTo!(from, head, 0n, from, await at.by.getAddress());
  };
  return { ...at, forkTo, heads: headsOver(await at.logged()) };
}
const fixture = () => networkHelpers.loadFixture(withFullRing);

describe("the heads of a log", () => {
  it("are kept for as many operations as the ring has places, and for none before", async () => {
    const { log, heads } = await fixture();
    expect((await log.entryOf!(LOGGED - RING))[0]).to.equal(heads[Number(LOGGED - RING) + 1]);
    await expect(log.entryOf!(LOGGED - RING - 1n))
      .to.be.revertedWithCustomError(log, "NoSuchEntry")
      .withArgs(LOGGED - RING - 1n, LOGGED);
  });

  it("are known at the first fork, also where the ring has lost that operation", async () => {
    const { log, forkTo, heads, logged } = await fixture();
    await forkTo(2n, heads[2]!);
    expect(await log.headsOf!(2n, 0n)).to.deep.equal([heads[2], heads[2], 0n]);
    await expect(log.entryOf!(1n)).to.be.revertedWithCustomError(log, "NoSuchEntry").withArgs(1n, 2n);
    await log.log!(recertify(3n));
    expect((await log.entryOf!(2n))[0]).to.equal(headsOver(await logged())[3]);
  });

  it("stay after a fork of a young log, from the very first", async () => {
    const { log, asGuard, by, settleTo, logged } = await networkHelpers.loadFixture(deployForkedLog);
    await log.logMany!(recertify(1n), 4n);
    const heads = headsOver(await logged());
    await settleTo(3n);
    await asGuard.forkTo!(3n, heads[3], 0n, 3n, await by.getAddress());
    for (const index of [0, 1, 2]) expect((await log.entryOf!(index))[0], `${index}`).to.equal(heads[index + 1]);
  });
});
