/** What the exit hall holds of its register and its ratio. */
import type { Replayed } from "../replay/replayed.ts";
import type { StoredState } from "../replay/stored.ts";
import { depositsShown, EMPTY_HALL } from "./hallBook.ts";
import { STORED } from "./invariants.ts";
import { compared, comparedLists, type Finding } from "./verdict.ts";

export function storedHallFinding({ hall }: Replayed, { hall: kept }: StoredState): Finding {
  if (kept === null) return compared("stored.hall", STORED, "no hall", hall === EMPTY_HALL ? "no hall" : "a hall");
  const text = (insurance: bigint | null) => (insurance === null ? "not shown" : insurance.toString());
  const { backed = 0n, owed = 0n } = hall.ratio ?? {};
  return comparedLists(
    "stored.hall",
    STORED,
    [kept.isOpen ? "open" : "closed", kept.backed, kept.owed, text(kept.insurance), kept.losses, kept.deposits],
    [hall.ratio === null ? "closed" : "open", backed, owed, text(hall.insurance), hall.losses, depositsShown(hall)],
  );
}
