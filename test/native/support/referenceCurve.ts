import { BASE_FIELD, inverseMod } from "../../../scripts/circuits/bn254.ts";

/** A coordinate of G1 has one part, of G2 two (real, imaginary); all in [0, q). */
export type Coordinate = readonly bigint[];
/** An affine point, or null for infinity. */
export type Point = { readonly x: Coordinate; readonly y: Coordinate } | null;

const wrap = (value: bigint): bigint => ((value % BASE_FIELD) + BASE_FIELD) % BASE_FIELD;
const part = (a: Coordinate, index: number): bigint => a[index] ?? 0n;
const join = (a: Coordinate, b: Coordinate, make: (x: bigint, y: bigint) => bigint): Coordinate =>
  a.map((value, index) => wrap(make(value, part(b, index))));

export const add = (a: Coordinate, b: Coordinate): Coordinate => join(a, b, (x, y) => x + y);
export const subtract = (a: Coordinate, b: Coordinate): Coordinate => join(a, b, (x, y) => x - y);
export function multiply(a: Coordinate, b: Coordinate): Coordinate {
  const [re, im] = [
    part(a, 0) * part(b, 0) - part(a, 1) * part(b, 1),
    part(a, 0) * part(b, 1) + part(a, 1) * part(b, 0),
  ];
  return a.length === 1 ? [wrap(re)] : [wrap(re), wrap(im)];
}
/** Zero for zero, as the kernels have it. */
export function invert(a: Coordinate): Coordinate {
  const norm = wrap(part(a, 0) ** 2n + part(a, 1) ** 2n);
  if (norm === 0n) return a;
  const scale = inverseMod(norm, BASE_FIELD);
  return [wrap(part(a, 0) * scale), wrap(-part(a, 1) * scale)].slice(0, a.length);
}
const same = (a: Coordinate, b: Coordinate): boolean => a.every((value, index) => value === part(b, index));
const triple = (a: Coordinate): Coordinate => add(add(a, a), a);

/** The textbook group law. */
export function addPoints(p: Point, q: Point): Point {
  if (p === null) return q;
  if (q === null) return p;
  if (same(p.x, q.x) && !same(p.y, q.y)) return null;
  const slope = same(p.x, q.x)
    ? multiply(triple(multiply(p.x, p.x)), invert(add(p.y, p.y)))
    : multiply(subtract(q.y, p.y), invert(subtract(q.x, p.x)));
  const x = subtract(subtract(multiply(slope, slope), p.x), q.x);
  return { x, y: subtract(multiply(slope, subtract(p.x, x)), p.y) };
}

export const negate = (p: Point): Point => p && { x: p.x, y: p.y.map((value) => wrap(-value)) };

/** scalar * p, bit by bit. */
export function timesPoint(p: Point, scalar: bigint): Point {
  let out: Point = null;
  for (const bit of scalar.toString(2)) {
    out = addPoints(out, out);
    if (bit === "1") out = addPoints(out, p);
  }
  return out;
}
