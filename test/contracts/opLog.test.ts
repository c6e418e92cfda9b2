import { expect } from "chai";
import { now } from "../helpers/contracts/bench.ts";
import { chainHead } from "../helpers/contracts/encode.ts";
import { deployHostileEngine } from "../helpers/contracts/hostile.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const ZERO_HEAD = `0x${"00".repeat(32)}`;
const fixture = () => networkHelpers.loadFixture(deployHostileEngine);
const recertify = (account: bigint) => [6n + account * 256n, 0n, 2n ** 256n - 1n, 0n, 0n, 0n, 0n, 0n, 0n];

describe("OpLog", () => {
  it("chains the words, its own third word among them, and keeps head, time and block of each", async () => {
    const { bench, hostile } = await fixture();
    let head = ZERO_HEAD;
    for (const [index, account] of [0n, 1n, 2n].entries()) {
      await hostile.log!(recertify(account));
      const [words = []] = await bench.logged(index, 1);
      expect(words[2]).to.be.lessThan(2n ** 240n);
      const before = head;
      head = chainHead(before, words);
      expect(await hostile.entryOf!(index)).to.deep.equal([
        head,
        await now(),
        BigInt(await networkHelpers.time.latestBlock()),
      ]);
      expect(await hostile.headsOf!(index, 1n)).to.deep.equal([before, head, 0n]);
    }
    expect(await hostile.headsOf!(0n, 3n)).to.deep.equal([ZERO_HEAD, head, 0n]);
    expect(await hostile.headsOf!(0n, 0n)).to.deep.equal([ZERO_HEAD, ZERO_HEAD, 0n]);
    expect(await hostile.operationCount!()).to.equal(3n);
  });

  it("refuses reads beyond its end", async () => {
    const { hostile } = await fixture();
    await hostile.log!(recertify(0n));
    await expect(hostile.entryOf!(1n)).to.be.revertedWithCustomError(hostile, "NoSuchEntry").withArgs(1n, 1n);
    await expect(hostile.headsOf!(0n, 2n)).to.be.revertedWithCustomError(hostile, "NoSuchEntry").withArgs(1n, 1n);
  });

  it("refuses operations beyond the greatest number of unproven ones, until some are settled; the ring turns without harm", async function () {
    this.timeout(120_000);
    const { bench, hostile } = await fixture();
    const most = Number(await hostile.MAX_PENDING!());
    const ring = Number(await hostile.RING!());
    expect(most).to.be.lessThan(ring);
    for (let i = 0; i < most; i++) await hostile.log!(recertify(BigInt(i)));
    await expect(hostile.log!(recertify(0n)))
      .to.be.revertedWithCustomError(hostile, "LogFull")
      .withArgs(most, most);
    const settleTo = async (wanted: number) => {
      for (let done = Number(await bench.guard.settled!()); done < wanted; done += 2) await bench.settle(2);
    };
    await settleTo(100);
    for (let i = most; i < most + 100; i++) await hostile.log!(recertify(BigInt(i)));
    await expect(hostile.entryOf!(most + 100 - ring - 1))
      .to.be.revertedWithCustomError(hostile, "NoSuchEntry")
      .withArgs(most + 99 - ring, most + 100);
    await hostile.entryOf!(most + 100 - ring);
    await settleTo(most + 100); // across the ring's seam
    expect(await bench.guard.settled!()).to.equal(BigInt(most + 100));
  });
});
