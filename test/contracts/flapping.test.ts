import { expect } from "chai";
import fc from "fast-check";
import { type Bench, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const HOUR_SEC = 3600;
/** A whole swing to Stressed or Broken and back takes at least this long: cureSec + 1 to begin, calmSec to end. */
const SWING_SEC = LIMITS.cureSec + 1 + LIMITS.calmSec;
/** Transitions of one of the two restrictions in an hour: two a swing, and one swing cut at each end. */
const BOUND = 2 * Math.ceil(HOUR_SEC / SWING_SEC) + 1;
const BOXES = [
  encode.boxOf([{ long: 900n }, {}]),
  encode.boxOf([{ long: 995n }, {}]),
  encode.boxOf([{ long: 1001n }, {}]),
];

async function withDeposit() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1, { box: BOXES[0]! });
  return bench;
}

/** The times at which the market's state can change by itself after the last transaction. */
async function turningPoints(bench: Bench): Promise<readonly bigint[]> {
  const since: readonly bigint[] = await bench.guard.breachSince!(0n);
  const until: readonly bigint[] = await bench.guard.heldUntil!(0n);
  return [...since.map((time) => (time === 0n ? 0n : time + BigInt(LIMITS.cureSec) + 1n)), ...until];
}

describe("a market whose box swings as an attacker likes", () => {
  it("changes its state only so often in an hour, and is let go once it is left alone", async function () {
    this.timeout(300_000);
    const swings = fc.array(fc.tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 0, max: 2 })), {
      minLength: 30,
      maxLength: 40,
    });
    let most = 0;
    await fc.assert(
      fc.asyncProperty(swings, async (steps) => {
        const bench = await networkHelpers.loadFixture(withDeposit);
        const start = (await now()) + 1n;
        const end = start + BigInt(HOUR_SEC);
        let [last, transitions]: [bigint, number] = [await bench.guard.status!(0n), 0];
        const look = async () => {
          const status: bigint = await bench.guard.status!(0n);
          if (status !== last) transitions++;
          last = status;
        };
        for (const [wait, box] of steps) {
          const next = (await now()) + BigInt(wait) + 2n;
          const points = [...(await turningPoints(bench))].filter((time) => time > 0n).sort((a, b) => Number(a - b));
          for (const point of points) {
            if (point > (await now()) && point < next - 2n) {
              await networkHelpers.time.increaseTo(point);
              await look();
            }
          }
          if (next >= end) break;
          await bench.submitRound();
          await bench.engine.recertify!(1n, 1n, { value: 1000n });
          if ((await now()) < next) await networkHelpers.time.setNextBlockTimestamp(next);
          await bench.settle(1, { box: BOXES[box]! });
          await look();
        }
        most = Math.max(most, transitions);
        expect(transitions).to.be.at.most(2 * BOUND); // Stressed and Broken each

        await bench.submitRound();
        await bench.engine.recertify!(1n, 1n, { value: 1000n });
        await bench.settle(1, { box: BOXES[0]! });
        await networkHelpers.time.increase(LIMITS.calmSec);
        expect(await bench.guard.status!(0n)).to.equal(0n);
      }),
      { numRuns: 12, seed: 20251010 },
    );
    console.log(`      most transitions in an hour: ${most}, bound ${2 * BOUND}`);
  });
});
