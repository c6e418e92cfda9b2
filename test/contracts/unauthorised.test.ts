import { expect } from "chai";
import { Contract, type Signer } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { FAR, ORDER, PAID, SIGNATURE } from "../helpers/contracts/posted.ts";

const [NORMAL, HALTED] = [0n, 3n];
const UNAUTHORISED = 32n;
const PAUSE = BigInt(LIMITS.unauthorisedPauseSec);

async function withAccounts() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.deposit(bench.bob, 1000n);
  await bench.settle(2);
  return bench;
}
const fixture = async () => {
  const bench = await networkHelpers.loadFixture(withAccounts);
  await networkHelpers.mine();
  return bench;
};
const engineOf = (bench: Bench, signer: Signer) => new Contract(bench.at.engine, ENGINE_ABI, signer);
const forge = (bench: Bench, signer: Signer) =>
  engineOf(bench, signer).withdraw!(1n, 1n, 1n, FAR, SIGNATURE, PAID) as Promise<unknown>;

/** Settles one forged withdrawal of `signer` as unauthorised. @returns the time of the settlement */
async function convict(bench: Bench, signer: Signer): Promise<bigint> {
  await forge(bench, signer);
  await bench.settle(1, { valid: [false], unauthorisedSlots: [0] });
  return now();
}

describe("unauthorised operations", () => {
  it("change nothing up to the limit, and pause everything with the next, to the second", async () => {
    const bench = await fixture(); // limit 3
    const [alice] = [bench.alice];
    for (let i = 0; i < 3; i++) {
      await engineOf(bench, alice).recertify!(1n, 2n, PAID);
      await bench.settle(1, { unauthorised: 1n });
    }
    expect(await bench.guard.unauthorisedLevel!()).to.equal(3n);
    expect(await bench.guard.haltCauses!()).to.equal(0n);

    await engineOf(bench, alice).recertify!(1n, 2n, PAID);
    await bench.settle(1, { unauthorised: 1n });
    const until = (await now()) + PAUSE;
    expect((await bench.guard.alarms!()).pausedUntil).to.equal(until);
    expect(await bench.guard.haltCauses!()).to.equal(UNAUTHORISED);
    expect([await bench.guard.status!(0n), await bench.guard.globalStatus!()]).to.deep.equal([HALTED, HALTED]);
    await networkHelpers.time.increaseTo(until - 900n);
    await bench.submitRound(); // no other cause
    await networkHelpers.time.increaseTo(until - 1n);
    expect(await bench.guard.haltCauses!()).to.equal(UNAUTHORISED);
    await networkHelpers.time.increaseTo(until);
    expect([await bench.guard.status!(0n), await bench.guard.globalStatus!()]).to.deep.equal([NORMAL, NORMAL]);
  });

  it("begin to count anew with a pause: one more does not make it longer, four more do", async () => {
    const bench = await fixture();
    const settle = async (unauthorised: bigint) => {
      await engineOf(bench, bench.alice).recertify!(1n, 2n, PAID);
      await bench.settle(1, { unauthorised });
      return now();
    };
    const first = (await settle(4n)) + PAUSE;
    expect(await bench.guard.unauthorisedLevel!()).to.equal(0n);
    await settle(3n);
    expect((await bench.guard.alarms!()).pausedUntil).to.equal(first);
    const second = (await settle(1n)) + PAUSE;
    expect((await bench.guard.alarms!()).pausedUntil).to.equal(second);
  });

  it("are forgotten at a steady rate: four within the window and a hundred seconds pause nothing", async () => {
    const bench = await fixture(); // 3 in 300 s
    const settle = async () => {
      await engineOf(bench, bench.alice).recertify!(1n, 2n, PAID);
      await bench.settle(1, { unauthorised: 1n });
    };
    await settle();
    await settle();
    await settle();
    await networkHelpers.time.increase(100);
    await settle();
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });

  describe("of one sender", () => {
    it("make the engine refuse trades, withdrawals and liquidations of that sender alone, and in time no more", async () => {
      const bench = await fixture(); // 2 in 300 s: one in 150 s
      const thief = await bench.alice.getAddress();
      await convict(bench, bench.alice);
      await convict(bench, bench.alice);
      expect(await bench.guard.isRefused!(thief)).to.equal(false);
      const last = await convict(bench, bench.alice);
      expect(await bench.guard.isRefused!(thief)).to.equal(true);

      const engine = engineOf(bench, bench.alice);
      for (const call of [
        () => engine.withdraw!(1n, 1n, 1n, FAR, SIGNATURE, PAID),
        () => engine.trade!(ORDER, SIGNATURE, SIGNATURE, PAID),
        () => engine.liquidate!(ORDER, SIGNATURE, PAID),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(bench.engine, "SenderRefused").withArgs(thief);
      }
      await forge(bench, bench.bob); // nobody else is refused
      await bench.deposit(bench.alice, 5n); // and this one still adds collateral,
      await engine.backstop!(1n, PAID); // and what needs no signature
      await engine.recertify!(1n, 2n, PAID);
      await engine.setKey!(1n, 2n, PAID);

      await networkHelpers.time.increaseTo(last + BigInt(LIMITS.unauthorisedWindowSec));
      expect(await bench.guard.isRefused!(thief)).to.equal(false);
      await forge(bench, bench.alice);
    });

    it("are those that the outcome's mask names, each by its slot", async () => {
      const bench = await fixture();
      await forge(bench, bench.alice);
      await forge(bench, bench.bob);
      await bench.settle(2, { valid: [false, false], unauthorised: 2n, unauthorisedSlots: [1] });
      for (let i = 0; i < 2; i++) await convict(bench, bench.bob);
      expect(await bench.guard.isRefused!(await bench.bob.getAddress())).to.equal(true);
      expect(await bench.guard.isRefused!(await bench.alice.getAddress())).to.equal(false);
    });

    it("however many, keep the sender out for a window at most after the last", async () => {
      const bench = await fixture();
      for (let i = 0; i < 8; i++) await forge(bench, bench.alice);
      for (let i = 0; i < 4; i++) await bench.settle(2, { valid: [false, false], unauthorisedSlots: [0, 1] });
      const last = await now();
      await networkHelpers.time.increaseTo(last + BigInt(LIMITS.unauthorisedWindowSec) - 1n);
      expect(await bench.guard.isRefused!(await bench.alice.getAddress())).to.equal(true);
      await networkHelpers.time.increaseTo(last + BigInt(LIMITS.unauthorisedWindowSec));
      expect(await bench.guard.isRefused!(await bench.alice.getAddress())).to.equal(false);
    });
  });
});
