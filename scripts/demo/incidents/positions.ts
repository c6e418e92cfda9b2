/** Proven positions by name. */
import { accountAt } from "../../../verifier/model/tree.ts";
import { accountOf, type Name } from "../story/cast.ts";
import type { Direction } from "./direction.ts";

/** Lots that somebody holds in a market by what is proven; negative for a short. */
export function sizeOf({ theatre }: Direction, who: Name | "insurance", market: number): bigint {
  const { state } = theatre.follower.ledger();
  return accountAt(state.tree, who === "insurance" ? 0 : accountOf(who)).sizes[market] ?? 0n;
}
