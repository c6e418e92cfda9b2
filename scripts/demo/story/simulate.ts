/** Plays the story on the model alone: no chain, no circuit, no proof. What the real demo must arrive at. */
import { maximum } from "../../../verifier/model/arithmetic.ts";
import { deficitOf } from "../../../verifier/model/batch.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { equity, health } from "../../../verifier/model/margin.ts";
import type { Operation } from "../../../verifier/model/operation.ts";
import type { OracleMarket } from "../../../verifier/model/oracle.ts";
import type { Outcome } from "../../../verifier/model/outcome.ts";
import { signReport } from "../../../verifier/model/report.ts";
import { accountAt } from "../../../verifier/model/tree.ts";
import type { RecordedMarket } from "../market.ts";
import { PARAMETERS, PROFILE } from "../parameters.ts";
import { marketTime } from "../units.ts";
import { CAST } from "./cast.ts";
import { compose } from "./compose.ts";
import { followOperation, followRound, type Ledger, type LedgerContext, openLedger, owed, termsOf } from "./ledger.ts";
import { REPORTER_KEYS } from "./people.ts";
import type { Action, Scene } from "./story.ts";

export interface PlayedAction {
  readonly action: Action;
  readonly operation: Operation;
  readonly outcome: Outcome;
}

export interface PlayedScene {
  readonly scene: Scene;
  readonly actions: readonly PlayedAction[];
  /** After the round and before the actions. */
  readonly markets: readonly OracleMarket[];
  /** Accounts below maintenance and bankrupt ones, after the round and before the actions: account numbers. */
  readonly unhealthy: readonly number[];
  readonly bankrupt: readonly number[];
  /** After the actions. */
  readonly unhealthyAfter: readonly number[];
  readonly deficitAfter: bigint;
  readonly box: bigint;
  readonly ledger: Ledger;
}

/** The context that both the simulation and the real run judge by. */
export async function ledgerContext(domain: bigint): Promise<LedgerContext> {
  const reporterKeys = REPORTER_KEYS.map((key) => key.publicKey);
  return { hasher: await createHasher(), profile: PROFILE, parameters: PARAMETERS, reporterKeys, domain };
}

/** First marks: the median venue price of the instant, as a genesis would take it. @returns ticks by market */
export function firstPrices(market: RecordedMarket, timeSec: number): readonly bigint[] {
  return market.pricesAt(timeSec).map((prices) => {
    const sorted = prices.filter((price) => price !== null).sort((a, b) => Number(a - b));
    return maximum(1n, sorted[sorted.length >> 1] ?? 1n);
  });
}

/** Plays all scenes in order. @param domain any; signatures are bound to it */
export async function simulate(
  story: readonly Scene[],
  market: RecordedMarket,
  domain = 1n,
): Promise<readonly PlayedScene[]> {
  const context = await ledgerContext(domain);
  const startSec = marketTime(story[0]?.at ?? "");
  let ledger = openLedger(context, startSec, firstPrices(market, startSec));
  const played: PlayedScene[] = [];
  for (const scene of story) {
    if (scene.round) {
      const words = REPORTER_KEYS.flatMap((key, slot) =>
        signReport(context.hasher, key, domain, market.reportAt(slot, marketTime(scene.at))),
      );
      ledger = followRound(ledger, words, owed(ledger, context), context).ledger;
    }
    const before = ledger;
    const actions: PlayedAction[] = [];
    for (const action of scene.actions) {
      const operation = compose(action, ledger, context);
      const { ledger: next, step } = followOperation(ledger, operation, context);
      actions.push({ action, operation, outcome: step.outcome });
      ledger = next;
    }
    const terms = termsOf(ledger, context);
    played.push({
      scene,
      actions,
      markets: before.oracle.markets,
      unhealthy: accountsWhere(before, (account) => health(account, terms) < 0n),
      bankrupt: accountsWhere(before, (account) => equity(account, terms) < 0n),
      unhealthyAfter: accountsWhere(ledger, (account) => health(account, terms) < 0n),
      deficitAfter: deficitOf(ledger.state, terms),
      box: ledger.state.tree.root.box,
      ledger,
    });
  }
  return played;
}

function accountsWhere(ledger: Ledger, holds: (account: ReturnType<typeof accountAt>) => boolean): readonly number[] {
  return Array.from({ length: CAST.length + 1 }, (_, index) => index).filter((index) =>
    holds(accountAt(ledger.state.tree, index)),
  );
}
