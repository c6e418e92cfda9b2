/** The oracle parameters of each market that do not depend on the asset, with unit and reason. */
import type { OracleMarketParameters } from "../../verifier/model/parameters.ts";

export const DEFAULT_BREAKER: Pick<OracleMarketParameters, "anchorRate" | "anchorSec" | "escalationSec"> = {
  anchorRate: 1n << 18n, // 25 %: a large asset moves so far only in a crash, or under somebody's hand; both call for reduce-only
  anchorSec: 3600n, // a thief who walks the price needs hours instead of minutes, and arbitrage meets him on the way
  escalationSec: 600n, // a second trip within ten minutes is the same event: wait twice as long before risk may grow again
};
