import { G1_GENERATOR, G2_GENERATOR } from "../../../scripts/circuits/bn254.ts";
import { addPoints, type Point } from "./referenceCurve.ts";

const G1: Point = { x: [G1_GENERATOR.x], y: [G1_GENERATOR.y] };
const G2: Point = { x: [...G2_GENERATOR.x], y: [...G2_GENERATOR.y] };

/** Both groups: the addon's name, parts of a coordinate, generator. */
export const GROUPS = [
  { group: "g1", parts: 1, generator: G1 },
  { group: "g2", parts: 2, generator: G2 },
] as const;

/** Multiples 0, 1, 2, ... of a generator; 0 is infinity. */
export function multiples(generator: Point, count: number): Point[] {
  const out: Point[] = [null];
  while (out.length < count) out.push(addPoints(out[out.length - 1]!, generator));
  return out;
}
