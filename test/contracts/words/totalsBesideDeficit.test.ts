/** Liabilities, insurance and deficit share a word: none of them reads a bit of its neighbour. */
import { expect } from "chai";
import { GENESIS_ROOT } from "../../helpers/contracts/bench.ts";
import { totalsOf } from "../../helpers/contracts/encode.ts";
import { makeScene } from "../../helpers/contracts/exitScene.ts";

const [INSURANCE, DEFICIT] = [41n, 7n]; // odd: their lowest bits lie beside the neighbour's highest

describe("the totals word with everything in it", () => {
  it("says the insurance's scalar exactly: with it the state's root comes out", async () => {
    const owner = `0x${"0b".repeat(20)}`;
    const { bench, hall, opening, liabilities } = await makeScene({
      holdings: [{ owner, quote: 101n, sizes: [0n, 0n] }],
      insurance: INSURANCE,
    });
    const root: bigint = await bench.guard.stateRoot!();
    expect(root).not.to.equal(GENESIS_ROOT);
    await bench.deposit(bench.alice, 10n);
    await bench.settle(1, {
      update: { newStateRoot: root, totalsWord: totalsOf(liabilities + 10n, INSURANCE, DEFICIT) },
    });
    expect(await bench.guard.deficitSince!()).not.to.equal(0n);
    expect(await hall.accountValue!(opening(1))).to.equal(101n);
    await bench.submitRound();
    expect(await bench.guard.nextRoundTvl!()).to.equal(liabilities + 10n);
  });
});
