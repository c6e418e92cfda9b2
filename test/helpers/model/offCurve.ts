import { Field } from "@noble/curves/abstract/modular.js";
import { FIELD_ORDER } from "../fieldOrder.ts";
import { addPoints, BASE8, invert, multiplyPoint, type Point, torsionPoint } from "./jubjub.ts";

const A = 168700n;
const D = 168696n;
const field = Field(FIELD_ORDER);

/** A point K of the curve outside the prime subgroup, and a pair off the curve that doubles to K three times formally. */
export function offCurveEighth(): { readonly point: Point; readonly pair: Point } {
  for (let i = 1n; i < 200n; i++) {
    const point = addPoints(multiplyPoint(BASE8, i), torsionPoint(1 + Number(i % 7n)));
    let layer: Point[] = [point];
    for (let step = 0; step < 3; step++) layer = layer.flatMap(formalHalves);
    const pair = layer.find((candidate) => !isOnCurve(candidate) && returnsTo(candidate, point));
    if (pair !== undefined) return { point, pair };
  }
  throw new Error("no such pair among the first points");
}

/** All pairs (x, y), on the curve or not, that the doubling formulas take to the point. */
function formalHalves({ x, y }: Point): Point[] {
  // with p = x' y': x = 2 p / (1 + d p^2), and y (1 - d p^2) = y'^2 - a x'^2
  return roots(D * x, -2n, x).flatMap((p) =>
    roots(A, y * (1n - D * p * p), -p * p).flatMap((square) =>
      squareRoots(square).flatMap((half) => (half === 0n ? [] : [{ x: half, y: field.mul(p, invert(half)) }])),
    ),
  );
}

function roots(a: bigint, b: bigint, c: bigint): bigint[] {
  const [a2, b1, c0] = [field.create(2n * a), field.create(b), field.create(c)];
  return squareRoots(field.create(b1 * b1 - 2n * a2 * c0)).map((root) =>
    field.mul(field.create(root - b1), invert(a2)),
  );
}

function squareRoots(value: bigint): bigint[] {
  try {
    const root = field.sqrt(field.create(value));
    return root === 0n ? [0n] : [root, field.neg(root)];
  } catch {
    return []; // not a square
  }
}

function returnsTo(pair: Point, point: Point): boolean {
  let power = pair;
  for (let step = 0; step < 3; step++) power = addPoints(power, power);
  return power.x === point.x && power.y === point.y;
}

function isOnCurve({ x, y }: Point): boolean {
  return field.create(A * x * x + y * y - 1n - D * x * x * y * y) === 0n;
}
