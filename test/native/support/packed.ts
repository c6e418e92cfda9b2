import { BASE_FIELD, fromLittleEndian, inverseMod, toLittleEndian } from "../../../scripts/circuits/bn254.ts";
import type { Coordinate, Point } from "./referenceCurve.ts";

const R = 1n << 256n;

/** Field elements in Montgomery form, as keys hold them. */
export const packElements = (values: readonly bigint[], modulus: bigint): Uint8Array =>
  Buffer.concat(values.map((value) => toLittleEndian((value * R) % modulus)));

/** Integers of 32 bytes, as witnesses hold them. */
export const packIntegers = (values: readonly bigint[]): Uint8Array => Buffer.concat(values.map(toLittleEndian));

export const unpackIntegers = (bytes: Uint8Array): bigint[] =>
  Array.from({ length: bytes.length / 32 }, (_, index) =>
    fromLittleEndian(bytes.subarray(32 * index, 32 * index + 32)),
  );

export function unpackElements(bytes: Uint8Array, modulus: bigint): bigint[] {
  const back = inverseMod(R % modulus, modulus);
  return unpackIntegers(bytes).map((value) => (value * back) % modulus);
}

/** Points as keys hold them; infinity is all zeros. `parts` is 1 in G1, 2 in G2. */
export const packPoints = (points: readonly Point[], parts: number): Uint8Array =>
  packElements(
    points.flatMap((point) => (point === null ? new Array<bigint>(2 * parts).fill(0n) : [...point.x, ...point.y])),
    BASE_FIELD,
  );

export function unpackPoints(bytes: Uint8Array, parts: number): Point[] {
  const values = unpackElements(bytes, BASE_FIELD);
  return Array.from({ length: values.length / (2 * parts) }, (_, index) => {
    const x: Coordinate = values.slice(2 * parts * index, 2 * parts * index + parts);
    const y: Coordinate = values.slice(2 * parts * index + parts, 2 * parts * (index + 1));
    return [...x, ...y].every((value) => value === 0n) ? null : { x, y };
  });
}
