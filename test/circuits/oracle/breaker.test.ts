import { hasStrayed, nextAnchor, nextBreaker } from "../../../verifier/model/breaker.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";
import { GENESIS_SEC as NOW } from "../../helpers/roundScenario.ts";

const COOLDOWN = 600n;
const ESCALATION = 900n;

describe("NextLevel and NextBreaker", () => {
  const MAIN = `
pragma circom 2.2.0;
include "../lib/AssertUint.circom";
include "./NextBreaker.circom";
include "./NextLevel.circom";
template Main() {
    signal input tripped; signal input timestamp; signal input cooldownSec; signal input escalationSec;
    signal input breakerUntil; signal input breakerLevel;
    signal {maxbit} time <== AssertUint(40)(timestamp); signal {maxbit} until <== AssertUint(40)(breakerUntil);
    signal {maxbit} cooldown <== AssertUint(20)(cooldownSec); signal {maxbit} soon <== AssertUint(20)(escalationSec);
    signal {maxbit} before <== AssertUint(2)(breakerLevel);
    signal {maxbit} level <== NextLevel()(tripped, time, until, soon, before);
    signal output outLevel <== level;
    signal output outUntil <== NextBreaker()(tripped, time, cooldown, until, level);
}
component main {public [tripped, timestamp, cooldownSec, escalationSec, breakerUntil, breakerLevel]} = Main();`;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "oracle/NextBreaker.circom", text: MAIN });
  });

  const input = (breakerUntil: bigint, breakerLevel: bigint, tripped = true, timestamp = NOW) => ({
    ...{ tripped: tripped ? 1n : 0n, timestamp, cooldownSec: COOLDOWN, escalationSec: ESCALATION },
    ...{ breakerUntil, breakerLevel },
  });
  const agrees = ({ tripped, timestamp, ...given }: ReturnType<typeof input>) => {
    const next = nextBreaker(given, tripped === 1n, timestamp, given);
    const outputs = { outLevel: next.breakerLevel, outUntil: next.breakerUntil };
    return circuit.expectPass({ tripped, timestamp, ...given }, outputs);
  };

  for (const level of [0n, 1n, 2n, 3n])
    for (const [title, until] of [
      ["before any trip", 0n],
      ["long after the end", NOW - ESCALATION],
      ["in the last second that is soon", NOW - ESCALATION + 1n],
      ["in the second of the end", NOW],
      ["in the last second before the end", NOW + 1n],
      ["while a longer one is set", NOW + 8n * COOLDOWN + 1n],
    ] as const)
      it(`agree with the model at level ${level} ${title}, with and without a trip`, async () => {
        await agrees(input(until, level));
        await agrees(input(until, level, false));
      });

  it("agree with the model when the first trip comes within escalationSec of time zero", () =>
    agrees(input(0n, 2n, true, 5n)));
  it("agree with the model on random breakers", async () => {
    const random = new Random(77);
    for (let i = 0; i < 100; i++)
      await agrees({
        ...{ timestamp: NOW, cooldownSec: random.spread(20), escalationSec: random.spread(20) },
        ...{ tripped: random.bits(1), breakerLevel: random.bits(2) },
        breakerUntil: random.chance(4) ? 0n : NOW + random.between(-1_000n, 1_000n),
      });
  });
  it("bind both outputs, tripped or not", async () => {
    for (const tripped of [true, false]) {
      await circuit.expectBound(input(NOW - 1n, 1n, tripped), "outLevel");
      await circuit.expectBound(input(NOW - 1n, 1n, tripped), "outUntil");
    }
  });
  it("refuse a breaker that ends beyond 2^40 s", () => circuit.expectFail(input(0n, 0n, true, (1n << 40n) - COOLDOWN)));
  it("refuse a level of 4", () => circuit.expectFail(input(NOW, 4n)));
});

describe("HasStrayed", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "oracle/HasStrayed.circom", tags: { anchor: 27, median: 27, anchorRate: 20 } });
  });
  const agrees = (anchor: bigint, median: bigint, anchorRate: bigint) =>
    circuit.expectPass({ anchor, median, anchorRate }, { out: hasStrayed({ anchor }, median, { anchorRate }) ? 1 : 0 });

  it("agrees with the model at the limit on both sides, and binds its bit", async () => {
    const [anchor, limit] = [1_000_003n, 250_000n];
    for (const distance of [0n, limit - 1n, limit, limit + 1n])
      for (const median of [anchor - distance, anchor + distance]) {
        await agrees(anchor, median, 262_144n);
        await circuit.expectBound({ anchor, median, anchorRate: 262_144n }, "out");
      }
  });
  it("agrees with the model at the ends of the ranges and on random prices", async () => {
    const top = (1n << 27n) - 1n;
    for (const [anchor, median, rate] of [
      [1n, 1n, 1n],
      [1n, top, (1n << 20n) - 1n],
      [top, 1n, (1n << 20n) - 1n],
    ] as const)
      await agrees(anchor, median, rate);
    const random = new Random(78);
    for (let i = 0; i < 60; i++) await agrees(random.spread(27) || 1n, random.spread(27) || 1n, random.spread(20));
  });
});

describe("NextAnchor", () => {
  let circuit: TestCircuit;
  before(async () => {
    const tags = { anchor: 27, anchorAt: 40, mark: 27, timestamp: 40, anchorSec: 20 };
    circuit = await testCircuit({ file: "oracle/NextAnchor.circom", tags });
  });
  const anchorSec = 3_600n;
  for (const [title, anchorAt] of [
    ["one second too young", NOW - anchorSec + 1n],
    ["just old enough", NOW - anchorSec],
    ["ancient", 0n],
    ["of the future", NOW + 9n],
  ] as const)
    it(`agrees with the model on an anchor ${title}, and binds it`, async () => {
      const given = { anchor: 1_000n, anchorAt, mark: 1_234n, timestamp: NOW, anchorSec };
      const next = nextAnchor(given, given.mark, NOW, given);
      await circuit.expectPass(given, { outAnchor: next.anchor, outAt: next.anchorAt });
      await circuit.expectBound(given, "outAnchor");
      await circuit.expectBound(given, "outAt");
    });
});
