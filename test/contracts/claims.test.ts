import { expect } from "chai";
import { Contract, type Signer } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, deployBench, FEE_WEI, LIMITS, now } from "../helpers/contracts/bench.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { SIGNATURE } from "../helpers/contracts/posted.ts";

const DELAY = BigInt(LIMITS.claimDelaySec);

async function withdraw(bench: Bench, by: Signer, account: bigint, amount: bigint) {
  const engine = new Contract(bench.at.engine, ENGINE_ABI, by);
  return engine.withdraw!(account, amount, 1n, (await now()) + 1000n, SIGNATURE, { value: FEE_WEI });
}

/** Alice has 1000 (account 1), Bob 2000 (account 2), settled. */
async function withAccounts() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.deposit(bench.bob, 2000n);
  await bench.settle(2, { liabilities: 3000n });
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withAccounts);

/** Alice's withdrawal of 300 is proven; its claim is number 0. */
async function withClaim() {
  const bench = await withAccounts();
  await withdraw(bench, bench.bob, 1n, 300n); // anyone may post what the account's key signed
  await bench.settle(1, { liabilities: 2700n });
  return { ...bench, settledAt: await now() };
}
const claimed = () => networkHelpers.loadFixture(withClaim);

describe("Homeostat claims", () => {
  it("come of a valid withdrawal, for the account's owner", async () => {
    const bench = await claimed();
    expect(await bench.guard.claim!(0n)).to.deep.equal([
      await bench.alice.getAddress(),
      300n,
      bench.settledAt + DELAY,
      false,
    ]);
    expect(await bench.guard.unpaidClaims!()).to.equal(300n);
    expect(await bench.guard.claimCount!()).to.equal(1n);
  });

  it("come of a deposit without effect, for its sender", async () => {
    const bench = await fixture();
    await bench.deposit(bench.bob, 7n);
    const owner = await bench.bob.getAddress();
    await expect(bench.settle(1, { valid: [false], liabilities: 3000n }))
      .to.emit(bench.guard, "ClaimCreated")
      .withArgs(0n, owner, 7n);
  });

  it("do not come of an invalid withdrawal or a valid deposit", async () => {
    const bench = await fixture();
    await withdraw(bench, bench.alice, 1n, 300n);
    await bench.deposit(bench.bob, 7n);
    await bench.settle(2, { valid: [false, true], liabilities: 3007n });
    expect(await bench.guard.claimCount!()).to.equal(0n);
  });

  it("come of each operation by its own bit", async () => {
    const bench = await fixture();
    await bench.deposit(bench.bob, 7n);
    await withdraw(bench, bench.alice, 1n, 300n);
    await bench.settle(2, { valid: [false, true], liabilities: 2700n });
    expect(await bench.guard.unpaidClaims!()).to.equal(307n);
    expect((await bench.guard.claim!(1n))[0]).to.equal(await bench.alice.getAddress());
  });

  it("carry the greatest amount there is", async () => {
    const bench = await fixture();
    const amount = 2n ** 62n; // the most that a vault holds
    const rest = amount - (await bench.engine.vaulted!());
    await bench.deposit(bench.alice, rest);
    await withdraw(bench, bench.alice, 1n, amount);
    await bench.settle(2);
    expect((await bench.guard.claim!(0n))[1]).to.equal(amount);
  });

  it("are paid by anyone's transaction, to the owner, once", async () => {
    const bench = await claimed();
    const owner = await bench.alice.getAddress();
    await networkHelpers.time.increaseTo(bench.settledAt + DELAY);
    await expect(bench.guard.payClaim!(0n)).to.emit(bench.guard, "ClaimPaid").withArgs(0n, owner, 300n);
    expect(await bench.token.balanceOf!(owner)).to.equal(300n);
    expect(await bench.token.balanceOf!(bench.at.engine)).to.equal(2700n);
    expect(await bench.engine.vaulted!()).to.equal(2700n);
    expect(await bench.guard.unpaidClaims!()).to.equal(0n);
    expect(await bench.guard.claim!(0n)).to.deep.equal([owner, 0n, bench.settledAt + DELAY, true]);
    await expect(bench.guard.payClaim!(0n)).to.be.revertedWithCustomError(bench.guard, "ClaimAlreadyPaid").withArgs(0n);
  });

  it("wait for their delay, to the second", async () => {
    const bench = await claimed();
    const payableAt = bench.settledAt + DELAY;
    await networkHelpers.time.setNextBlockTimestamp(payableAt - 1n);
    await expect(bench.guard.payClaim!(0n))
      .to.be.revertedWithCustomError(bench.guard, "ClaimNotPayable")
      .withArgs(0n, payableAt, payableAt - 1n);
    await networkHelpers.time.setNextBlockTimestamp(payableAt);
    await bench.guard.payClaim!(0n);
  });

  it("wait while the guard is halted, and are paid after", async () => {
    const bench = await claimed();
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 10);
    await expect(bench.guard.payClaim!(0n)).to.be.revertedWithCustomError(bench.guard, "GuardHalted").withArgs(2n);
    await bench.submitRound();
    await bench.guard.payClaim!(0n);
  });

  it("exist by number only", async () => {
    const bench = await claimed();
    await expect(bench.guard.payClaim!(1n)).to.be.revertedWithCustomError(bench.guard, "UnknownClaim").withArgs(1n);
    await expect(bench.guard.claim!(1n)).to.be.revertedWithCustomError(bench.guard, "UnknownClaim").withArgs(1n);
  });

  it("leave the vault through the guard only", async () => {
    const bench = await claimed();
    const thief = await bench.bob.getAddress();
    await expect((bench.engine.connect(bench.bob) as Contract).payOut!(thief, 1n))
      .to.be.revertedWithCustomError(bench.engine, "NotGuard")
      .withArgs(thief);
  });
});
