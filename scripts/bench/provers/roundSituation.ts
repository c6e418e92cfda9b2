import type { CircuitInputs } from "../../../prover/proving/backend.ts";
import { roundInputs } from "../../../prover/witness/roundInputs.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import type { Profile } from "../../../verifier/model/profile.ts";
import { nextRound, openingOracle, settingOf } from "./setting.ts";

/** Inputs of a second round with a report in every slot. */
export function roundSituation(hasher: Hasher, profile: Profile): CircuitInputs {
  const setting = settingOf(hasher, profile);
  const first = nextRound(setting, openingOracle(setting)).result.next;
  const { words, context, result } = nextRound(setting, first);
  return roundInputs(first, words, context, result);
}
