import { FIELD_ORDER } from "../fieldOrder.ts";

/** A point of BabyJubjub, affine: the slow and obvious arithmetic that the circuits are compared with. */
export type Point = { readonly x: bigint; readonly y: bigint };

const A = 168700n;
const D = 168696n;
const modulo = (value: bigint) => ((value % FIELD_ORDER) + FIELD_ORDER) % FIELD_ORDER;

export const IDENTITY: Point = { x: 0n, y: 1n };
export const BASE8: Point = {
  x: 5299619240641551281634865583518297030282874472190772894086521144482721001553n,
  y: 16950150798460657717958625567821834550301663161624707787222815936182638968203n,
};
/** A point of order 8. */
export const TORSION_ONE: Point = {
  x: 4342719913949491028786768530115087822524712248835451589697801404893164183326n,
  y: 4826523245007015323400664741523384119579596407052839571721035538011798951543n,
};

export function addPoints(p: Point, q: Point): Point {
  const cross = modulo(D * p.x * p.y * q.x * q.y);
  return {
    x: modulo((p.x * q.y + p.y * q.x) * invert(1n + cross)),
    y: modulo((p.y * q.y - A * p.x * q.x) * invert(1n - cross)),
  };
}

export function multiplyPoint(point: Point, scalar: bigint): Point {
  let sum = IDENTITY;
  for (let rest = scalar, power = point; rest > 0n; rest >>= 1n, power = addPoints(power, power)) {
    if (rest & 1n) sum = addPoints(sum, power);
  }
  return sum;
}

/** The point of order dividing 8 with index j: j times TORSION_ONE. */
export function torsionPoint(j: number): Point {
  return multiplyPoint(TORSION_ONE, BigInt(j));
}

/** The inverse of a field element; 0 for 0. */
export function invert(value: bigint): bigint {
  let result = 1n;
  for (let exponent = FIELD_ORDER - 2n, power = modulo(value); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * power) % FIELD_ORDER;
    power = (power * power) % FIELD_ORDER;
  }
  return result;
}
