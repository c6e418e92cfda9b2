import { deriveKey, isValidKey } from "../../../verifier/model/eddsa.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { FIELD_ORDER, toFieldElement } from "../../helpers/fieldOrder.ts";
import {
  addPoints,
  BASE8,
  IDENTITY,
  invert,
  multiplyPoint,
  type Point,
  torsionPoint,
} from "../../helpers/model/jubjub.ts";
import { offCurveEighth } from "../../helpers/model/offCurve.ts";
import { Random } from "../../helpers/random.ts";

const key = deriveKey(new Uint8Array(32).fill(3)).publicKey;

describe("KeyBit", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "signature/KeyBit.circom" });
  });
  const agrees = (point: Point) => circuit.expectPass(point, { valid: Number(isValidKey(point)) });

  for (const [title, point] of Object.entries<Point>({
    "a derived key": key,
    Base8: BASE8,
    "3 * Base8": multiplyPoint(BASE8, 3n),
  })) {
    it(`is 1 for ${title}`, () => circuit.expectPass(point, { valid: 1 }));
  }

  for (let j = 1; j < 8; j++) {
    it(`is 0 for a key plus the torsion point ${j}`, () =>
      circuit.expectPass(addPoints(key, torsionPoint(j)), { valid: 0 }));
  }

  for (let j = 0; j < 8; j++) {
    it(`is 0 for the torsion point ${j} itself`, () => circuit.expectPass(torsionPoint(j), { valid: 0 }));
  }

  for (const [x, y] of [
    [0n, 0n],
    [5n, 7n],
    [1n, 0n],
    [key.x, key.y + 1n],
    [FIELD_ORDER - 1n, FIELD_ORDER - 1n],
  ] as const) {
    it(`is 0, and provable, off the curve at (${x}, ${y})`, () => circuit.expectPass({ x, y }, { valid: 0 }));
  }

  it("agrees with the model on random points of the curve and pairs off it", async () => {
    const random = new Random(21);
    for (let i = 0; i < 20; i++) {
      await agrees(addPoints(multiplyPoint(BASE8, random.bits(250)), torsionPoint(Number(random.bits(3)))));
      await agrees({ x: random.bits(253), y: random.bits(253) });
    }
  });
});

describe("AssertKeyBit", () => {
  const ORDER = 2736030358979909402780800718157159386076813972158567259200215660948447373041n;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "signature/AssertKeyBit.circom" });
  });
  const eighth = (point: Point) => multiplyPoint(point, (7n * ORDER + 1n) / 8n);
  const digits = (j: number) => [j & 1, (j >> 1) & 1, j >> 2];
  const hints = (point: Point, p: Point, j: number) => ({ ...point, eighthX: p.x, eighthY: p.y, torsion: digits(j) });

  it("accepts the true hints, and says 1", () => circuit.expectPass(hints(key, eighth(key), 0), { valid: 1 }));

  for (let j = 1; j < 8; j++) {
    const shifted = addPoints(key, torsionPoint(j));
    it(`accepts the torsion digits of ${j}, and says 0`, () =>
      circuit.expectPass(hints(shifted, eighth(key), j), { valid: 0 }));
    it(`refuses to call a key shifted by ${j} unshifted`, () => circuit.expectFail(hints(shifted, eighth(key), 0)));
    it(`refuses to call a key shifted by ${j} unshifted with its own eighth`, () =>
      circuit.expectFail(hints(shifted, eighth(shifted), 0)));
    it(`refuses to call a good key shifted by ${j}`, () => circuit.expectFail(hints(key, eighth(key), j)));
    it(`says the same with an eighth moved by the torsion point ${j}`, () =>
      circuit.expectPass(hints(key, addPoints(eighth(key), torsionPoint(j)), 0), { valid: 1 }));
  }

  it("refuses another eighth", () => circuit.expectFail(hints(key, addPoints(eighth(key), BASE8), 0)));

  it("refuses an eighth off the curve", () => circuit.expectFail(hints(key, { x: 0n, y: 0n }, 0)));

  it("refuses digits of the torsion index that are not 0 or 1", () =>
    circuit.expectFail({ ...hints(key, eighth(key), 0), torsion: [2, 0, 0] }));

  it("refuses digits that are not 0 or 1 and yet make the identity", () => {
    const [x1, y1, x2] = [torsionPoint(1).x, torsionPoint(1).y, torsionPoint(2).x];
    const second = toFieldElement(2n * x1 * invert(x2)); // with a first digit of 2, T has x = 0
    const sign = invert((1n - 2n) * (1n - second) + 2n * (1n - 2n * second) * y1); // and y = 1
    const third = toFieldElement((1n - sign) * invert(2n));
    return circuit.expectFail({ ...hints(key, eighth(key), 0), torsion: [2n, second, third] });
  });

  it("refuses the eighth of the opposite point, which has the same y", () =>
    circuit.expectFail(hints(key, eighth({ x: -key.x, y: key.y }), 0)));

  it("refuses the eighth of a good key for the bad key of the same x", () =>
    circuit.expectFail(hints({ x: key.x, y: -key.y }, eighth(key), 0)));

  it("refuses a pair off the curve whose formal eightfold is a shifted key", async () => {
    const { point, pair } = offCurveEighth();
    await circuit.expectFail(hints(point, pair, 0));
  });

  it("refuses the hints of Base8 for a key on the curve", () => circuit.expectFail(hints(key, eighth(BASE8), 0)));

  it("wants the hints of Base8 for a pair off the curve, and says 0", () =>
    circuit.expectPass(hints({ x: 5n, y: 7n }, eighth(BASE8), 0), { valid: 0 }));

  it("says 0 for the identity", () => circuit.expectPass(hints(IDENTITY, IDENTITY, 0), { valid: 0 }));
});
