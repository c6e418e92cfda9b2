/** A guard whose parameters are all as small, or all as large, as they may be. */
import { expect } from "chai";
import { deployBench, LIMITS } from "../../helpers/contracts/bench.ts";

const ANY_SEC = 2 ** 32 - 1;
const DAY_SEC = 86_400;
const MONTH_SEC = 30 * DAY_SEC;
const LOWEST = {
  claimDelaySec: 60,
  cureSec: 0,
  calmSec: 0,
  haltCureSec: 0,
  proofDeadlineSec: 1,
  roundDeadlineSec: 1,
  maxReportAgeSec: 1,
  futureToleranceSec: 0,
  graceSec: 0,
  unauthorisedLimit: 1,
  unauthorisedPauseSec: 1,
  senderLimit: 1,
  outflowWindowSec: 1,
  outflowBps: 1,
  outflowFloor: 1n,
  exitDelaySec: 3600,
  exitBlocks: 1,
  exitShareSec: 1,
};
const HIGHEST = {
  claimDelaySec: ANY_SEC,
  cureSec: ANY_SEC,
  calmSec: DAY_SEC,
  haltCureSec: ANY_SEC,
  proofDeadlineSec: ANY_SEC,
  roundDeadlineSec: ANY_SEC,
  maxReportAgeSec: ANY_SEC,
  futureToleranceSec: 3600,
  graceSec: DAY_SEC,
  unauthorisedLimit: 1_000_000,
  unauthorisedWindowSec: 1000, // one is forgotten each millisecond: no faster
  unauthorisedPauseSec: DAY_SEC,
  senderLimit: 1_000_000,
  outflowWindowSec: ANY_SEC,
  outflowBps: 10_000,
  outflowFloor: 2n ** 64n - 1n,
  exitDelaySec: MONTH_SEC,
  exitBlocks: 16 * MONTH_SEC,
  exitShareSec: MONTH_SEC,
};

describe("the guard's parameters", () => {
  for (const [name, changes] of Object.entries({ smallest: LOWEST, largest: HIGHEST })) {
    it(`may all be the ${name} ones at once`, async () => {
      const { guard } = await deployBench({ limits: { ...LIMITS, ...changes } });
      for (const [parameter, value] of Object.entries(changes))
        if (parameter !== "unauthorisedWindowSec") expect(await guard[parameter]!(), parameter).to.equal(BigInt(value));
    });
  }

  it("give the fastest forgetting that a count may have", async () => {
    const fast = await deployBench({ limits: { ...LIMITS, ...HIGHEST } });
    expect([await fast.guard.unauthorisedStepMs!(), await fast.guard.senderStepMs!()]).to.deep.equal([1n, 1n]);
  });
});
