import { FIELD_ORDER, toFieldElement } from "./fieldOrder.ts";
import type { ConstraintSystem } from "./r1cs.ts";

/** The inverse inside IsZero: any value will do when the input is 0, and nothing reads it. */
const IDLE = /\.inv$/;

type Combination = ConstraintSystem["rows"][number][number];

/**
 * Which wires of a witness are forced once some are given? Works through the constraints with the witness's values: a
 * row that leaves one unknown wire forces it; so does a row of binary unknowns whose weights outgrow each other.
 * Compile at level 0: merged linear constraints hide the digits of range checks.
 * @param given wires that are taken as known: inputs, and hints whose uniqueness is argued elsewhere
 * @returns the wires that are not forced
 */
export function unforcedWires(system: ConstraintSystem, witness: readonly bigint[], given: Iterable<number>): number[] {
  const known = new Set<number>([0, ...given]);
  const binary = new Set(system.rows.map(binaryWire).filter((wire) => wire !== undefined));
  let open = [...system.rows];
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    open = open.filter((row) => {
      const unknowns = linearUnknowns(row, witness, known);
      if (unknowns === undefined) return true;
      if (unknowns.size > 1 && !outgrow(unknowns, binary)) return true;
      for (const wire of unknowns.keys()) known.add(wire);
      return false;
    });
  }
  return Array.from({ length: system.wires }, (_, wire) => wire).filter((wire) => !known.has(wire));
}

/** A compiled circuit with the wire of each signal; negative for a signal that optimisation removed. */
export interface NamedCircuit {
  readonly system: ConstraintSystem;
  readonly names: ReadonlyMap<string, number>;
}

/**
 * Names of the signals that inputs do not force, but for idle inverses.
 * @param argued names of hints whose uniqueness is argued elsewhere: taken as given
 * @throws {RangeError} when so much is given that the answer would say little
 */
export function unforcedSignals(
  { system, names }: NamedCircuit,
  witness: readonly bigint[],
  argued: RegExp,
): readonly string[] {
  const inputs = Array.from({ length: system.publicInputs + system.privateInputs }, (_, i) => 1 + i);
  const hints = [...names].filter(([name, wire]) => wire > 0 && argued.test(name)).map(([, wire]) => wire);
  const given = [...inputs, ...hints];
  if (given.length >= witness.length / 10) throw new RangeError(`${given.length} of ${witness.length} wires are given`);
  const idle = new Set([...names].filter(([name]) => IDLE.test(name)).map(([, wire]) => wire));
  const unforced = new Set(unforcedWires(system, witness, given).filter((wire) => !idle.has(wire)));
  return [...names].filter(([, wire]) => unforced.has(wire)).map(([name]) => name);
}

/** Coefficients of the unknown wires of a row, if it is linear in them at this witness. */
function linearUnknowns(
  [a, b, c]: ConstraintSystem["rows"][number],
  witness: readonly bigint[],
  known: ReadonlySet<number>,
): Map<number, bigint> | undefined {
  const [left, right] = [unknownsOf(a, known), unknownsOf(b, known)];
  if (left.length > 0 && right.length > 0) return undefined;
  const [fixed, free] = left.length === 0 ? [a, right] : [b, left];
  const scale = combine(fixed, witness);
  const sum = new Map<number, bigint>();
  for (const [wire, coefficient] of free) sum.set(wire, scale * coefficient);
  for (const [wire, coefficient] of unknownsOf(c, known)) sum.set(wire, (sum.get(wire) ?? 0n) - coefficient);
  for (const [wire, coefficient] of sum) if (coefficient % FIELD_ORDER === 0n) sum.delete(wire);
  return sum;
}

/** Whether each weight is above the sum of the smaller ones, so that the digits of a sum are unique. */
function outgrow(unknowns: ReadonlyMap<number, bigint>, binary: ReadonlySet<number>): boolean {
  if (![...unknowns.keys()].every((wire) => binary.has(wire))) return false;
  const weights = [...unknowns.values()].map(magnitude).sort((p, q) => (p < q ? -1 : 1));
  let sum = 0n;
  for (const weight of weights) {
    if (weight <= sum) return false;
    sum += weight;
  }
  return sum < FIELD_ORDER / 2n;
}

/** The wire x of a row x * (x - 1) = 0. */
function binaryWire([a, b, c]: ConstraintSystem["rows"][number]): number | undefined {
  if (c.wires.length > 0) return undefined;
  const [wire] = [...a.wires, ...b.wires].filter((candidate) => candidate !== 0);
  if (wire === undefined || [...a.wires, ...b.wires].some((other) => other !== 0 && other !== wire)) return undefined;
  const at = (value: bigint) => evaluate(a, value) * evaluate(b, value);
  return [0n, 1n].every((value) => at(value) % FIELD_ORDER === 0n) ? wire : undefined;
}

function evaluate({ wires, coefficients }: Combination, value: bigint): bigint {
  return wires.reduce((sum, wire, i) => sum + coefficients[i]! * (wire === 0 ? 1n : value), 0n);
}

function combine({ wires, coefficients }: Combination, witness: readonly bigint[]): bigint {
  return wires.reduce((sum, wire, i) => sum + coefficients[i]! * witness[wire]!, 0n) % FIELD_ORDER;
}

function unknownsOf({ wires, coefficients }: Combination, known: ReadonlySet<number>): [number, bigint][] {
  return wires.flatMap((wire, i): [number, bigint][] => (known.has(wire) ? [] : [[wire, coefficients[i]!]]));
}

function magnitude(value: bigint): bigint {
  const element = toFieldElement(value);
  return element > FIELD_ORDER / 2n ? FIELD_ORDER - element : element;
}
