import { applyRound, RoundError, type RoundResult } from "../../verifier/model/round.ts";
import { AbortedError } from "../errors.ts";
import type { CircuitArtefact } from "../proving/artefact.ts";
import { submitRoundCall } from "../settle/calls.ts";
import type { Submitter } from "../settle/submitter.ts";
import { roundInputs } from "../witness/roundInputs.ts";
import { NoGenesisError, RoundNotProvableError } from "./errors.ts";
import type { RoundReceipt } from "./handle.ts";
import type { Ledger } from "./ledger.ts";
import { keyOf, type ProofJob, type ProveContext, proveOnce } from "./prove.ts";
import type { Constants, View } from "./view.ts";

export interface RoundProverConfig extends ProveContext {
  readonly ledger: Ledger;
  readonly constants: Constants;
  readonly circuit: CircuitArtefact;
  readonly submitter: Submitter;
  readonly guard: string;
  /** Proven round according to the guard at the newest block. */
  readonly roundOnChain: () => Promise<bigint>;
  /** Resolves when the followed branch has reached a condition. */
  readonly until: (reached: (view: View) => boolean, signal: AbortSignal) => Promise<void>;
}

/** Proves one round after the other: each begins at the state that the one before has left. */
export function createRoundProver(
  config: RoundProverConfig,
): (words: readonly bigint[], signal: AbortSignal) => Promise<RoundReceipt> {
  const { ledger, constants, circuit, submitter, events } = config;
  let turn: Promise<unknown> = Promise.resolve();

  async function submitRound(words: readonly bigint[], signal: AbortSignal): Promise<RoundReceipt> {
    if (signal.aborted) throw new AbortedError("a round");
    const view = ledger.view();
    if (view === null) throw new NoGenesisError("a round");
    const context = { ...constants, ...view.rules, tvl: view.nextTvl };
    const result = resultOf(view, words, context);
    const inputs = () => roundInputs(view.oracle, words, context, result);
    const job: ProofJob = { circuit, publicSignals: result.publicSignals, inputs };
    const { proof } = await proveOnce(config, job, signal);

    const { round, timestamp } = result.next;
    const data = submitRoundCall(round, timestamp, result.signals, words, proof);
    const isObsolete = async () => (await config.roundOnChain()) >= round;
    const outcome = await submitter.submit({ purpose: keyOf(job), to: config.guard, data }, isObsolete, signal);
    if (outcome.status === "mined") {
      events.emit("settled", { kind: "round", transactionHash: outcome.hash, gasUsed: outcome.gasUsed });
    }
    await config.until((reached) => reached.oracle.round >= round, signal);
    return { round, transactionHash: outcome.status === "mined" ? outcome.hash : null };
  }

  return (words, signal) => {
    const result = turn.then(() => submitRound(words, signal));
    turn = result.catch(() => undefined); // a failed round does not spoil the next one
    return result;
  };
}

function resultOf(view: View, words: readonly bigint[], context: Parameters<typeof applyRound>[2]): RoundResult {
  try {
    return applyRound(view.oracle, words, context);
  } catch (error) {
    if (error instanceof RoundError) throw new RoundNotProvableError(error.code, error.message, error);
    throw error;
  }
}
