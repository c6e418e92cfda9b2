import type { CircuitInputs } from "../../prover/proving/backend.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import type { Artefacts, CircuitName } from "../circuits/artefacts.ts";
import { buildProfile } from "../circuits/build.ts";
import { batchSituation } from "./provers/batchSituation.ts";
import { roundSituation } from "./provers/roundSituation.ts";

/** The smallest profile, which the demo and the tests use. */
export const PROFILE = PROFILES.dev;

/** Its circuits and keys, built unless they are, and what each is proven with: reports in every slot, a trade and a withdrawal. */
export async function devCircuits(
  say: (line: string) => void,
): Promise<{ readonly artefacts: Artefacts; readonly inputs: Readonly<Record<CircuitName, CircuitInputs>> }> {
  const artefacts = await buildProfile(PROFILE.name, { onProgress: say });
  const hasher = await createHasher();
  return {
    artefacts,
    inputs: { OracleRound: roundSituation(hasher, PROFILE), MarginBatch: batchSituation(hasher, PROFILE) },
  };
}
