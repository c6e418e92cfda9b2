import { FIELD_ORDER } from "./fieldOrder.ts";

/** One linear combination: wire indices and their coefficients, in step. */
type Combination = { readonly wires: readonly number[]; readonly coefficients: readonly bigint[] };

/** A compiled constraint system: a * b = c for every row. */
export type ConstraintSystem = {
  readonly wires: number;
  readonly publicOutputs: number;
  readonly publicInputs: number;
  readonly privateInputs: number;
  readonly rows: readonly (readonly [Combination, Combination, Combination])[];
};

const SECTION_HEADER = 1;
const SECTION_ROWS = 2;
const FIELD_BYTES = 32;

/** Number of constraints in a file of the r1cs format, without reading them. */
export function countConstraints(bytes: Uint8Array): number {
  const { view, header } = openSections(bytes);
  return view.getUint32(header + 24, true);
}

/** Reads the binary r1cs format (version 1, 32-byte field). */
export function parseConstraintSystem(bytes: Uint8Array): ConstraintSystem {
  const { view, sections, header } = openSections(bytes);
  const count = view.getUint32(header + 24, true);

  let cursor = sections.get(SECTION_ROWS) ?? 0;
  const combination = (): Combination => {
    const terms = view.getUint32(cursor, true);
    cursor += 4;
    const wires: number[] = [];
    const coefficients: bigint[] = [];
    for (let i = 0; i < terms; i++) {
      wires.push(view.getUint32(cursor, true));
      coefficients.push(readField(view, cursor + 4));
      cursor += 4 + FIELD_BYTES;
    }
    return { wires, coefficients };
  };
  const rows = Array.from({ length: count }, () => [combination(), combination(), combination()] as const);
  return {
    wires: view.getUint32(header, true),
    publicOutputs: view.getUint32(header + 4, true),
    publicInputs: view.getUint32(header + 8, true),
    privateInputs: view.getUint32(header + 12, true),
    rows,
  };
}

/** Index of the first row that the witness breaks, or -1 when it satisfies them all. */
export function firstBrokenRow(system: ConstraintSystem, witness: readonly bigint[]): number {
  const value = ({ wires, coefficients }: Combination): bigint => {
    let sum = 0n;
    for (let i = 0; i < wires.length; i++) sum += coefficients[i]! * witness[wires[i]!]!;
    return sum;
  };
  return system.rows.findIndex(([a, b, c]) => (value(a) * value(b) - value(c)) % FIELD_ORDER !== 0n);
}

function openSections(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sections = new Map<number, number>();
  let at = 12;
  for (let i = 0; i < view.getUint32(8, true); i++) {
    sections.set(view.getUint32(at, true), at + 12);
    at += 12 + Number(view.getBigUint64(at + 4, true));
  }
  return { view, sections, header: (sections.get(SECTION_HEADER) ?? 0) + 4 + FIELD_BYTES };
}

function readField(view: DataView, at: number): bigint {
  let value = 0n;
  for (let i = 3; i >= 0; i--) value = (value << 64n) | view.getBigUint64(at + 8 * i, true);
  return value > FIELD_ORDER >> 1n ? value - FIELD_ORDER : value; // small when negative: cheaper products
}
