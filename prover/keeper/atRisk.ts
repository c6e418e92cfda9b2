import { boundsOf } from "../../verifier/model/box.ts";
import { hasPosition, health } from "../../verifier/model/margin.ts";
import type { Branch, Leaf, Subtree } from "../../verifier/model/node.ts";
import type { Terms } from "../../verifier/model/terms.ts";
import type { Tree } from "../../verifier/model/tree.ts";

/** An account whose certificate does not show it healthy at the terms. */
export interface AtRisk {
  readonly index: number;
  /** Quote units; below zero it may be moved to the insurance account, else only its certificate is out of date. */
  readonly health: bigint;
}

/**
 * The accounts whose bounds are crossed. Subtrees whose box shows everyone in them healthy are skipped: the cost follows the
 * accounts found, not those that there are.
 * @see verifier/model/certificate.ts, why an account within its bounds is healthy
 */
export function* accountsAtRisk({ root, depth }: Tree, terms: Terms): Generator<AtRisk> {
  function* walk(node: Subtree, level: number, index: number): Generator<AtRisk> {
    if (!isCrossed(node.box, terms)) return;
    if (level === 0) {
      const { account } = node as Leaf; // at level 0 all nodes are leaves
      if (hasPosition(account)) yield { index, health: health(account, terms) };
      return;
    }
    const { left, right } = node as Branch; // above the leaves all nodes are branches
    yield* walk(left, level - 1, index);
    yield* walk(right, level - 1, index + 2 ** (level - 1));
  }
  yield* walk(root, depth, 0);
}

/** Whether a price net of maintenance margin and funding is beyond the tightest bound of its market and side. */
function isCrossed(box: bigint, { markets }: Terms): boolean {
  if (box === 0n) return false;
  const bounds = boundsOf(box, markets.length);
  return markets.some(({ kappaLong, kappaShort }, market) => {
    const { floor, ceiling } = bounds[market] ?? {};
    return (floor !== undefined && kappaLong < floor) || (ceiling !== undefined && kappaShort > ceiling);
  });
}
