/** A follower of the protocol on the executable model: what anyone can recompute from public data, one step at a time. */
import type { PublicKey } from "../../../verifier/model/eddsa.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import { canonicalWords } from "../../../verifier/model/operationWords.ts";
import { genesisOracle, type OracleState } from "../../../verifier/model/oracle.ts";
import type { Parameters } from "../../../verifier/model/parameters.ts";
import type { Profile } from "../../../verifier/model/profile.ts";
import { applyRound, type RoundResult } from "../../../verifier/model/round.ts";
import { genesisState, liabilitiesOf, type State } from "../../../verifier/model/state.ts";
import { marketTerms, type Terms } from "../../../verifier/model/terms.ts";
import { applyOperation, type Step } from "../../../verifier/model/transition.ts";

/** What never changes for one instance. */
export interface LedgerContext {
  readonly hasher: Hasher;
  readonly profile: Profile;
  readonly parameters: Parameters;
  readonly reporterKeys: readonly PublicKey[];
  readonly domain: bigint;
}

/** Proven words as they will be once everything logged is settled. */
export interface Ledger {
  readonly state: State;
  readonly oracle: OracleState;
}

/** The ledger before the first deposit. @param prices first mark of each market, ticks */
export function openLedger(context: LedgerContext, timeSec: number, prices: readonly bigint[]): Ledger {
  return {
    state: genesisState(context.hasher, context.profile),
    oracle: genesisOracle(context.parameters, BigInt(timeSec), prices),
  };
}

/** What operations logged at a time are judged by; at the last round's own time by default. */
export function termsOf(ledger: Ledger, context: LedgerContext, loggedAt = 0n): Terms {
  return marketTerms(ledger.state, ledger.oracle, context.parameters, loggedAt);
}

/** The next round from the reporters' words. @param tvl what the guard will use, quote units */
export function followRound(
  ledger: Ledger,
  words: readonly bigint[],
  tvl: bigint,
  context: LedgerContext,
): { readonly ledger: Ledger; readonly result: RoundResult } {
  const result = applyRound(ledger.oracle, words, { ...context, tvl });
  return { ledger: { ...ledger, oracle: result.next }, result };
}

/** One operation, judged at the current round. */
export function followOperation(
  ledger: Ledger,
  operation: Operation,
  context: LedgerContext,
): { readonly ledger: Ledger; readonly step: Step } {
  const words = canonicalWords(encodeOperation(operation));
  const step = applyOperation(ledger.state, words, { ...context, terms: termsOf(ledger, context, operation.loggedAt) });
  return { ledger: { ...ledger, state: step.after }, step };
}

/** What the vault owes by the model, quote units. */
export function owed(ledger: Ledger, context: LedgerContext): bigint {
  return liabilitiesOf(ledger.state, termsOf(ledger, context).markets);
}
