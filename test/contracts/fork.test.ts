import { expect } from "chai";
import { chainHead } from "../helpers/contracts/encode.ts";
import {
  deployForkedLog,
  depositOf,
  type ForkedLog,
  headsOver,
  recertify,
  ZERO_HEAD as ZERO,
} from "../helpers/contracts/forkedLog.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

const fixture = () => networkHelpers.loadFixture(deployForkedLog);

async function forkTo(at: ForkedLog, from: bigint, head: string, arrived = 0n, proven = from) {
  await at.settleTo(from);
  return at.asGuard.forkTo!(from, head, arrived, proven, await at.by.getAddress());
}

describe("OpLog.forkTo", () => {
  it("abandons what was logged after the place, says so, and continues the chain from there", async () => {
    const at = await fixture();
    for (const tag of [1n, 2n, 3n]) await at.log.log!(recertify(tag));
    const heads = headsOver(await at.logged());
    await expect(forkTo(at, 1n, heads[1]!))
      .to.emit(at.log, "LogForked")
      .withArgs(0n, 1n, 2n, heads[3]);
    expect(await at.log.operationCount!()).to.equal(1n);
    expect(await at.log.forkCount!()).to.equal(1n);
    expect(await at.log.headsOf!(1n, 0n)).to.deep.equal([heads[1], heads[1], 0n]);
    await expect(at.log.entryOf!(1n)).to.be.revertedWithCustomError(at.log, "NoSuchEntry").withArgs(1n, 1n);

    await at.log.log!(recertify(9n));
    const [, words = []] = await at.logged();
    expect(await at.log.headsOf!(1n, 1n)).to.deep.equal([heads[1], chainHead(heads[1]!, words), 0n]);
  });

  it("goes back to the very beginning", async () => {
    const at = await fixture();
    await at.log.log!(recertify(1n));
    await forkTo(at, 0n, ZERO);
    await at.log.log!(recertify(2n));
    const heads = headsOver(await at.logged());
    expect(await at.log.headsOf!(0n, 1n)).to.deep.equal([ZERO, heads[1], 0n]);
  });

  it("is for the guard only", async () => {
    const at = await fixture();
    const [stranger] = await ethers.getSigners();
    await expect(at.log.forkTo!(0n, ZERO, 0n, 0n, await at.by.getAddress()))
      .to.be.revertedWithCustomError(at.log, "NotGuard")
      .withArgs(await stranger!.getAddress());
  });

  it("closes the log for the rest of the second: no two operations can have the same head", async () => {
    const at = await fixture();
    await at.log.log!(recertify(1n));
    const heads = headsOver(await at.logged());
    const { provider } = ethers;
    const by = await at.by.getAddress();
    await provider.send("evm_setAutomine", [false]);
    const gas = { gasLimit: 500_000 };
    const fork = await at.asGuard.forkTo!(1n, heads[1], 0n, 1n, by, gas);
    const log = await at.log.log!(recertify(2n), gas);
    await networkHelpers.mine();
    await provider.send("evm_setAutomine", [true]);
    const [forked, logged] = await Promise.all(
      [fork, log].map(({ hash }) => provider.getTransactionReceipt(hash) as Promise<{ status: number; index: number }>),
    );
    expect([forked?.status, logged?.status]).to.deep.equal([1, forked!.index < logged!.index ? 0 : 1]);
    expect(forked!.index < logged!.index, "the fork came first").to.equal(true);
    await at.log.log!(recertify(2n));
  });

  it("keeps the entries that the abandoned branch left, and refuses those that it overwrote", async function () {
    this.timeout(120_000);
    const at = await fixture();
    for (let count = 0; count < 500; count += 100) {
      await at.settleTo(BigInt(count));
      await at.log.logMany!(recertify(BigInt(count)), 100n);
    }
    const operations = await at.logged();
    const heads = headsOver(operations);
    // 500 operations leave the entries from 244 on
    await forkTo(at, 300n, heads[300]!);
    expect((await at.log.entryOf!(244n))[0]).to.equal(heads[245]);
    await expect(at.log.entryOf!(243n)).to.be.revertedWithCustomError(at.log, "NoSuchEntry").withArgs(243n, 300n);
    expect(await at.log.headsOf!(299n, 1n)).to.deep.equal([heads[299], heads[300], 0n]);
    await at.log.logMany!(recertify(1n), 10n);
    expect((await at.log.entryOf!(309n))[0]).to.equal(headsOver(await at.logged())[310]);

    // behind everything that is left: the head before the next operation is known all the same
    await forkTo(at, 200n, heads[200]!);
    await expect(at.log.entryOf!(199n)).to.be.revertedWithCustomError(at.log, "NoSuchEntry").withArgs(199n, 200n);
    expect(await at.log.headsOf!(200n, 0n)).to.deep.equal([heads[200], heads[200], 0n]);
    await at.log.logMany!(recertify(2n), 3n);
    const after = headsOver(await at.logged());
    expect(await at.log.headsOf!(200n, 3n)).to.deep.equal([heads[200], after[203], 0n]);
    await expect(at.log.headsOf!(199n, 4n)).to.be.revertedWithCustomError(at.log, "NoSuchEntry").withArgs(198n, 203n);
  });
});

