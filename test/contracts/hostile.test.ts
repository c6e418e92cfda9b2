import { expect } from "chai";
import { Contract } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { FEE_WEI, LIMITS } from "../helpers/contracts/bench.ts";
import { deployHostileEngine, deployHostileToken } from "../helpers/contracts/hostile.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { outcomeOf } from "../helpers/contracts/outcome.ts";

const MOOD = { honest: 0, feeOnTransfer: 1, reverts: 2, burnsGas: 3, answersNothing: 4, bomb: 5, transferReverts: 6 };
const VAULT_SHORT = 4n;
const PROOF_LATE = 1n;

/** Alice's deposit of 1000 is settled, Bob's without effect became claim 0 of 2000. */
async function tokenWithClaim() {
  const { bench, hostile } = await deployHostileToken();
  await bench.deposit(bench.alice, 1000n);
  await bench.deposit(bench.bob, 2000n);
  await bench.settle(2, { valid: [true, false], liabilities: 1000n });
  await networkHelpers.time.increase(LIMITS.claimDelaySec);
  return { bench, hostile };
}
const withToken = () => networkHelpers.loadFixture(tokenWithClaim);
const withEngine = () => networkHelpers.loadFixture(deployHostileEngine);
const recertify = [6n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n];

describe("a malicious vault token", () => {
  for (const [title, mood] of [
    ["reverts", MOOD.reverts],
    ["burns its gas", MOOD.burnsGas],
    ["answers nothing", MOOD.answersNothing],
  ] as const) {
    it(`halts while its balance ${title}, and stops neither rounds nor settlements`, async () => {
      const { bench, hostile } = await withToken();
      await hostile.setMood!(MOOD.honest);
      await bench.deposit(bench.alice, 1n);
      await hostile.setMood!(mood);
      expect(await bench.guard.haltCauses!({ gasLimit: 180_000 })).to.equal(VAULT_SHORT); // what it may burn is capped
      expect(await bench.guard.status!(0n)).to.equal(3n);
      await bench.submitRound();
      await bench.settle(1, { liabilities: 1001n });
      await expect(bench.guard.payClaim!(0n))
        .to.be.revertedWithCustomError(bench.guard, "GuardHalted")
        .withArgs(VAULT_SHORT);
      await hostile.setMood!(MOOD.honest);
      expect(await bench.guard.status!(0n)).to.equal(0n);
      await bench.guard.payClaim!(0n);
    });
  }

  it("answers at great length without harm", async () => {
    const { bench, hostile } = await withToken();
    await hostile.setMood!(MOOD.bomb);
    expect(await bench.guard.haltCauses!()).to.equal(VAULT_SHORT); // its first word is zero
    expect(Number(await bench.guard.haltCauses!.estimateGas())).to.be.at.most(300_000);
  });

  it("that takes a fee on transfers is refused at the deposit", async () => {
    const { bench, hostile } = await withToken();
    await hostile.setMood!(MOOD.feeOnTransfer);
    await expect(bench.deposit(bench.alice, 50n))
      .to.be.revertedWithCustomError(bench.engine, "TransferMismatch")
      .withArgs(50n, 49n);
  });

  it("that refuses a transfer leaves the claim unpaid", async () => {
    const { bench, hostile } = await withToken();
    await hostile.setMood!(MOOD.transferReverts);
    await expect(bench.guard.payClaim!(0n)).to.be.revertedWithCustomError(hostile, "Refused");
    expect((await bench.guard.claim!(0n))[3]).to.equal(false);
    expect(await bench.guard.unpaidClaims!()).to.equal(2000n);
  });

  it("that calls back while a claim is paid cannot have it paid twice, nor deposit meanwhile", async () => {
    const { bench, hostile } = await withToken();
    await hostile.setCallback!(bench.at.guard, bench.guard.interface.encodeFunctionData("payClaim", [0n]));
    await bench.guard.payClaim!(0n);
    expect(await hostile.callbackSucceeded!()).to.equal(false);
    expect(await hostile.callbackAnswer!()).to.equal(bench.guard.interface.encodeErrorResult("ClaimAlreadyPaid", [0n]));
    expect(await hostile.balanceOf!(await bench.bob.getAddress())).to.equal(2000n);
  });

  it("that calls back during a deposit cannot have a claim paid, which would hide the amount moved", async () => {
    const { bench, hostile } = await withToken();
    const alice = await bench.alice.getAddress();
    await hostile.mint!(alice, 50n);
    await (bench.token.connect(bench.alice) as Contract).approve!(bench.at.engine, 50n);
    await hostile.setCallback!(bench.at.guard, bench.guard.interface.encodeFunctionData("payClaim", [0n]));
    await new Contract(bench.at.engine, ENGINE_ABI, bench.alice).deposit!(50n, 1n, 1n, { value: FEE_WEI });
    expect(await hostile.callbackSucceeded!()).to.equal(false);
    expect(await hostile.callbackAnswer!()).to.equal(
      bench.engine.interface.encodeErrorResult("ReentrancyGuardReentrantCall", []),
    );
    expect((await bench.guard.claim!(0n))[3]).to.equal(false);
  });
});

describe("a malicious engine", () => {
  for (const [title, mood] of [
    ["reverts", 1],
    ["burns its gas", 2],
  ] as const) {
    it(`whose hook ${title} does not undo a settlement`, async () => {
      const { bench, hostile } = await withEngine();
      await hostile.log!(recertify);
      await hostile.setMood!(mood);
      await expect(bench.settle(1))
        .to.emit(bench.guard, "SettlementHookFailed")
        .withArgs(0n, 1n, await bench.deployer.getAddress());
      expect(await bench.guard.settled!()).to.equal(1n);
    });
  }

  it("whose hook settles again finds the batch proven", async () => {
    const { bench, hostile } = await withEngine();
    await hostile.log!(recertify);
    const call = await bench.batchArguments(1);
    await hostile.setReentry!(bench.guard.interface.encodeFunctionData("settleBatch", call));
    await bench.guard.settleBatch!(...call);
    expect(await hostile.reentrySucceeded!()).to.equal(false);
    expect(await bench.guard.settled!()).to.equal(1n);
  });

  it("whose log cannot be read halts, and stops no round", async () => {
    const { bench, hostile } = await withEngine();
    await hostile.setMood!(3);
    expect(await bench.guard.haltCauses!()).to.equal(PROOF_LATE);
    await bench.submitRound();
    await hostile.setMood!(0);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });
});

describe("a caller with little gas", () => {
  it("is told so, and never that a sound guard is halted", async () => {
    const { bench } = await withToken();
    const outcomes = new Set<string>();
    for (let gasLimit = 22_000; gasLimit <= 400_000; gasLimit += 3_000) {
      let causes = 0n;
      const call = bench.guard.haltCauses!({ gasLimit }).then((answer: bigint) => {
        causes = answer;
      });
      outcomes.add(await outcomeOf(bench.guard, call));
      expect(causes).to.equal(0n);
    }
    expect([...outcomes].sort()).to.deep.equal(["NotEnoughGas", "ok", "out of gas"]);
  });
});
