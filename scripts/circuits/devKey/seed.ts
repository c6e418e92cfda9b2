/**
 * The toxic waste of development keys: public on purpose. Whoever reads this file can forge a proof of anything under
 * such a key, which is why every artefact made from it carries DEV_SETUP, and no deployment but to a local chain takes it.
 */
import { createHash } from "node:crypto";
import { SCALAR_FIELD } from "../bn254.ts";

/** The marker on verification keys, manifests and contracts that come from the public seed. */
export const DEV_SETUP = "dev: forgeable by anyone, seed public";

export const DEV_SEED = "homeostat development keys, known to everyone";

/** Part of the cache key: raise it when the same r1cs and seed would give other bytes. */
export const DEV_KEY_VERSION = 1;

/** The secrets of a Groth16 setup, in [2, r). gamma is 1, as in every snarkjs key. */
export interface SetupSecrets {
  readonly tau: bigint;
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly delta: bigint;
}

/** SHA-512 of the labelled text, reduced: the bias is below 2^-250. 0 and 1 are moved away, though nobody will ever meet them. */
function scalarFrom(...parts: readonly string[]): bigint {
  const digest = createHash("sha512").update(JSON.stringify(parts)).digest("hex");
  return 2n + (BigInt(`0x${digest}`) % (SCALAR_FIELD - 2n));
}

/**
 * tau, alpha and beta are common to all circuits, as with a real powers-of-tau file; delta is each circuit's own.
 * @param circuitDigest sha256 of the r1cs file, hex
 */
export function devSecrets(circuitDigest: string, seed: string = DEV_SEED): SetupSecrets {
  return {
    tau: scalarFrom(seed, "tau"),
    alpha: scalarFrom(seed, "alpha"),
    beta: scalarFrom(seed, "beta"),
    delta: scalarFrom(seed, "delta", circuitDigest),
  };
}
