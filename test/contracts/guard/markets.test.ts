/** The last market's times are kept as exactly as the first one's, and each cause's apart from the other's. */
import { expect } from "chai";
import { type Bench, deployBench, LIMITS, now } from "../../helpers/contracts/bench.ts";
import * as encode from "../../helpers/contracts/encode.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const CAUSE = { breach: 1n, bankrupt: 2n };
const BREACHED = encode.boxOf([{}, { long: 995n }]);
const BANKRUPT = encode.boxOf([{}, { short: 999n }]);
const CURE = BigInt(LIMITS.cureSec);
const CALM_SEC = BigInt(LIMITS.calmSec);

async function withDeposit() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withDeposit);

/** A batch of one recertification that leaves this box, `time` seconds unix. */
async function settleAt(bench: Bench, time: bigint, box = 0n) {
  await bench.engine.recertify!(1n, 1n, { value: 1000n });
  const call = await bench.batchArguments(1, { box });
  await networkHelpers.time.setNextBlockTimestamp(time);
  return bench.guard.settleBatch!(...call);
}

const timesOf = async ({ guard }: Bench) => ({
  since: [...(await guard.breachSince!(1n))],
  held: [...(await guard.heldUntil!(1n))],
});

describe("a restriction of the last market", () => {
  it("is held for calmSec after it ended, for each cause, and in no other market", async () => {
    const bench = await fixture();
    const breachedAt = (await now()) + 10n;
    await settleAt(bench, breachedAt, BREACHED);
    const bankruptAt = breachedAt + 20n;
    await settleAt(bench, bankruptAt, BANKRUPT);
    expect(await timesOf(bench)).to.deep.equal({ since: [breachedAt, bankruptAt], held: [0n, 0n] });
    const cured = bankruptAt + CURE + 1n;
    await settleAt(bench, cured, BREACHED);
    expect(await timesOf(bench)).to.deep.equal({ since: [breachedAt, 0n], held: [0n, cured + CALM_SEC] });
    await settleAt(bench, cured + 10n);
    const held = [cured + 10n + CALM_SEC, cured + CALM_SEC];
    expect(await timesOf(bench)).to.deep.equal({ since: [0n, 0n], held });
    expect(await bench.guard.heldUntil!(0n)).to.deep.equal([0n, 0n]);
  });

  it("that ends later is held by its own end alone", async () => {
    const bench = await fixture();
    const start = (await now()) + 10n;
    const ends: bigint[] = [];
    for (const parity of [1n, 0n]) {
      const since = start + 200n * (1n - parity);
      await settleAt(bench, since, BANKRUPT);
      const end = since + CURE + 10n;
      ends.push(end % 2n === parity ? end : end + 1n); // one odd, one even: neither's bits hold the other's
      await settleAt(bench, ends.at(-1)!);
    }
    const until = ends[1]! + CALM_SEC;
    expect((await timesOf(bench)).held).to.deep.equal([until, until]);
  });

  it("counts from its beginning, however many batches confirm it", async () => {
    const bench = await fixture();
    const since = (await now()) + 10n;
    await settleAt(bench, since, BANKRUPT);
    await settleAt(bench, since + 30n, BANKRUPT);
    expect(await timesOf(bench)).to.deep.equal({ since: [since, since], held: [0n, 0n] });
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });

  it("is written down under its own cause alone, and nothing is when it goes on", async () => {
    const bench = await fixture();
    const { guard } = bench;
    const since = (await now()) + 10n;
    await expect(settleAt(bench, since, BREACHED))
      .to.emit(guard, "IncidentDetected")
      .withArgs(CAUSE.breach, 1n, since, 1000n);
    expect(await guard.incident!(CAUSE.bankrupt, 1n, since)).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
    await expect(settleAt(bench, since + 10n, BREACHED)).to.not.emit(guard, "IncidentDetected");

    const bankruptAt = since + 20n;
    await settleAt(bench, bankruptAt, BANKRUPT);
    expect(await guard.incident!(CAUSE.breach, 1n, bankruptAt)).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
    const end = bankruptAt + CURE; // cured in time
    await expect(settleAt(bench, end, BREACHED))
      .to.emit(guard, "IncidentRecovered")
      .withArgs(CAUSE.bankrupt, 1n, bankruptAt, 0n, end);
    expect((await guard.incident!(CAUSE.breach, 1n, since)).recoveredAt).to.equal(0n);
  });
});

describe("the times of a market that does not exist", () => {
  it("are refused, not zero", async () => {
    const { guard } = await fixture();
    for (const view of ["breachSince", "heldUntil"])
      await expect(guard[view]!(2n)).to.be.revertedWithCustomError(guard, "UnknownMarket").withArgs(2n, 2n);
  });
});
