/** The smallest amounts: one lot, one unit. */
import { expect } from "chai";
import { CALM } from "../../helpers/contracts/bench.ts";
import { type Holding, makeScene, openHall } from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const person = (index: number) => ethers.getAddress(ethers.zeroPadValue(ethers.toBeHex(0xc000 + index), 20));
const PRICE = { ...CALM, mark: 100n, median: 100n, fundingIndex: 0n };
/** One lot each way; longs bear a loss, shorts none. */
const HOLDINGS: readonly Holding[] = [
  { owner: person(1), quote: -90n, sizes: [1n, 0n] },
  { owner: person(2), quote: 105n, sizes: [-1n, 0n] },
  { owner: person(3), quote: 1n, sizes: [0n, 0n] },
];
const opened = async () => {
  const scene = await makeScene({
    holdings: HOLDINGS,
    prices: [PRICE, PRICE],
    losses: [
      { long: 9n, short: 4n },
      { long: 0n, short: 0n },
    ],
  });
  await openHall(scene);
  return scene;
};

describe("the exit hall with the smallest holdings", () => {
  it("counts a single lot, with its own side's loss", async () => {
    const { hall, opening, worth } = await networkHelpers.loadFixture(opened);
    expect([worth(1), worth(2)]).to.deep.equal([1n, 9n]);
    expect(await hall.accountValue!(opening(1))).to.equal(1n);
    expect(await hall.accountValue!(opening(2))).to.equal(9n);
  });

  it("pays a single unit", async () => {
    const { hall, opening } = await networkHelpers.loadFixture(opened);
    for (const account of [1, 3])
      await expect(hall.exit!(opening(account)))
        .to.emit(hall, "AccountLeft")
        .withArgs(BigInt(account), person(account), 1n, 1n);
  });

  it("opens for a single unit that is owed", async () => {
    const scene = await makeScene({
      holdings: [{ owner: person(3), quote: 1n, sizes: [0n, 0n] }],
      insuranceAccount: { quote: 99n, sizes: [0n, 0n] },
    });
    await openHall(scene);
    expect(await scene.hall.owed!()).to.equal(1n);
  });
});
