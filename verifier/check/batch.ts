/** Checks one settled batch: its operations, the transition that they force, its claims, and the proof of it. */
import { applyBatch, type BatchResult, orderBatchSignals } from "../model/batch.ts";
import { OPERATION_TYPES } from "../model/operation.ts";
import { canonicalWords, operationFields } from "../model/operationWords.ts";
import type { OracleState } from "../model/oracle.ts";
import type { BatchRecord } from "../replay/history.ts";
import { currentCheckpoint, type DerivedClaim, liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import { checkCreatedClaims, claimsOf } from "./claims.ts";
import { checkProof } from "./proof.ts";
import type { CheckContext } from "./round.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";

export interface BatchCheck {
  readonly findings: readonly Finding[];
  /** Null when the operations are not those of the log, so that nothing follows from them. */
  readonly result: BatchResult | null;
  readonly claims: readonly DerivedClaim[];
}

/** Recomputes a batch from the log and the round in which its operations were logged. */
export function checkBatch(replayed: Replayed, record: BatchRecord, context: CheckContext): BatchCheck {
  const placement = checkPlacement(replayed, record, context);
  const oracle = oracleOf(replayed, record);
  if (oracle === undefined || placement.some(({ verdict }) => verdict.status !== "holds")) {
    return { findings: placement, result: null, claims: [] };
  }
  const { hasher, domain, genesis, keys } = context;
  const { update, event } = record;
  const result = applyBatch(replayed.state, oracle, record.operations, { hasher, domain, ...genesis });
  const { signals } = result;
  const claims = claimsOf(
    record.operations,
    result.outcomes.map(({ valid }) => valid),
    record.place.blockTime,
  );
  const { firstOperation: _, ...claimed } = update;
  const says = (name: keyof typeof claimed, invariant: string) =>
    compared(`batch.${name}`, invariant, claimed[name], signals[name]);
  const findings = [
    ...placement,
    says("newStateRoot", "the state root is the one that the operations force"),
    says("outcomeWord", "validity is a function of the log and the oracle"),
    says("box", "the box holds the tightest bound of every market and side"),
    says("totalsWord", "liabilities, insurance and deficit are those of the new state"),
    says("lossWord", "the loss indices are those of the new state"),
    says("dataCommitment", "the commitment is to the canonical words"),
    comparedLists(
      "batch.event",
      "the event repeats the calldata",
      [
        ...[event.firstOperation, event.count, event.round, event.newStateRoot],
        ...[event.outcomeWord, event.totalsWord, event.box, event.lossWord],
      ],
      [
        update.firstOperation,
        BigInt(record.operations.length),
        oracle.round,
        update.newStateRoot,
        update.outcomeWord,
        update.totalsWord,
        update.box,
        update.lossWord,
      ],
    ),
    conservation(replayed, record, result),
    arrivals(replayed, record),
    checkCreatedClaims(replayed.claims.length, record.claims, claims),
    checkProof("batch.proof", keys?.MarginBatch ?? null, orderBatchSignals({ ...signals, ...claimed }), record.proof),
  ];
  return { findings, result, claims };
}

/** What everyone is owed changes by exactly the valid deposits and withdrawals. */
function conservation(replayed: Replayed, { operations, update }: BatchRecord, { outcomes }: BatchResult): Finding {
  const derived = operations.reduce((sum, raw, index) => {
    const { type, amount } = operationFields(canonicalWords(raw));
    const name = outcomes[index]?.valid === true ? OPERATION_TYPES[type] : undefined;
    return name === "deposit" ? sum + amount : name === "withdraw" ? sum - amount : sum;
  }, liabilitiesIn(replayed.totalsWord));
  return compared(
    "batch.conservation",
    "liabilities change by deposits and withdrawals only",
    liabilitiesIn(update.totalsWord),
    derived,
  );
}

/** Tokens that came with the log's deposits: never fewer than before, never more than the deposits say. */
function arrivals(replayed: Replayed, { operations, event }: BatchRecord): Finding {
  const before = currentCheckpoint(replayed).checkpoint.arrived;
  const most = operations.reduce((sum, raw) => {
    const { type, amount } = operationFields(canonicalWords(raw));
    return OPERATION_TYPES[type] === "deposit" ? sum + amount : sum;
  }, before);
  if (event.arrived >= before && event.arrived <= most) return held("batch.arrived");
  return violated("batch.arrived", "tokens arrive with deposits", event.arrived, `${before} to ${most}`);
}

/** Whether the batch takes the log's next operations, raw and in order, all of one round that exists. */
function checkPlacement(replayed: Replayed, record: BatchRecord, { genesis }: CheckContext): readonly Finding[] {
  const { operations, update } = record;
  const first = Number(update.firstOperation);
  const slots = genesis.profile.operations;
  const size = operations.length >= 1 && operations.length <= slots;
  const rounds = new Set(operations.map(roundOf));
  const logged = replayed.operations.slice(first, first + operations.length).flat();
  return [
    compared(
      "batch.firstOperation",
      "no operation is skipped or settled twice",
      update.firstOperation,
      BigInt(replayed.settled),
    ),
    size
      ? held("batch.count")
      : violated("batch.count", "a batch fits the circuit", BigInt(operations.length), `1 to ${slots}`),
    comparedLists("batch.operations", "the operations are those of the log", operations.flat(), logged),
    rounds.size === 1 && oracleOf(replayed, record) !== undefined
      ? held("batch.round")
      : violated(
          "batch.round",
          "all operations were logged in one proven round",
          [...rounds].join(),
          "one proven round",
        ),
  ];
}

function oracleOf(replayed: Replayed, { operations }: BatchRecord): OracleState | undefined {
  const [first = []] = operations;
  return replayed.oracles.find(({ round }) => round === roundOf(first));
}

/** The round that the log wrote into an operation, raw: the guard reads it from words that are not canonical too. */
function roundOf(words: readonly bigint[]): bigint {
  return BigInt.asUintN(ROUND_WIDTH, words[2] ?? 0n);
}

const ROUND_WIDTH = 40;
