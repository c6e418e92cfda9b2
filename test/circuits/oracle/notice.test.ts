import { clamp } from "../../../verifier/model/arithmetic.ts";
import { ORACLE_MARKET_FIELDS } from "../../../verifier/model/parameters.ts";
import { initialRateOf } from "../../../verifier/model/risk.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";
import { CALM, GENESIS_SEC as NOW, randomMarketParameters } from "../../helpers/roundScenario.ts";

/** Both rates, with what a prover claims that they are. */
const MAIN = `
pragma circom 2.2.0;
include "./AssertMarketParameters.circom";
include "./InitialRate.circom";
include "./MaintenanceRate.circom";
template Main() {
    signal input fields[14]; signal input rate; signal input sigma; signal input elapsed;
    signal input claimedMaintenance; signal input claimedInitial;
    component limits = AssertMarketParameters(); limits.fields <== fields;
    signal {maxbit} old <== AssertUint(19)(rate); signal {maxbit} one <== AssertUint(28)(sigma);
    signal {maxbit} time <== AssertUint(16)(elapsed);
    signal {maxbit} maintenance <== MaintenanceRate()(old, one, time, limits.out);
    signal {maxbit} initial <== InitialRate()(one, maintenance, limits.out);
    maintenance === claimedMaintenance;
    initial === claimedInitial;
}
component main {public [fields, rate, sigma, elapsed, claimedMaintenance, claimedInitial]} = Main();`;

type Given = { limits: typeof CALM; rate: bigint; sigma: bigint; elapsed: bigint };

/** By the rules alone, apart from the model's round. */
function honest({ limits, rate, sigma, elapsed }: Given) {
  const target = clamp(sigma, limits.maintenanceBase, limits.maintenanceMax);
  const step = (limits.maintenanceStep * elapsed) >> 8n;
  const claimedMaintenance = clamp(target, rate - step, rate + step);
  const initialTarget = clamp((sigma * limits.initialMultiple) >> 4n, limits.initialBase, limits.initialMax);
  const fields = ORACLE_MARKET_FIELDS.map((name) => limits[name]);
  const claimedInitial = initialRateOf(limits, initialTarget, claimedMaintenance);
  return { fields, rate, sigma, elapsed, claimedMaintenance, claimedInitial };
}

describe("MaintenanceRate and InitialRate", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "oracle/InitialRate.circom", text: MAIN });
  });

  const rising: Given = { limits: CALM, rate: 30_000n, sigma: 200_000n, elapsed: 12n };
  const cases: Readonly<Record<string, Given>> = {
    "while maintenance rises": rising,
    "while maintenance falls": { ...rising, rate: 100_000n, sigma: 50_000n },
    "when maintenance arrives at its target": { ...rising, rate: 199_999n },
    "when maintenance is at its maximum": { ...rising, rate: CALM.maintenanceMax, sigma: (1n << 28n) - 1n },
    "when the notice decides the initial rate": {
      ...rising,
      limits: { ...CALM, initialMultiple: 16n },
      rate: 199_000n,
    },
    "when the highest maintenance cuts the notice": {
      ...rising,
      limits: { ...CALM, initialMultiple: 16n },
      rate: CALM.maintenanceMax - 1n,
      sigma: CALM.maintenanceMax - 1n,
    },
    "with the steepest step over the longest time": {
      limits: { ...CALM, maintenanceStep: (1n << 20n) - 1n },
      ...{ rate: 0n, sigma: (1n << 28n) - 1n, elapsed: 65_535n },
    },
  };
  for (const [title, given] of Object.entries(cases)) {
    it(`allow the rates of the model ${title}, and none one unit off`, async () => {
      const valid = honest(given);
      await circuit.expectPass(valid);
      for (const name of ["claimedMaintenance", "claimedInitial"] as const)
        for (const off of [1n, -1n]) await circuit.expectFail({ ...valid, [name]: valid[name] + off });
    });
  }

  it("allow the rates of the model for any parameters", async () => {
    const random = new Random(79);
    for (let i = 0; i < 80; i++) {
      const given = { limits: randomMarketParameters(random), rate: random.spread(19), sigma: random.spread(28) };
      await circuit.expectPass(honest({ ...given, elapsed: random.spread(16) }));
    }
  });

  for (const { title, quotientBits, numerator } of [
    { title: "step of a round", quotientBits: 28, numerator: CALM.maintenanceStep * rising.elapsed },
    { title: "rise within the notice", quotientBits: 21, numerator: CALM.maintenanceStep * 300n },
  ])
    it(`rest on a ${title} that no hint can make one unit larger or smaller`, async () => {
      const floor = await testCircuit({ file: "lib/AssertFloorShift.circom", parameters: [quotientBits, 8] });
      await floor.expectPass({ numerator, quotient: numerator >> 8n });
      await floor.expectFail({ numerator, quotient: (numerator >> 8n) + 1n });
      await floor.expectFail({ numerator, quotient: (numerator >> 8n) - 1n });
    });
});

describe("FundingTime", () => {
  let circuit: TestCircuit;
  before(async () => {
    const tags = { timestamp: 40, updatedAt: 40, breakerUntil: 40 };
    circuit = await testCircuit({ file: "oracle/FundingTime.circom", tags });
  });
  for (const [title, updatedAt, breakerUntil, out] of [
    ["all of a round without a breaker", NOW - 12n, 0n, 12n],
    ["all of a round that begins as the breaker ends", NOW - 12n, NOW - 12n, 12n],
    ["what follows an end in the middle", NOW - 12n, NOW - 5n, 5n],
    ["nothing in the second of the end", NOW - 12n, NOW, 0n],
    ["nothing while the breaker is set", NOW - 12n, NOW + 1n, 0n],
    ["nothing while it is set for ever", NOW - 12n, (1n << 40n) - 1n, 0n],
    ["the longest step", NOW - 70_000n, NOW - 65_535n, 65_535n],
    ["no more than the longest step", NOW - 70_000n, NOW - 65_536n, 65_535n],
  ] as const)
    it(`is ${title}`, async () => {
      await circuit.expectPass({ timestamp: NOW, updatedAt, breakerUntil }, { out });
      await circuit.expectBound({ timestamp: NOW, updatedAt, breakerUntil }, "out");
    });
});
