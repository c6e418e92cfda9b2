/** Full cover to the unit raises no alarm; one unit less does. */
import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const ENGINE = `0x${"e2".repeat(20)}`;
const HELD = 1_000_000n;

async function withProof() {
  const [deployer] = await ethers.getSigners();
  const { contract: guard, address } = await deployGuardDouble(deployer!, 1);
  const token = (await ethers.deployContract("TestToken")) as unknown as Contract;
  await token.mint!(ENGINE, HELD);
  const owe = async (units: bigint) => guard.setVault!(ENGINE, await token.getAddress(), units, 0n);
  await owe(HELD);
  const proof = await ethers.deployContract("HomeostatSolvencyProof", [address, ethers.ZeroAddress, 0]);
  return { owe, proof: proof as unknown as Contract };
}

describe("a record of a vault", () => {
  it("that covers to the unit is no alarm", async () => {
    const { proof } = await networkHelpers.loadFixture(withProof);
    await expect(proof.record!()).not.to.emit(proof, "RiskAlert");
    expect((await proof.getSolvencyHistory!(0n, ethers.MaxUint256))[1]).to.deep.equal([10_000n]);
  });

  it("that lacks one unit is an alarm", async () => {
    const { proof, owe } = await networkHelpers.loadFixture(withProof);
    await owe(HELD + 1n);
    await expect(proof.record!()).to.emit(proof, "RiskAlert");
  });
});
