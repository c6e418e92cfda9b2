import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const [CALL, DELEGATE_CALL] = [0, 1];
const NO_REFUND = { gasPrice: 0n, gasToken: ethers.ZeroAddress };
const ELSEWHERE = `0x${"77".repeat(20)}`;

async function withSafe() {
  const [deployer] = await ethers.getSigners();
  const double = await deployGuardDouble(deployer!, 2);
  const token = (await ethers.deployContract("TestToken")) as unknown as Contract;
  const listed = await token.getAddress();
  const guard = (await ethers.deployContract("SafeSolvencyGuard", [
    double.address,
    1n,
    [listed],
  ])) as unknown as Contract;
  const safe = (await ethers.deployContract("MiniSafe")) as unknown as Contract;
  const address = await safe.getAddress();
  await token.mint!(address, 1000n);
  const setGuard = (to: string) => safe.interface.encodeFunctionData("setGuard", [to]);
  await safe.execTransaction!(address, setGuard(await guard.getAddress()), CALL, NO_REFUND);
  const transfer = token.interface.encodeFunctionData("transfer", [ELSEWHERE, 1n]);
  return { double, token, listed, guard, safe, address, setGuard, transfer };
}
const fixture = () => networkHelpers.loadFixture(withSafe);

describe("SafeSolvencyGuard", () => {
  it("lets a Safe call a listed target while the watched market is sound, whatever another market does", async () => {
    const { double, safe, listed, transfer, token } = await fixture();
    await double.contract.setBuffer!(0n, -1n);
    await double.bringInto(1, "Broken");
    await double.contract.setBuffer!(1n, 0n);
    await safe.execTransaction!(listed, transfer, CALL, NO_REFUND);
    await safe.execTransactionFromModule!(listed, transfer, CALL);
    await safe.execTransaction!(listed, "0x313ce567", DELEGATE_CALL, NO_REFUND);
    expect(await token.balanceOf!(ELSEWHERE)).to.equal(2n);
  });

  const unsound = [
    ["someone is bankrupt", "MarketInsolvent", [1n, -1n]],
    ["the guard is halted", "IntegrityHalted", [1n]],
    ["the guard is in Exit", "IntegrityExited", []],
  ] as const;
  for (const [title, error, values] of unsound) {
    it(`refuses listed targets, refunds in them and delegations while ${title}, by owners and modules`, async () => {
      const { double, guard, safe, listed, transfer } = await fixture();
      if (error === "MarketInsolvent") await double.contract.setBuffer!(1n, -1n);
      else await double.bringInto(1, error === "IntegrityHalted" ? "Halted" : "Exit");
      const refused = [
        safe.execTransaction!(listed, transfer, CALL, NO_REFUND),
        safe.execTransaction!(ELSEWHERE, "0x", DELEGATE_CALL, NO_REFUND),
        safe.execTransaction!(ELSEWHERE, "0x", CALL, { gasPrice: 1n, gasToken: listed }),
        safe.execTransactionFromModule!(listed, transfer, CALL),
        safe.execTransactionFromModule!(ELSEWHERE, "0x", DELEGATE_CALL),
      ];
      for (const sent of refused)
        await expect(sent)
          .to.be.revertedWithCustomError(guard, error)
          .withArgs(...values);
    });
  }

  it("lets everything else pass meanwhile, its own removal above all", async () => {
    const { double, safe, listed, transfer, address, setGuard } = await fixture();
    await double.bringInto(1, "Halted");
    await safe.execTransaction!(ELSEWHERE, "0x", CALL, { gasPrice: 1n, gasToken: ethers.ZeroAddress });
    await safe.execTransaction!(ELSEWHERE, "0x", CALL, { gasPrice: 0n, gasToken: listed });
    await safe.execTransactionFromModule!(ELSEWHERE, "0x", CALL);
    await safe.execTransaction!(address, setGuard(ethers.ZeroAddress), CALL, NO_REFUND);
    await safe.execTransaction!(listed, transfer, CALL, NO_REFUND);
  });

  it("is taken for a guard by Safes: the identifiers that they ask for", async () => {
    const { guard } = await fixture();
    for (const id of ["0xe6d7a83a", "0x58401ed8", "0x01ffc9a7"])
      expect(await guard.supportsInterface!(id), id).to.equal(true);
    expect(await guard.supportsInterface!("0xffffffff")).to.equal(false);
  });

  it("is not made without targets, or for a market that does not exist", async () => {
    const { double, guard, listed } = await fixture();
    const factory = await ethers.getContractFactory("SafeSolvencyGuard");
    await expect(factory.deploy(double.address, 0n, [])).to.be.revertedWithCustomError(guard, "NoTargets");
    await expect(factory.deploy(double.address, 2n, [listed])).to.be.revertedWithCustomError(
      double.contract,
      "UnknownMarket",
    );
  });
});
