import { expect } from "chai";
import type { Contract } from "ethers";
import { type Bench, deployBench, LIMITS, now } from "../../helpers/contracts/bench.ts";
import {
  type Action,
  ALL_MARKETS,
  ascending,
  consentsTo,
  HOUR_SEC,
  LIFT_DELAY_SEC,
  openTimelock,
} from "../../helpers/contracts/council.ts";
import { boxOf } from "../../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const [NORMAL, STRESSED, BROKEN, HALTED] = [0n, 1n, 2n, 3n];
const COUNCIL = 64n;
const DAY_SEC = 24n * HOUR_SEC;
const NEVER = 2n ** 40n;
const BANKRUPT = boxOf([{ short: 999n }, {}]);

async function withCouncil() {
  const members = ascending((await ethers.getSigners()).slice(5, 8));
  const newCouncil = {
    members: members.map(({ address }) => address),
    threshold: 2,
    liftDelaySec: Number(LIFT_DELAY_SEC),
  };
  const bench = await deployBench({ newCouncil });
  const council = (await ethers.getContractAt("SecurityCouncil", bench.at.council)) as unknown as Contract;
  const timelock = openTimelock(bench.at.timelock, bench.deployer);

  async function consents(action: Action, message: Record<string, unknown>) {
    const common = { guard: bench.at.guard, nonce: await council.nextNonce!(), deadline: NEVER };
    return consentsTo(bench.at.council, action, { ...common, ...message }, members.slice(0, 2));
  }
  return {
    bench,
    council,
    members,
    async tighten(market: bigint, level: bigint, durationSec: bigint, cause: bigint) {
      const signed = await consents("Tighten", { market, level, durationSec, cause });
      return council.tighten!(market, level, durationSec, cause, NEVER, signed);
    },
    /** Proposes to end the market's last restriction; the answer executes it. */
    async propose(market: bigint, id: bigint) {
      const salt = ethers.toBeHex(await council.nextNonce!(), 32);
      await council.proposeLift!(market, NEVER, await consents("ProposeLift", { market }));
      const [targets, values, payloads] = await council.liftCalls!(market, id);
      return () => timelock.executeBatch!([...targets], [...values], [...payloads], ethers.ZeroHash, salt);
    },
  };
}
const fixture = () => networkHelpers.loadFixture(withCouncil);

/** Time passes with a round at its end, so that nothing is late. */
async function pass({ submitRound }: Bench, seconds: bigint): Promise<void> {
  await networkHelpers.time.increase(seconds);
  await submitRound();
}
const statuses = async ({ guard }: Bench) => [await guard.status!(0n), await guard.status!(1n)];

describe("a security council over a real guard", () => {
  it("restricts one market at once, and the restriction ends by itself", async () => {
    const { bench, tighten } = await fixture();
    await tighten(0n, BROKEN, HOUR_SEC, 7n);
    const until = (await now()) + HOUR_SEC;
    expect(await statuses(bench)).to.deep.equal([BROKEN, NORMAL]);
    await pass(bench, HOUR_SEC - 10n);
    await networkHelpers.time.increaseTo(until - 1n);
    expect(await statuses(bench)).to.deep.equal([BROKEN, NORMAL]);
    await networkHelpers.time.increaseTo(until);
    expect(await statuses(bench)).to.deep.equal([NORMAL, NORMAL]);
  });

  it("halts everything by name of its own bit, which is no way to Exit", async () => {
    const { bench, tighten } = await fixture();
    await tighten(ALL_MARKETS, HALTED, HOUR_SEC, 7n);
    expect(await statuses(bench)).to.deep.equal([HALTED, HALTED]);
    expect(await bench.guard.haltCauses!()).to.equal(COUNCIL);
    await expect(bench.guard.noteHalt!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
  });

  it("cannot go on: not for a while, not for the same cause, not for more than a day", async () => {
    const { bench, tighten } = await fixture();
    const { guard } = bench;
    await expect(tighten(0n, BROKEN, DAY_SEC + 1n, 7n)).to.be.revertedWithCustomError(guard, "BadParameter");
    await tighten(0n, BROKEN, HOUR_SEC, 7n);
    const rested = (await now()) + 2n * HOUR_SEC;
    for (const market of [0n, ALL_MARKETS])
      await expect(tighten(market, HALTED, HOUR_SEC, 8n))
        .to.be.revertedWithCustomError(guard, "CouncilMustWait")
        .withArgs(0n, rested);
    await networkHelpers.time.increaseTo(rested);
    await expect(tighten(0n, BROKEN, HOUR_SEC, 7n))
      .to.be.revertedWithCustomError(guard, "CouncilRepeats")
      .withArgs(0n, 7n);
    await tighten(0n, BROKEN, HOUR_SEC, 8n);
  });

  it("loosens by the timelock alone, after its delay", async () => {
    const { bench, tighten, propose, members, council } = await fixture();
    await tighten(0n, BROKEN, DAY_SEC, 7n);
    const execute = await propose(0n, 1n);
    for (const caller of [bench.deployer, ...members])
      await expect((bench.guard.connect(caller) as Contract).lift!(0n))
        .to.be.revertedWithCustomError(bench.guard, "NotTimelock")
        .withArgs(await caller.getAddress());
    await pass(bench, LIFT_DELAY_SEC - 60n);
    expect(await statuses(bench)).to.deep.equal([BROKEN, NORMAL]);
    await expect(execute()).to.be.revert(ethers);
    await pass(bench, 120n);
    await execute();
    expect(await statuses(bench)).to.deep.equal([NORMAL, NORMAL]);
    expect(await council.nextNonce!()).to.equal(3n);
  });

  it("never brings the guard below what it derives: neither by tightening nor by a lift", async () => {
    const { bench, tighten, propose } = await fixture();
    await tighten(0n, STRESSED, DAY_SEC, 7n);
    const execute = await propose(0n, 1n);
    await pass(bench, LIFT_DELAY_SEC);
    await bench.deposit(bench.alice, 100n);
    await bench.settle(1, { box: BANKRUPT, liabilities: 100n });
    await networkHelpers.time.increase(LIMITS.cureSec + 1);
    expect(await statuses(bench)).to.deep.equal([BROKEN, NORMAL]);
    await execute();
    expect(await statuses(bench)).to.deep.equal([BROKEN, NORMAL]);
  });

  it("takes orders from nobody else", async () => {
    const { bench, members } = await fixture();
    for (const caller of [bench.deployer, ...members])
      await expect((bench.guard.connect(caller) as Contract).tighten!(0n, BROKEN, 1n, 7n))
        .to.be.revertedWithCustomError(bench.guard, "NotCouncil")
        .withArgs(await caller.getAddress());
  });
});
