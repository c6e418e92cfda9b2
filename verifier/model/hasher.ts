// @ts-expect-error circomlibjs has no types
import { buildPoseidon } from "circomlibjs";

/** Poseidon over BN254 with circomlib's constants. */
export interface Hasher {
  /**
   * Poseidon of 1 to 16 field elements.
   * @param inputs canonical field elements
   * @returns a canonical field element
   */
  hash(inputs: readonly bigint[]): bigint;
}

let shared: Promise<Hasher> | undefined;

/** The default hasher; built once per process. */
export function createHasher(): Promise<Hasher> {
  shared ??= build();
  return shared;
}

async function build(): Promise<Hasher> {
  const poseidon = await buildPoseidon();
  return { hash: (inputs) => poseidon.F.toObject(poseidon(inputs)) };
}
