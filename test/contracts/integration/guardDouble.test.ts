import { expect } from "chai";
import { network } from "hardhat";
import { deployGuardDouble, STATUSES } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

async function deploy() {
  const [deployer] = await ethers.getSigners();
  return deployGuardDouble(deployer!, 2);
}
const fixture = () => networkHelpers.loadFixture(deploy);
const SETTERS = /^set[A-Z]/;

describe("GuardDouble", () => {
  it("has the guard's own signatures in every view", async () => {
    const double = (await ethers.getContractFactory("GuardDouble")).interface;
    const guard = new Set((await ethers.getContractFactory("Homeostat")).interface.format());
    const names = double.format().filter((line) => line.startsWith("function") && !line.includes("TEST_DOUBLE"));
    const views = names.filter((line) => !SETTERS.test(line.replace("function ", "")));
    // names of return values are no part of a signature
    const plain = (lines: Iterable<string>) => [...lines].map((line) => line.replace(/(returns \(\w+) \w+\)/, "$1)"));
    for (const view of plain(views)) expect(plain(guard), view).to.include(view);
    expect(views.length).to.be.greaterThan(10);
  });

  it("is well in every respect until told otherwise, however much time passes", async () => {
    const { contract } = await fixture();
    await networkHelpers.time.increase(1_000_000);
    await networkHelpers.mine(3);
    expect([await contract.status!(0n), await contract.haltCauses!()]).to.deep.equal([0n, 0n]);
    expect(await contract.roundTimestamp!()).to.equal(await now());
    expect(await contract.provenBlock!()).to.equal(BigInt(await ethers.provider.getBlockNumber()) - 1n);
  });

  it("answers each state as the guard would, in that market or in all", async () => {
    const double = await fixture();
    for (const [level, status] of STATUSES.entries()) {
      await double.bringInto(0, status);
      expect(await double.contract.status!(0n), status).to.equal(BigInt(level));
      expect(await double.contract.status!(1n), status).to.equal(level >= 3 ? BigInt(level) : 0n);
      expect(await double.contract.globalStatus!(), status).to.equal(level >= 3 ? BigInt(level) : 0n);
    }
  });

  it("is Broken for want of a fresh or calm price, as the guard is", async () => {
    const { contract } = await fixture();
    const updatedAt = await now();
    await contract.setUpdatedAt!(0n, updatedAt);
    await networkHelpers.time.increaseTo(updatedAt + 300n);
    expect(await contract.status!(0n)).to.equal(0n);
    await networkHelpers.time.increaseTo(updatedAt + 301n);
    expect([await contract.status!(0n), await contract.status!(1n)]).to.deep.equal([2n, 0n]);
    await contract.setUpdatedAt!(0n, 0n);
    await contract.setBreaker!(0n, (await now()) + 50n);
    expect(await contract.status!(0n)).to.equal(2n);
    await contract.setStatus!(0n, 3n);
    expect(await contract.status!(0n)).to.equal(3n);
  });

  it("gives feeds the prices that it was told", async () => {
    const double = await fixture();
    await double.price(1, 4321n, 4400n);
    const feed = await ethers.deployContract("ProvenOracle", [double.address, 1n, 4, "AVAX / USD"]);
    expect((await feed.latestRoundData!())[1]).to.equal(4321n);
    expect(await feed.freshRange!()).to.deep.equal([4321n, 4400n]);
  });

  it("refuses a market that does not exist", async () => {
    const { contract } = await fixture();
    for (const view of ["status", "buffer", "priceWord"]) {
      await expect(contract[view]!(2n)).to.be.revertedWithCustomError(contract, "UnknownMarket").withArgs(2n, 2n);
    }
  });

  it("cannot be made on a chain that is not a local one", async () => {
    const chain = await network.create({ override: { chainId: 1 } });
    const factory = await chain.ethers.getContractFactory("GuardDouble");
    await expect(factory.deploy(1)).to.be.revertedWithCustomError(factory, "NotATestChain").withArgs(1n);
  });
});
