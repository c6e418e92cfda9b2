/** How many unauthorised operations are remembered: rounded up, to the millisecond, and none once all are forgotten. */
import { expect } from "chai";
import { deployBench, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

/** So many at once, each forgotten in window / limit; and what is remembered of them after so many seconds. */
const CASES: readonly {
  readonly limit: number;
  readonly windowSec: number;
  readonly noted: bigint;
  readonly remembered: Readonly<Record<string, bigint>>;
}[] = [
  {
    limit: 3,
    windowSec: 300,
    noted: 2n,
    remembered: { 0: 2n, 1: 2n, 99: 2n, 100: 1n, 101: 1n, 199: 1n, 200: 0n, 201: 0n, 900: 0n },
  },
  { limit: 1000, windowSec: 7, noted: 144n, remembered: { 0: 144n, 1: 2n, 2: 0n } }, // 7 ms each: 8 ms are left after 1 s
];

describe("the count of unauthorised operations", () => {
  for (const { limit, windowSec, noted, remembered } of CASES) {
    it(`forgets ${noted} of at most ${limit} in ${windowSec} s`, async () => {
      const limits = { ...LIMITS, unauthorisedLimit: limit, unauthorisedWindowSec: windowSec };
      const bench = await deployBench({ limits });
      await bench.deposit(bench.alice, 100n);
      await bench.settle(1, { unauthorised: noted });
      const notedAt = await now();
      for (const [afterSec, level] of Object.entries(remembered)) {
        if (afterSec !== "0") await networkHelpers.time.increaseTo(notedAt + BigInt(afterSec));
        expect(await bench.guard.unauthorisedLevel!(), `${afterSec} s later`).to.equal(level);
      }
    });
  }
});
