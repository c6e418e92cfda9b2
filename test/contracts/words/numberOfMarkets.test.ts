/** A guard of one to four markets: the words of all of them begin empty, and are read apart from each other. */
import { expect } from "chai";
import { CALM, deployBench, genesisConfig, now, PROFILE } from "../../helpers/contracts/bench.ts";
import * as encode from "../../helpers/contracts/encode.ts";

const NO_LOSS = { long: 0n, short: 0n };
const of = <T>(count: number, make: (market: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, market) => make(market));

async function deployWith(markets: number) {
  const genesis = {
    ...genesisConfig(await now()),
    oracleParameters: new Array<bigint>(7 + 14 * markets).fill(1n),
    marginParameters: [50n, 300n, ...new Array<bigint>(5 * markets).fill(2n)],
    oracleWords: [(await now()) * 2n ** 40n, ...of(markets, () => [encode.priceWord(CALM), 5n]).flat()],
  };
  const profile = { ...PROFILE, markets };
  return deployBench({ profile, genesis, exitHall: "none" });
}

describe("a guard's words", () => {
  for (const markets of [1, 2, 3, 4]) {
    it(`begin without losses and without positions, of ${markets}`, async () => {
      const { guard } = await deployWith(markets);
      expect(await guard.lossWord!()).to.equal(encode.lossOf(of(markets, () => NO_LOSS)));
      expect(await guard.box!()).to.equal(0n);
    });
  }

  it("are read market by market, of four", async () => {
    const bench = await deployWith(4);
    await bench.deposit(bench.alice, 100n);
    await bench.settle(1, {
      box: encode.boxOf(of(4, (m) => ({ long: 800n + BigInt(m), short: 1300n - BigInt(m) }))),
      lossWord: encode.lossOf(of(4, (m) => ({ long: 10n * BigInt(m), short: -50n - 70n * BigInt(m) }))),
    });
    // the nearer of both bounds, each with its loss index: longs' at 800 + 11 m, shorts' at 1250 - 71 m ticks
    for (const [market, distance] of [200n, 179n, 108n, 37n].entries())
      expect(await bench.guard.buffer!(market), `market ${market}`).to.equal(distance * 10n);
  });
});
