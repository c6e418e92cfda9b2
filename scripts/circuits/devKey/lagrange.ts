import { FIELD_BYTES, inverseMod, powerMod, SCALAR_FIELD } from "../bn254.ts";
import type { Kernel } from "./kernel.ts";

/** 2^28 divides r - 1; 5 is the smallest non-residue, from which ffjavascript (and so every snarkjs file) takes its roots. */
const TWO_ADICITY = 28n;
const NON_RESIDUE = 5n;

/** The root of unity of order 2^power that snarkjs uses. */
export function rootOfUnity(power: number): bigint {
  const whole = powerMod(NON_RESIDUE, (SCALAR_FIELD - 1n) >> TWO_ADICITY, SCALAR_FIELD);
  return powerMod(whole, 1n << (TWO_ADICITY - BigInt(power)), SCALAR_FIELD);
}

/**
 * Lagrange polynomials over the roots of unity of order 2^power, evaluated at tau:
 *   L_j(tau) = (tau^n - 1) / n * w^j / (tau - w^j),   n = 2^power.
 * @param options.odd take j = 1, 3, 5, ... only: the coset on which snarkjs evaluates the quotient
 * @param options.scale a factor for all of them
 * @returns pointer to the values in Montgomery form
 */
export function lagrangeAt(
  kernel: Kernel,
  tau: bigint,
  power: number,
  options: { readonly odd: boolean; readonly scale: bigint },
): number {
  const { field } = kernel;
  const size = 2 ** power;
  const count = options.odd ? size / 2 : size;
  const root = rootOfUnity(power);
  const vanishing = powerMod(tau, BigInt(size), SCALAR_FIELD) - 1n;
  const factor = (vanishing * inverseMod(BigInt(size), SCALAR_FIELD) * options.scale) % SCALAR_FIELD;

  const values = kernel.allocate(count * FIELD_BYTES);
  const denominators = kernel.allocate(count * FIELD_BYTES);
  const step = kernel.element(options.odd ? root * root : root);
  const tauElement = kernel.element(tau);
  const factorElement = kernel.element(factor);
  const node = kernel.element(options.odd ? root : 1n);
  for (let i = 0; i < count; i++) {
    const offset = i * FIELD_BYTES;
    field.frm_sub(tauElement, node, denominators + offset);
    field.frm_mul(node, factorElement, values + offset);
    field.frm_mul(node, step, node);
  }
  kernel.reserve((count + 1) * FIELD_BYTES);
  field.frm_batchInverse(denominators, FIELD_BYTES, count, denominators, FIELD_BYTES);
  for (let i = 0; i < count; i++) {
    const offset = i * FIELD_BYTES;
    field.frm_mul(values + offset, denominators + offset, values + offset);
  }
  return values;
}
