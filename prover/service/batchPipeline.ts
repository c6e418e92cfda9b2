import { AbortedError, describeError } from "../errors.ts";
import type { CircuitArtefact } from "../proving/artefact.ts";
import { settleBatchCall } from "../settle/calls.ts";
import type { Submitter } from "../settle/submitter.ts";
import { batchInputs } from "../witness/batchInputs.ts";
import type { Ledger } from "./ledger.ts";
import { areCurrent, type BatchPlan, nextBatch } from "./plan.ts";
import { keyOf, type ProofJob, type ProveContext, proveOnce } from "./prove.ts";
import type { Constants, View } from "./view.ts";
import type { Stage, Work } from "./work.ts";

export interface PipelineConfig extends ProveContext {
  readonly ledger: Ledger;
  readonly constants: Constants;
  readonly circuit: CircuitArtefact;
  readonly submitter: Submitter;
  readonly guard: string;
  /** Operations settled according to the guard at the newest block. */
  readonly settledOnChain: () => Promise<number>;
  readonly lookahead: number;
  /** Wait after a failure, milliseconds. */
  readonly restMs: number;
  /** Ends submissions; a sent transaction is followed to its end even when its batch is given up. */
  readonly signal: AbortSignal;
  /** Called when something changed that `update` should look at. */
  readonly wake: () => void;
}

/** Blocks after inclusion by which a settlement is seen, unless a reorganisation has removed it. */
const GRACE_BLOCKS = 2;

/** Plans batches ahead of the settled state, has them proven side by side, and settles them in order. */
export interface BatchPipeline {
  /** Brings plans, proofs and settlements into line with the followed branch. Starts work, waits for none. */
  update(view: View, headBlock: number): void;
  /** The branch changed: what was sent may have to be sent again. Proofs of what is logged as before go on. */
  doubt(): void;
  /** Gives all work up; running proofs are killed. */
  reset(): void;
  /** For a person: what is being done. */
  describe(): readonly string[];
}

export function createBatchPipeline(config: PipelineConfig): BatchPipeline {
  const { ledger, constants, circuit, submitter, events } = config;
  let queue: Work[] = [];

  function update(view: View, headBlock: number): void {
    for (const done of queue.filter(({ plan }) => endOf(plan) <= view.settled)) done.stop.abort();
    queue = queue.filter(({ plan }) => endOf(plan) > view.settled);
    const plans = queue.map((work) => work.plan);
    if (!areCurrent(plans, view, ledger)) reset();
    extend(view);
    for (const work of queue) if (work.stage === "planned") void prove(work);
    const [first] = queue;
    if (first?.stage === "sent" && headBlock > first.dueBlock) first.stage = "proven"; // a reorganisation took it
    if (first?.stage === "proven") void settle(first, headBlock);
  }

  function extend(view: View): void {
    while (queue.length < config.lookahead) {
      const last = queue.at(-1)?.plan;
      const plan = nextBatch(
        ledger,
        view,
        last ? endOf(last) : view.settled,
        last?.result.next ?? view.state,
        constants,
      );
      // While a proof is being made, a batch that may still grow waits for company: a proof costs the same for one operation.
      if (plan === null || !(plan.complete || queue.every((work) => work.proven !== null))) return;
      const inputs = () => batchInputs(plan.oldState, plan.oracle, { ...constants, ...view.rules }, plan.result);
      const job: ProofJob = { circuit, publicSignals: plan.result.publicSignals, inputs };
      queue.push({ plan, job, stop: new AbortController(), stage: "planned", proven: null, dueBlock: 0 });
    }
  }

  async function prove(work: Work): Promise<void> {
    work.stage = "proving";
    try {
      work.proven = await proveOnce(config, work.job, work.stop.signal);
      work.stage = "proven";
      config.wake();
    } catch (error) {
      rest(work, "planned", error);
    }
  }

  async function settle(work: Work, headBlock: number): Promise<void> {
    if (work.proven === null) return;
    work.stage = "sending";
    const { plan, job } = work;
    const intent = {
      purpose: keyOf(job),
      to: config.guard,
      data: settleBatchCall(plan.first, plan.result.signals, plan.operations, work.proven.proof),
    };
    try {
      const isObsolete = async () => (await config.settledOnChain()) > plan.first;
      const outcome = await submitter.submit(intent, isObsolete, config.signal);
      work.stage = "sent";
      work.dueBlock = GRACE_BLOCKS + (outcome.status === "mined" ? outcome.blockNumber : headBlock + GRACE_BLOCKS);
      if (outcome.status === "mined") {
        events.emit("settled", { kind: "batch", transactionHash: outcome.hash, gasUsed: outcome.gasUsed });
      }
      config.wake();
    } catch (error) {
      rest(work, "proven", error);
    }
  }

  /** Alarms, waits, and takes the work up where it failed. Later batches wait with it: order is never changed. */
  function rest(work: Work, again: Stage, error: unknown): void {
    if (work.stop.signal.aborted || error instanceof AbortedError) return;
    work.stage = "resting";
    const { code, message } = describeError(error);
    events.emit("alarm", { code, message: `batch at operation ${work.plan.first}: ${message}` });
    const timer = setTimeout(() => {
      work.stage = again;
      config.wake();
    }, config.restMs);
    work.stop.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  function doubt(): void {
    for (const work of queue) if (work.stage === "sent") work.stage = "proven";
  }

  function reset(): void {
    for (const work of queue) work.stop.abort();
    queue = [];
  }

  return {
    update,
    doubt,
    reset,
    describe: () => queue.map(({ plan, stage }) => `operations ${plan.first} to ${endOf(plan) - 1}: ${stage}`),
  };
}

const endOf = (plan: BatchPlan): number => plan.first + plan.operations.length;
