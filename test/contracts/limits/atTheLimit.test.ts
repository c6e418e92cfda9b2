/** What lies exactly at a limit is taken; what lies one beyond is refused elsewhere. */
import { expect } from "chai";
import { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { HALL_ABI } from "../../../verifier/chain/hallAbi.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { enterExit, makeScene } from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const STALE_SEC = 300n; // a GuardDouble's
const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => ethers.zeroPadValue(ethers.toBeHex(0xb000 + index), 20));

async function withOracle() {
  const [deployer] = await ethers.getSigners();
  const double = await deployGuardDouble(deployer!, 2);
  const oracle = (await ethers.deployContract("ProvenOracle", [
    double.address,
    0n,
    18,
    "AAVE / USD",
  ])) as unknown as Contract;
  return { double, oracle };
}

describe("at the limit", () => {
  it("an oracle has eighteen decimals", async () => {
    const { oracle } = await networkHelpers.loadFixture(withOracle);
    expect(await oracle.decimals!()).to.equal(18n);
  });

  it("a price is fresh in the last second of its time, and flagged stale in the next", async () => {
    const { double, oracle } = await networkHelpers.loadFixture(withOracle);
    const updatedAt = await now();
    await double.contract.setUpdatedAt!(0n, updatedAt);
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC);
    expect((await oracle.flaggedPrice!())[3]).to.equal(true);
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC + 1n);
    expect((await oracle.flaggedPrice!())[3]).to.equal(false);
  });

  it("a price is calm in the second in which its breaker ends, and not in the one before", async () => {
    const { double, oracle } = await networkHelpers.loadFixture(withOracle);
    const until = (await now()) + 50n;
    await double.contract.setBreaker!(0n, until);
    await networkHelpers.time.increaseTo(until - 1n);
    expect((await oracle.flaggedPrice!())[4]).to.equal(false);
    await networkHelpers.time.increaseTo(until);
    expect((await oracle.flaggedPrice!())[4]).to.equal(true);
  });

  it("a protocol asks a guard of one market about that one", async () => {
    const [deployer] = await ethers.getSigners();
    const double = await deployGuardDouble(deployer!, 1);
    const gated = (await ethers.deployContract("GatedCounter", [double.address])) as unknown as Contract;
    await gated.exit!();
    expect(await gated.count!()).to.equal(1n);
  });

  it("a council has 32 members and a timelock of 30 days", async () => {
    const guard = await (await ethers.deployContract("CouncilHooksDouble")).getAddress();
    const month = 30n * 86_400n;
    const council = (await ethers.deployContract("SecurityCouncil", [
      guard,
      addresses(32),
      32n,
      month,
    ])) as unknown as Contract;
    expect(await council.threshold!()).to.equal(32n);
    expect(await council.isMember!(addresses(32)[31])).to.equal(true);
  });

  it("a tree of accounts is 32 levels deep, for engine and hall", async () => {
    const token = await (await ethers.deployContract("TestToken")).getAddress();
    const [deployer] = await ethers.getSigners();
    const owner = await deployer!.getAddress();
    const limits = { markets: 2, depth: 32, minimumDeposit: 1n, vaultCap: 2n ** 62n, feeWei: 0n };
    const engine = (await ethers.deployContract("MarginEngine", [owner, token, limits])) as unknown as Contract;
    expect(await engine.capacity!()).to.equal(2n ** 32n);
    const hall = (await ethers.deployContract("ExitHall", [owner, token, 32])) as unknown as Contract;
    expect(await hall.depth!()).to.equal(32n);
  });

  it("the exit hall opens in the second that it names", async () => {
    const scene = await makeScene({ holdings: [{ owner: addresses(1)[0]!, quote: 100n, sizes: [0n, 0n] }] });
    await enterExit(scene);
    const hall = new Contract(scene.bench.at.exitHall, HALL_ABI, scene.bench.deployer);
    await hall.showInsurance!(scene.opening(0));
    const opensAt: bigint = await hall.opensAt!();
    await networkHelpers.time.setNextBlockTimestamp(opensAt);
    await expect(hall.open!()).to.emit(hall, "Opened").withArgs(100n, 100n);
    expect(await now()).to.equal(opensAt);
  });
});
