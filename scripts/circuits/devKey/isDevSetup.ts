import { bn254 } from "@noble/curves/bn254.js";
import type { VerificationKey } from "../verificationKey.ts";
import { devSecrets } from "./seed.ts";

/** alpha does not depend on the circuit, so it betrays every key from the public seed, marked or not. */
const DEV_ALPHA = bn254.G1.Point.BASE.multiply(devSecrets("").alpha).toAffine();

/** What a manifest says of itself. */
export interface SetupClaim {
  readonly setup: string;
}

/** The first word of the `setup` of a manifest whose keys come from a ceremony. */
export const CEREMONY_PREFIX = "ceremony:";

/**
 * Whether proofs under this key, or under the keys of this manifest, can be forged by anyone who has read the sources.
 * Deployments refuse such keys unless the chain is a local one (chain id 31337).
 * @param subject a verification key, judged by its marker and by its alpha; or a manifest, judged by its word
 */
export function isDevSetup(subject: VerificationKey | SetupClaim): boolean {
  if (!("vk_alpha_1" in subject)) return !subject.setup.startsWith(CEREMONY_PREFIX);
  const [x, y] = subject.vk_alpha_1;
  return subject.setup !== undefined || (BigInt(x) === DEV_ALPHA.x && BigInt(y) === DEV_ALPHA.y);
}
