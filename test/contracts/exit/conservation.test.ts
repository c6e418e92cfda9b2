import { expect } from "chai";
import fc from "fast-check";
import {
  drainVault,
  enterExit,
  type Holding,
  loggedAt,
  makeScene,
  type Scene,
} from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const SEED = 20261122;
const RUNS = 12;
const person = (index: number) => ethers.getAddress(ethers.zeroPadValue(ethers.toBeHex(0xc000 + index), 20));

/** A state of a few accounts: any of them may be bankrupt, and the insurance account takes the rest of every position. */
interface Case {
  readonly quotes: readonly bigint[];
  readonly sizes: readonly (readonly [bigint, bigint])[];
  readonly insuranceQuote: bigint;
  readonly insurance: bigint;
  readonly claim: bigint;
  readonly deposit: bigint;
  /** Units taken out of the vault (positive) or given to it. */
  readonly drained: bigint;
}

const cases: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 5 }).chain((count) =>
  fc.record({
    quotes: fc.array(fc.bigInt({ min: -30_000n, max: 60_000n }), { minLength: count, maxLength: count }),
    sizes: fc.array(fc.tuple(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: -300n, max: 300n })), {
      minLength: count,
      maxLength: count,
    }),
    insuranceQuote: fc.bigInt({ min: -40_000n, max: 40_000n }),
    insurance: fc.bigInt({ min: 0n, max: 9_999n }),
    claim: fc.bigInt({ min: 0n, max: 5_000n }),
    deposit: fc.bigInt({ min: 10n, max: 5_000n }),
    drained: fc.oneof(fc.constant(0n), fc.bigInt({ min: -50_000n, max: 150_000n })),
  }),
);

async function sceneOf({ quotes, sizes, insuranceQuote, insurance, claim }: Case): Promise<Scene> {
  const holdings: Holding[] = quotes.map((quote, i) => ({ owner: person(i), quote, sizes: [...sizes[i]!] }));
  const rest = (m: 0 | 1) => sizes.reduce((sum, size) => sum - size[m], 0n);
  // somebody rich, so that the vault owes something whatever the others lost
  holdings.push({ owner: person(9), quote: 400_000n, sizes: [0n, 0n] });
  return makeScene({
    holdings,
    insuranceAccount: { quote: insuranceQuote, sizes: [rest(0), rest(1)] },
    insurance,
    claim,
  });
}

describe("exit from any state", () => {
  it(`pays no unit more than there is, everyone alike, and in full when everything is covered (${RUNS} states)`, async () => {
    let covered = 0;
    const property = fc.asyncProperty(cases, async (given) => {
      const scene = await sceneOf(given);
      const { bench, hall, worth, opening } = scene;
      const indices = Array.from({ length: given.quotes.length + 1 }, (_, i) => i + 1);
      await bench.deposit(bench.bob, given.deposit);
      const pending: bigint = (await bench.guard.settled!()) as bigint;
      if (given.drained < 0n) await bench.token.mint!(bench.at.engine, -given.drained);
      if (given.drained > 0n) await drainVault(bench, given.drained);

      await enterExit(scene);
      await hall.showInsurance!(opening(0));
      for (const index of indices.filter((i) => worth(i) < 0n)) await hall.showLoss!(opening(index));
      const { words, before, head } = await loggedAt(bench, Number(pending));
      await hall.showDeposit!(pending, words, before);
      await networkHelpers.time.increaseTo(await hall.opensAt!());
      await hall.open!();

      const assets: bigint = await bench.token.balanceOf!(bench.at.engine);
      const positive = indices.filter((i) => worth(i) > 0n);
      const owed = positive.reduce((sum, i) => sum + worth(i), given.claim + given.deposit);
      expect(await hall.owed!(), "owed: what people own, to the unit").to.equal(owed);
      const backed = assets < owed ? assets : owed;
      expect(await hall.backed!()).to.equal(backed);
      if (backed === owed) covered += 1;

      for (const index of positive) {
        const paid = (worth(index) * backed) / owed;
        await expect(hall.exit!(opening(index)))
          .to.emit(hall, "AccountLeft")
          .withArgs(BigInt(index), person(index === indices.length ? 9 : index - 1), worth(index), paid);
      }
      await hall.exitDeposit!(head);
      if (given.claim > 0n) await bench.guard.payClaim!(0);
      const left: bigint = await bench.token.balanceOf!(bench.at.engine);
      const payments = BigInt(positive.length + 2);
      expect(left - (assets - backed) >= 0n, "nothing is paid that is not there").to.equal(true);
      expect(left - (assets - backed) < payments, "a unit a payment at most is lost to rounding").to.equal(true);
      if (backed === owed) expect(left, "all is paid").to.equal(assets - owed);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
    expect(covered, "states in which everything is covered").to.be.within(2, RUNS - 2);
  });
});
