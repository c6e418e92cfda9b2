/** The margin buffer of each market in words. */
import { bufferBpsDown, edgesOf, NO_LIMIT, pricesOf } from "../check/edges.ts";
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";

/** @returns one note for each market in which somebody has a position */
export function bufferNotes(state: State, oracle: OracleState): readonly string[] {
  const edges = edgesOf(state.tree.root.box, oracle.markets.length);
  return pricesOf(state, oracle).flatMap((prices, market) => {
    const buffer = bufferBpsDown(edges[market] ?? { floor: null, ceiling: null }, prices);
    return buffer === NO_LIMIT ? [] : [`buffer of market ${market}: ${buffer} bps`];
  });
}
