/** One proof against the signals that the guard must have built. */
import { type Groth16Proof, verifyGroth16 } from "./groth16.ts";
import { CouldNotCheckError, type Finding, held, unknown, violated } from "./verdict.ts";
import type { VerificationKey } from "./verificationKey.ts";

/**
 * Whether the proof in the calldata proves what was claimed there.
 * @param key null when none was given
 * @param signals the claimed values among those that the chain fixes, in the circuit's order
 */
export function checkProof(
  check: string,
  key: VerificationKey | null,
  signals: readonly bigint[],
  proof: Groth16Proof,
): Finding {
  if (key === null) return unknown(check, new CouldNotCheckError("no verification key was given"));
  const verdict = verifyGroth16(key, signals, proof);
  return verdict.accepted
    ? held(check)
    : violated(check, "the proof proves the claimed signals", "accepted", verdict.reason);
}
