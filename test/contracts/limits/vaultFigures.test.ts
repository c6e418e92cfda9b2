/** Tokens of as many decimals as ether, the smallest price of ether that there is, and one above one. */
import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const ENGINE = `0x${"e3".repeat(20)}`;
const UNIT = 10n ** 6n; // of TestToken
const ETHER = 10n ** 18n;

async function withFeed() {
  const [deployer] = await ethers.getSigners();
  const { contract: guard, address } = await deployGuardDouble(deployer!, 1);
  const token = (await ethers.deployContract("TestToken")) as unknown as Contract;
  await token.mint!(ENGINE, UNIT);
  await guard.setVault!(ENGINE, await token.getAddress(), 0n, 0n);
  const feed = (await ethers.deployContract("SettableFeed", [18])) as unknown as Contract;
  const proof = await ethers.deployContract("HomeostatSolvencyProof", [address, await feed.getAddress(), 3600]);
  return { address, guard, feed, proof: proof as unknown as Contract };
}
const fixture = () => networkHelpers.loadFixture(withFeed);

describe("a vault's figures in ether", () => {
  for (const price of [1n, ETHER - 1n, ETHER, 7n * ETHER]) {
    it(`are exact for one token at ${price} wei`, async () => {
      const { feed, proof } = await fixture();
      await feed.set!(price, 0n, await now());
      expect((await proof.getProtocolAssets!())[2]).to.deep.equal([price]);
    });
  }

  it("are given for a token of as many decimals as ether has", async () => {
    const { address, guard } = await fixture();
    const token = await ethers.deployContract("SettableFeed", [18]); // answers decimals() as a token would
    await guard.setVault!(ENGINE, await token.getAddress(), 0n, 0n);
    const proof = await ethers.deployContract("HomeostatSolvencyProof", [address, ethers.ZeroAddress, 0]);
    expect(await proof.getFunction("token")()).to.equal(await token.getAddress());
  });
});