describe("an abandoned deposit", () => {
  /** A deposit of 5 in the log, one of 7 abandoned; head before the latter. */
  async function withAbandoned() {
    const at = await deployForkedLog();
    await at.log.logDeposit!(depositOf(5n), 5n);
    await at.log.logDeposit!(depositOf(7n), 7n);
    const operations = await at.logged();
    const heads = headsOver(operations);
    await forkTo(at, 1n, heads[1]!, 5n);
    return { ...at, heads, operations };
  }
  const abandoned = () => networkHelpers.loadFixture(withAbandoned);

  it("is counted as awaiting until it is posted again, with its tokens and in its new place", async () => {
    const at = await abandoned();
    expect(await at.log.arrivals!()).to.deep.equal([5n, 7n]);
    expect(await at.log.tokensArrived!(at.heads[2])).to.deep.equal([7n, 1n, 0n]);
    await expect(at.log.repost!(0n, at.heads[1], at.operations[1]))
      .to.emit(at.log, "Reposted")
      .withArgs(true);
    expect(await at.log.arrivals!()).to.deep.equal([12n, 0n]);
    const [, words = []] = await at.logged();
    expect(words.map((word, i) => (i === 2 ? 0n : word))).to.deep.equal(depositOf(7n));
    const head = chainHead(at.heads[1]!, words);
    expect(await at.log.headsOf!(1n, 1n)).to.deep.equal([at.heads[1], head, 12n]);
    expect(await at.log.tokensArrived!(head)).to.deep.equal([7n, 1n, 1n]);
    expect(await at.log.tokensArrived!(at.heads[2])).to.deep.equal([0n, 0n, 0n]);
  });

  it("is posted again once", async () => {
    const at = await abandoned();
    await at.log.repost!(0n, at.heads[1], at.operations[1]);
    await expect(at.log.repost!(0n, at.heads[1], at.operations[1]))
      .to.emit(at.log, "Reposted")
      .withArgs(false);
    expect(await at.log.operationCount!()).to.equal(2n);
  });

  it("is no receipt for other words, nor for another place", async () => {
    const at = await abandoned();
    const more = at.operations[1]!.map((word, i) => (i === 1 ? 8n * 2n ** 67n : word));
    await expect(at.log.repost!(0n, at.heads[1], more))
      .to.emit(at.log, "Reposted")
      .withArgs(false);
    await expect(at.log.repost!(0n, at.heads[2], at.operations[1]))
      .to.emit(at.log, "Reposted")
      .withArgs(false);
  });

  it("cannot be posted again while it is in the log", async () => {
    const at = await abandoned();
    await expect(at.log.repost!(0n, ZERO, at.operations[0]))
      .to.be.revertedWithCustomError(at.log, "NotAbandoned")
      .withArgs(0n, 0n, at.heads[1]);
    await at.log.repost!(0n, at.heads[1], at.operations[1]);
    const [, words = []] = await at.logged();
    for (const fork of [0n, 1n]) {
      // fork 0 cut at its index, but before it was logged; fork 1 does not exist
      await expect(at.log.repost!(fork, at.heads[1], words))
        .to.be.revertedWithCustomError(at.log, "NotAbandoned")
        .withArgs(fork, 1n, chainHead(at.heads[1]!, words));
    }
  });

  it("survives several forks, also unposted ones", async () => {
    const at = await abandoned();
    await at.log.logDeposit!(depositOf(11n), 11n);
    const heads = headsOver(await at.logged());
    const [first = [], second = []] = await at.logged();
    await forkTo(at, 0n, ZERO);
    expect(await at.log.arrivals!()).to.deep.equal([0n, 23n]);
    await at.log.repost!(1n, ZERO, first);
    await at.log.repost!(1n, heads[1], second);
    for (const fork of [0n, 1n]) await at.log.repost!.staticCall(fork, at.heads[1], at.operations[1]); // both abandoned it
    await at.log.repost!(0n, at.heads[1], at.operations[1]);
    expect(await at.log.arrivals!()).to.deep.equal([23n, 0n]);
  });

  it("without tokens has no receipt", async () => {
    const at = await fixture();
    await at.log.log!(depositOf(7n));
    const operations = await at.logged();
    await forkTo(at, 0n, ZERO);
    await expect(at.log.repost!(0n, ZERO, operations[0]))
      .to.emit(at.log, "Reposted")
      .withArgs(false);
    expect(await at.log.arrivals!()).to.deep.equal([0n, 0n]);
  });

  it("keeps its receipt when the log is full", async function () {
    this.timeout(60_000);
    const at = await abandoned();
    await at.log.logMany!(recertify(1n), 192n);
    await expect(at.log.repost!(0n, at.heads[1], at.operations[1]))
      .to.be.revertedWithCustomError(at.log, "LogFull")
      .withArgs(192n, 192n);
    expect(await at.log.tokensArrived!(at.heads[2])).to.deep.equal([7n, 1n, 0n]);
    await at.settleTo(2n);
    await expect(at.log.repost!(0n, at.heads[1], at.operations[1]))
      .to.emit(at.log, "Reposted")
      .withArgs(true);
  });
});
