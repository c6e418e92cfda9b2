import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble, STATUSES, type StatusName } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const HOUR_SEC = 3600n;
const COUNCIL_ONLY = 0n;

async function withDouble() {
  const [deployer] = await ethers.getSigners();
  const guard = await deployGuardDouble(deployer!, 2);
  const gated = (await ethers.deployContract("GatedCounter", [guard.address])) as unknown as Contract;
  return { guard, gated };
}
const fixture = () => networkHelpers.loadFixture(withDouble);

describe("IntegrityGated, by state", () => {
  const table: readonly (readonly [string, readonly unknown[], readonly StatusName[]])[] = [
    ["exit", [], ["Normal", "Stressed", "Broken"]],
    ["addRisk", [0n], ["Normal"]],
    ["liquidate", [0n], ["Normal", "Stressed"]],
    ["takeFromPool", [0n], ["Normal", "Stressed", "Broken"]],
    ["lend", [0n, 100n], ["Normal", "Stressed", "Broken"]],
    ["leaveForGood", [0n], ["Exit"]],
    ["quote", [HOUR_SEC], [...STATUSES]],
    ["actOn", [1n], [...STATUSES]],
  ];
  for (const [name, values, passing] of table) {
    it(`lets ${name} through in ${passing.join(", ")} only`, async () => {
      const { guard, gated } = await fixture();
      expect(await guard.gateOf(0, () => gated.getFunction(name).staticCall(...values))).to.deep.equal(passing);
    });
  }

  it("does not mind what happens to another market", async () => {
    const { guard, gated } = await fixture();
    await guard.bringInto(1, "Broken");
    await gated.addRisk!(0n);
  });

  it("names Exit, which does not end, apart from a halt", async () => {
    const { guard, gated } = await fixture();
    await guard.bringInto(0, "Exit");
    for (const [name, values] of [
      ["exit", []],
      ["addRisk", [1n]],
    ] as const)
      await expect(gated[name]!(...values)).to.be.revertedWithCustomError(gated, "IntegrityExited");
    await guard.contract.setExit!(false);
    await guard.contract.setHaltCauses!(5n);
    await expect(gated.exit!()).to.be.revertedWithCustomError(gated, "IntegrityHalted").withArgs(5n);
  });

  it("keeps ways out open when a council halts one market, and names the market in others", async () => {
    const { guard, gated } = await fixture();
    await guard.contract.setStatus!(0n, 3n);
    expect(await guard.contract.haltCauses!()).to.equal(COUNCIL_ONLY);
    await gated.exit!();
    await gated.addRisk!(1n);
    await expect(gated.liquidate!(0n)).to.be.revertedWithCustomError(gated, "MarketRestricted").withArgs(0n, 3n);
  });

  it("asks for a buffer of so many basis points, no less", async () => {
    const { guard, gated } = await fixture();
    await guard.contract.setBuffer!(0n, 499n);
    await gated.lend!(0n, 499n);
    await expect(gated.lend!(0n, 500n)).to.be.revertedWithCustomError(gated, "BufferTooThin").withArgs(0n, 499n, 500n);
    await guard.contract.setBuffer!(0n, -1n);
    await expect(gated.takeFromPool!(0n)).to.be.revertedWithCustomError(gated, "MarketInsolvent").withArgs(0n, -1n);
  });

  it("asks for a round of that age at most, and takes one from a clock that is ahead", async () => {
    const { guard, gated } = await fixture();
    const provenAt = await now();
    await guard.contract.setRound!(2n, provenAt);
    await networkHelpers.time.setNextBlockTimestamp(provenAt + HOUR_SEC);
    await gated.quote!(HOUR_SEC);
    await networkHelpers.time.setNextBlockTimestamp(provenAt + HOUR_SEC + 1n);
    await expect(gated.quote!(HOUR_SEC))
      .to.be.revertedWithCustomError(gated, "RoundTooOldHere")
      .withArgs(HOUR_SEC + 1n, HOUR_SEC);
    await guard.contract.setRound!(3n, (await now()) + 100n);
    await gated.quote!(0n);
  });

  it("asks for the operation itself to be settled, not the one before", async () => {
    const { guard, gated } = await fixture();
    await guard.contract.setProven!(0n, 8n);
    await gated.follow!(7n);
    await expect(gated.follow!(8n)).to.be.revertedWithCustomError(gated, "OperationNotSettled").withArgs(8n, 8n);
  });

  it("names the state that a function belongs to", async () => {
    const { gated } = await fixture();
    await expect(gated.leaveForGood!(0n)).to.be.revertedWithCustomError(gated, "WrongStatus").withArgs(0n, 0n, 4n);
  });
});
