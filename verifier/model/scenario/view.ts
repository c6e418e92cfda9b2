import { packBox } from "../account.ts";
import { deficitOf } from "../batch.ts";
import { type Bounds, boundsOf, bufferBps } from "../box.ts";
import type { Hasher } from "../hasher.ts";
import { equity, health } from "../margin.ts";
import { oracleRoot } from "../oracle.ts";
import { parametersHash } from "../parameters.ts";
import { type FundingIndices, liabilitiesOf, stateRoot } from "../state.ts";
import { marketTerms } from "../terms.ts";
import { accountsOf } from "../tree.ts";
import type { ParsedScenario } from "./parse.ts";
import type { ScenarioResult } from "./run.ts";

/** What `replay` prints; big integers become decimal strings by {@link toJson}. */
export function viewScenario({ scenario, profile }: ParsedScenario, result: ScenarioResult, hasher: Hasher): object {
  const { state, oracle, cast } = result;
  const terms = marketTerms(state, oracle, scenario.parameters);
  const bounds = boundsOf(state.tree.root.box, profile.markets);
  const accounts = [...accountsOf(state.tree, hasher)].map(([index, account]) => ({
    index,
    name: cast.nameOf(index) ?? null,
    owner: account.owner,
    key: { x: account.keyX, y: account.keyY },
    nonce: account.nonce,
    quote: account.quote,
    sizes: account.sizes,
    bounds: boundsOf(packBox(account.lanes), profile.markets).map(orNull),
    health: health(account, terms),
    equity: equity(account, terms),
  }));
  return {
    profile,
    domain: result.domain,
    steps: result.steps,
    accounts,
    totals: {
      sumQuote: state.sumQuote,
      insurance: state.insurance,
      liabilities: liabilitiesOf(state, terms.markets),
      deficit: deficitOf(state, terms),
      markets: state.markets,
    },
    box: bounds.map(orNull),
    buffers: terms.markets.map((market, index) => ({
      markBps: buffer(bounds[index], market.mark, market),
      medianBps: buffer(bounds[index], oracle.markets[index]?.median ?? market.mark, market),
    })),
    oracle,
    roots: {
      state: stateRoot(hasher, state),
      tree: state.tree.root.hash,
      box: state.tree.root.box,
      oracle: oracleRoot(hasher, oracle, scenario.parameters),
      parameters: parametersHash(hasher, scenario.parameters),
    },
  };
}

/** JSON with big integers as decimal strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part), 2);
}

/** JSON has no undefined: a side without positions prints as null. */
function orNull({ floor, ceiling }: Bounds): object {
  return { floor: floor ?? null, ceiling: ceiling ?? null };
}

function buffer(bounds: Bounds | undefined, price: bigint, funding: FundingIndices): bigint | null {
  return bounds === undefined ? null : (bufferBps(bounds, price, funding) ?? null);
}
