import { FIELD_BYTES, SCALAR_FIELD } from "../bn254.ts";
import { domainPower, type R1cs } from "../r1cs.ts";
import type { Kernel } from "./kernel.ts";
import { lagrangeAt } from "./lagrange.ts";

/** The circuit's polynomials at tau: one field element a wire, Montgomery form, by pointer. */
export interface QapAtTau {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Section 4 of a zkey: count, then {matrix, row, wire, coefficient * R^2} for every entry of A and B. */
  readonly coefficients: { readonly pointer: number; readonly bytes: number };
}

const ENTRY_BYTES = 4 + FIELD_BYTES;
const ZKEY_ENTRY_BYTES = 12 + FIELD_BYTES;

/** Entries of the A and B combinations together, to know the size of section 4. */
function countEntries(circuit: R1cs): number {
  let entries = 0;
  let at = 0;
  for (let row = 0; row < circuit.constraints; row++) {
    for (let matrix = 0; matrix < 3; matrix++) {
      const count = circuit.body.readUInt32LE(at);
      if (matrix < 2) entries += count;
      at += 4 + count * ENTRY_BYTES;
    }
  }
  return entries;
}

/**
 * Evaluates A, B and C of the QAP at tau: X_wire(tau) = sum over rows of coefficient * L_row(tau).
 * After the constraints come the rows that snarkjs adds: A alone holds public signal s (and one, s = 0) in row
 * constraints + s. They bind public inputs that no constraint uses.
 * @param tau evaluation point, not in the domain
 */
export function evaluateQap(kernel: Kernel, circuit: R1cs, tau: bigint): QapAtTau {
  const { field } = kernel;
  const { wires, constraints, publicSignals } = circuit;
  const lagrange = lagrangeAt(kernel, tau, domainPower(circuit), { odd: false, scale: 1n });
  const sums = [0, 1, 2].map(() => kernel.allocate(wires * FIELD_BYTES));
  const [a = 0, b = 0, c = 0] = sums;

  const entries = countEntries(circuit) + publicSignals + 1;
  const table = kernel.allocate(4 + entries * ZKEY_ENTRY_BYTES);
  const body = kernel.allocate(circuit.body.length);
  kernel.bytes(body, circuit.body.length).set(circuit.body);
  const one = kernel.element(1n);
  const minusOne = kernel.element(SCALAR_FIELD - 1n);
  const product = kernel.allocate(FIELD_BYTES);
  const coefficient = kernel.allocate(FIELD_BYTES);

  const view = kernel.view(); // nothing is allocated below
  const oneLow = view.getUint32(one, true); // low words tell almost all other coefficients apart from 1 and -1
  const minusOneLow = view.getUint32(minusOne, true);
  const equals = (left: number, right: number) => {
    for (let i = 0; i < FIELD_BYTES; i += 4)
      if (view.getUint32(left + i, true) !== view.getUint32(right + i, true)) return false;
    return true;
  };

  let written = table + 4;
  view.setUint32(table, entries, true);
  const writeEntry = (matrix: number, row: number, wire: number) => {
    view.setUint32(written, matrix, true);
    view.setUint32(written + 4, row, true);
    view.setUint32(written + 8, wire, true);
    field.frm_toMontgomery(coefficient, written + 12);
    written += ZKEY_ENTRY_BYTES;
  };

  let at = body;
  for (let row = 0; row < constraints; row++) {
    const basis = lagrange + row * FIELD_BYTES;
    for (let matrix = 0; matrix < 3; matrix++) {
      const count = view.getUint32(at, true);
      const sum = sums[matrix] ?? 0;
      at += 4;
      for (let i = 0; i < count; i++, at += ENTRY_BYTES) {
        const wire = view.getUint32(at, true);
        const target = sum + wire * FIELD_BYTES;
        field.frm_toMontgomery(at + 4, coefficient);
        const low = view.getUint32(coefficient, true);
        if (low === oneLow && equals(coefficient, one)) field.frm_add(target, basis, target);
        else if (low === minusOneLow && equals(coefficient, minusOne)) field.frm_sub(target, basis, target);
        else {
          field.frm_mul(coefficient, basis, product);
          field.frm_add(target, product, target);
        }
        if (matrix < 2) writeEntry(matrix, row, wire);
      }
    }
  }
  kernel.bytes(coefficient, FIELD_BYTES).set(kernel.bytes(one, FIELD_BYTES));
  for (let signal = 0; signal <= publicSignals; signal++) {
    const target = a + signal * FIELD_BYTES;
    field.frm_add(target, lagrange + (constraints + signal) * FIELD_BYTES, target);
    writeEntry(0, constraints + signal, signal);
  }
  return { a, b, c, coefficients: { pointer: table, bytes: written - table } };
}
