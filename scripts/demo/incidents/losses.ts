/** The end of an incident's accounts: who lost what, and that together nothing was lost or made. */
import type { Direction } from "./direction.ts";
import { type Holdings, showLosses } from "./holdings.ts";

/** Shows the losses since `before`, and notes whether the sum is the same. @param accounts "left" once they were paid out in Exit */
export async function closeAccounts(
  direction: Direction,
  before: Holdings,
  moments: readonly [string, string],
  accounts: "open" | "left" = "open",
): Promise<Holdings> {
  const after = await direction.holdings(accounts);
  const { terminal } = direction.theatre;
  terminal.heading("Who lost what, to the unit (USD with six decimals)");
  showLosses(terminal, before, after, moments);
  const same = after.sum === before.sum;
  direction.saw(
    "conserved",
    same,
    same ? "together nothing was lost or made" : `together ${after.sum - before.sum} units`,
  );
  return after;
}
