import { expect } from "chai";
import type { Contract } from "ethers";
import { deployBench } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const [NORMAL, BROKEN] = [0n, 2n];
const ALL = 2n ** 256n - 1n;

async function withCouncil() {
  const [, , , council, timelock] = await ethers.getSigners();
  const bench = await deployBench({ council: { council: council!.address, timelock: timelock!.address } });
  await (bench.guard.connect(council!) as Contract).tighten!(ALL, BROKEN, 1000n, 1);
  return { ...bench, lifting: bench.guard.connect(timelock!) as Contract };
}

describe("a lift of one market", () => {
  for (const market of [0, 1]) {
    it(`leaves the other as the council wants it: of market ${market}`, async () => {
      const { guard, lifting } = await networkHelpers.loadFixture(withCouncil);
      await lifting.lift!(market);
      const states = [await guard.status!(0n), await guard.status!(1n)];
      expect(states).to.deep.equal([BROKEN, BROKEN].with(market, NORMAL));
    });
  }
});
