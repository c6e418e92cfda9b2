import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

async function deploy() {
  const [owner] = await ethers.getSigners();
  const guard = await deployGuardDouble(owner!, 2);
  const pool = (await ethers.deployContract("GatedPool", [guard.address])) as unknown as Contract;
  await pool.join!({ value: 10n });
  return { guard, pool };
}

describe("GatedPool", () => {
  it("opens each door in the states that it is for", async () => {
    const { guard, pool } = await networkHelpers.loadFixture(deploy);
    expect(await guard.gateOf(0, () => pool.join!.staticCall({ value: 1n }))).to.deep.equal(["Normal"]);
    expect(await guard.gateOf(0, () => pool.withdraw!.staticCall(1n))).to.deep.equal(["Normal", "Stressed", "Broken"]);
    expect(await guard.gateOf(0, () => pool.withdrawAfterExit!.staticCall(1n))).to.deep.equal(["Exit"]);
  });

  it("lends while the proven buffer is 2 % or more", async () => {
    const { guard, pool } = await networkHelpers.loadFixture(deploy);
    await guard.contract.setBuffer!(0n, 200n);
    await pool.lend!(1n);
    await guard.contract.setBuffer!(0n, 199n);
    await expect(pool.lend!(1n)).to.be.revertedWithCustomError(pool, "BufferTooThin").withArgs(0n, 199n, 200n);
  });

  it("gives nobody more than is theirs", async () => {
    const { pool } = await networkHelpers.loadFixture(deploy);
    const [owner] = await ethers.getSigners();
    await expect(pool.withdraw!(11n)).to.be.revertedWithCustomError(pool, "NotYours").withArgs(owner!.address, 11n);
    await pool.withdraw!(10n);
    expect(await pool.shareOf!(owner!.address)).to.equal(0n);
  });
});

describe("the contracts' README", () => {
  const readme = readFileSync("contracts/README.md", "utf8");

  for (const path of ["contracts/examples/GatedPool.sol", "test/solidity/GatedPool.t.sol"]) {
    it(`shows ${path} as it is`, () => {
      const [, ...lines] = readFileSync(path, "utf8").trim().split("\n"); // without the licence line
      expect(readme).to.include(`\`\`\`solidity\n${lines.join("\n")}\n\`\`\``);
    });
  }

  it("shows lines of this test as they are", () => {
    const shown = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]?.trim().split("\n") ?? [];
    const own = readFileSync("test/contracts/examples/gatedPool.test.ts", "utf8")
      .split("\n")
      .map((line) => line.trim());
    expect(shown).to.have.length(3);
    for (const line of shown) expect(own).to.include(line);
  });
});
