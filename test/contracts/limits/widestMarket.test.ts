/** The words of an operation have room for sixteen markets: an engine of more refuses orders in the others. */
import { expect } from "chai";
import type { Contract } from "ethers";
import { defaultBench } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";
import { ORDER, SIGNATURE } from "../../helpers/contracts/posted.ts";

const ROOM = 16n;

/** An engine of 17 markets at the bench's guard, with Alice's account. */
async function withWideEngine() {
  const { at, alice, token } = await defaultBench();
  const limits = { markets: ROOM + 1n, depth: 8, minimumDeposit: 1n, vaultCap: 2n ** 62n, feeWei: 0n };
  const deployed = await ethers.deployContract("MarginEngine", [at.guard, at.token, limits]);
  const engine = deployed.connect(alice) as unknown as Contract;
  const owned = token.connect(alice) as Contract;
  await owned.mint!(await alice.getAddress(), 5n);
  await owned.approve!(await deployed.getAddress(), 5n);
  await engine.deposit!(5n, 1n, 1n);
  return engine;
}

describe("an engine of more markets than an operation can name", () => {
  it("takes an order in the last one that it can name, and refuses one in the next", async () => {
    const engine = await networkHelpers.loadFixture(withWideEngine);
    const order = { ...ORDER, accountB: 1n };
    await engine.liquidate!({ ...order, market: ROOM - 1n }, SIGNATURE);
    await expect(engine.liquidate!({ ...order, market: ROOM }, SIGNATURE))
      .to.be.revertedWithCustomError(engine, "TooWide")
      .withArgs("market", ROOM, 4n);
  });
});
