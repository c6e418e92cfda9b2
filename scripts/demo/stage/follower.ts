/** Follows the guard's events with the model, as any onlooker can: derives each round and batch again from chain data. */
import { proofKey } from "../../../prover/store/proofs.ts";
import type { Groth16Proof } from "../../../verifier/check/groth16.ts";
import { bitsOf } from "../../../verifier/model/arithmetic.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { LIABILITIES_BITS, ROUND_BITS } from "../../../verifier/model/constants.ts";
import type { OracleState } from "../../../verifier/model/oracle.ts";
import type { State } from "../../../verifier/model/state.ts";
import { readBatch, readRound } from "../../../verifier/replay/calldata.ts";
import { createRpc, type RpcTransaction } from "../../../verifier/replay/rpc.ts";
import { followRound, type Ledger, type LedgerContext } from "../story/ledger.ts";
import type { LoggedAction } from "../story/logged.ts";
import type { Stage } from "./contracts.ts";

interface Settled {
  readonly transaction: string;
  readonly block: number;
  readonly gasUsed: bigint;
  readonly publicSignals: readonly bigint[];
  readonly proof: Groth16Proof;
  /** Names the proof in the prover's records. */
  readonly key: string;
  /** Whether the model arrives at what the guard stored. */
  readonly agrees: boolean;
}

export interface ProvenRound extends Settled {
  readonly kind: "round";
  readonly round: bigint;
}

export interface ProvenBatch extends Settled {
  readonly kind: "batch";
  /** Index in the log of its first operation. */
  readonly first: number;
  /** What the batch settled, with the outcomes that the proof shows. */
  readonly actions: readonly LoggedAction[];
}

interface Version {
  readonly state: State;
  /** Quote units. */
  readonly liabilities: bigint;
}

export type Proven = ProvenRound | ProvenBatch;
type Seen = Pick<Settled, "transaction" | "block" | "gasUsed">;

export interface Follower {
  /** Tells the follower what was posted, in order. */
  posted(action: LoggedAction): void;
  /** What was proven since the last call, in chain order. */
  news(): Promise<readonly Proven[]>;
  /** State and oracle as proven by what was told. */
  ledger(): Ledger;
  /** Everything proven so far. */
  readonly history: readonly Proven[];
}

/** @param digests SHA-256 of the two proving keys, which the prover names its proofs by */
export function createFollower(
  stage: Stage,
  context: LedgerContext,
  genesis: Ledger,
  digests: Readonly<Record<"OracleRound" | "MarginBatch", string>>,
): Follower {
  const rpc = createRpc(stage.provider);
  const guard = stage.addresses.guard.toLowerCase();
  const posted: LoggedAction[] = [];
  const history: Proven[] = [];
  const oracles = new Map<bigint, OracleState>([[genesis.oracle.round, genesis.oracle]]);
  let { oracle, state }: { oracle: OracleState; state: State } = genesis;
  let liabilities = 0n;
  let nextTvl = 0n; // the guard notes the liabilities when it accepts a round, for the next round's proof
  /** What was proven after so many operations, of the branch that counts. */
  const versions = new Map<number, Version>([[0, { state, liabilities }]]);
  let seenBlock = stage.addresses.genesisBlock;

  async function news(): Promise<readonly Proven[]> {
    const head = await stage.provider.getBlockNumber();
    if (head <= seenBlock) return [];
    const range = { fromBlock: seenBlock + 1, toBlock: head };
    const logs = await stage.provider.getLogs({ address: stage.addresses.guard, ...range });
    seenBlock = head;
    const found: Proven[] = [];
    for (const { transactionHash, blockNumber, topics, data } of logs) {
      const event = stage.guard.interface.parseLog({ topics, data });
      const name = event?.name;
      if (name === "RolledBack") goBack(Number(event?.args.settled));
      if (name !== "RoundProven" && name !== "BatchProven") continue;
      const transaction = await rpc.transaction(transactionHash);
      const receipt = await stage.provider.getTransactionReceipt(transactionHash);
      const seen = { transaction: transactionHash, block: blockNumber, gasUsed: receipt?.gasUsed ?? 0n };
      found.push(name === "RoundProven" ? deriveRound(seen, transaction) : deriveBatch(seen, transaction));
    }
    history.push(...found);
    return found;
  }

  /** The guard went back to an earlier state: what was posted after it is abandoned. */
  function goBack(settled: number): void {
    const version = versions.get(settled);
    if (version === undefined) throw new RangeError(`no batch ended after ${settled} operations`);
    ({ state, liabilities } = version);
    posted.splice(settled);
  }

  function deriveRound(seen: Seen, transaction: RpcTransaction): ProvenRound {
    const { update, words, proof } = readRound(transaction, guard);
    const { ledger, result } = followRound({ state, oracle }, words, nextTvl, context);
    oracle = ledger.oracle;
    oracles.set(oracle.round, oracle);
    nextTvl = liabilities;
    const { publicSignals, signals } = result;
    const key = proofKey(digests.OracleRound, publicSignals);
    const agrees = signals.newOracleRoot === update.newOracleRoot;
    return { kind: "round", ...seen, round: oracle.round, publicSignals, proof, key, agrees };
  }

  function deriveBatch(seen: Seen, transaction: RpcTransaction): ProvenBatch {
    const { update, operations, proof } = readBatch(transaction, guard);
    const first = Number(update.firstOperation);
    const round = bitsOf(operations[0]?.[2] ?? 0n, 0n, ROUND_BITS);
    const result = applyBatch(state, oracles.get(round) ?? oracle, operations, context);
    state = result.next;
    liabilities = bitsOf(result.signals.totalsWord, 0n, LIABILITIES_BITS);
    versions.set(first + operations.length, { state, liabilities });
    const actions = posted
      .slice(first, first + operations.length)
      .map((action, index) => ({ ...action, step: result.steps[index] ?? action.step }));
    const { publicSignals, signals } = result;
    const key = proofKey(digests.MarginBatch, publicSignals);
    const agrees = signals.newStateRoot === update.newStateRoot && signals.outcomeWord === update.outcomeWord;
    return { kind: "batch", ...seen, first, actions, publicSignals, proof, key, agrees };
  }

  return { posted: (action) => void posted.push(action), news, ledger: () => ({ state, oracle }), history };
}
