/** A vault's history may be asked for to any end: what was recorded before it is there. */
import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

async function withRecord() {
  const [deployer] = await ethers.getSigners();
  const { contract: guard, address } = await deployGuardDouble(deployer!, 1);
  const token = await ethers.deployContract("TestToken");
  await guard.setVault!(`0x${"e4".repeat(20)}`, await token.getAddress(), 5n, 0n);
  const proof = await ethers.deployContract("HomeostatSolvencyProof", [address, ethers.ZeroAddress, 0]);
  await proof.getFunction("record")();
  return { proof: proof as unknown as Contract, recordedAt: await now() };
}

describe("a vault's history", () => {
  for (const bits of [32n, 40n, 46n, 47n, 48n, 255n, 256n]) {
    it(`reaches to the last second of ${bits} bits`, async () => {
      const { proof, recordedAt } = await networkHelpers.loadFixture(withRecord);
      for (const end of [2n ** bits - 1n, 2n ** bits - 2n])
        expect((await proof.getSolvencyHistory!(0n, end))[0]).to.deep.equal([recordedAt]);
    });
  }
});
