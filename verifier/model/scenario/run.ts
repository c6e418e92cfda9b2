import { domainOf } from "../domain.ts";
import type { Hasher } from "../hasher.ts";
import { canonicalWords, OPERATION_TYPES } from "../operation.ts";
import { operationFields } from "../operationWords.ts";
import { genesisOracle, type OracleState } from "../oracle.ts";
import type { Outcome } from "../outcome.ts";
import { applyRound } from "../round.ts";
import { fundingIndices, genesisState, liabilitiesOf, type State } from "../state.ts";
import { marketTerms } from "../terms.ts";
import { applyOperation } from "../transition.ts";
import { type Cast, createCast, reporterKey } from "./cast.ts";
import { within } from "./errors.ts";
import { wordsOf } from "./operations.ts";
import type { ParsedScenario } from "./parse.ts";
import { reportWordsOf } from "./reports.ts";

/** What one step of a scenario did. */
export type StepReport =
  | { readonly round: bigint; readonly timestamp: bigint; readonly counted: number; readonly tvl: bigint }
  | { readonly operations: readonly ({ readonly type: string } & Outcome)[] };

/** A scenario run to its end. */
export interface ScenarioResult {
  readonly domain: bigint;
  readonly cast: Cast;
  readonly state: State;
  readonly oracle: OracleState;
  readonly steps: readonly StepReport[];
}

/**
 * Runs a scenario through the model alone.
 * @throws {ScenarioError} when a step cannot be encoded, or a round has too few good reports
 */
export function runScenario({ scenario, profile }: ParsedScenario, hasher: Hasher): ScenarioResult {
  const { parameters } = scenario;
  const domain = domainOf(scenario.chainId, scenario.guard);
  const cast = createCast(scenario.accounts);
  const reporters = Array.from({ length: profile.reporters }, (_, slot) => reporterKey(slot));
  const reporterKeys = reporters.map((key) => key.publicKey);
  let state = genesisState(hasher, profile);
  let oracle = within("genesis", () => genesisOracle(parameters, scenario.genesis.timestamp, scenario.genesis.prices));

  const steps = scenario.steps.map((step, at): StepReport => {
    const path = `steps[${at}]`;
    if ("round" in step) {
      const where = `${path}.round`;
      const tvl = step.round.tvl ?? liabilitiesOf(state, fundingIndices(state, oracle));
      const words = within(where, () =>
        reportWordsOf(step.round, { hasher, domain, markets: profile.markets, reporters }, where),
      );
      const { next, counted } = within(where, () =>
        applyRound(oracle, words, { hasher, profile, parameters, reporterKeys, domain, tvl }),
      );
      oracle = next;
      return { round: next.round, timestamp: next.timestamp, counted: counted.filter(Boolean).length, tvl };
    }
    const operations = step.operations.map((given, index) => {
      const where = `${path}.operations[${index}]`;
      const words = within(where, () => wordsOf(given, { hasher, domain, cast, state, round: oracle.round }, where));
      const canonical = canonicalWords(words);
      const terms = marketTerms(state, oracle, parameters, operationFields(canonical).loggedAt);
      const applied = applyOperation(state, canonical, { hasher, domain, terms });
      state = applied.after;
      return { type: OPERATION_TYPES[applied.fields.type] ?? "unknown", ...applied.outcome };
    });
    return { operations };
  });
  return { domain, cast, state, oracle, steps };
}
