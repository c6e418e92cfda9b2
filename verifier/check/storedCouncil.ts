/** The words that the guard keeps of its council's restrictions. */
import type { Replayed } from "../replay/replayed.ts";
import type { StoredState } from "../replay/stored.ts";
import { STORED } from "./invariants.ts";
import { restrictionWord } from "./restriction.ts";
import { CouldNotCheckError, comparedLists, type Finding, unknown } from "./verdict.ts";

export function storedCouncilFindings(replayed: Replayed, { council }: StoredState): readonly Finding[] {
  if (council === null) return [];
  if (council.words === null)
    return [unknown("stored.council", new CouldNotCheckError("the endpoint does not show the guard's storage"))];
  return [comparedLists("stored.council", STORED, council.words, replayed.council.map(restrictionWord))];
}
