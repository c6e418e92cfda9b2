/** Checks one oracle round: its reports, the transition that they force, and the proof of it. */
import type { Hasher } from "../model/hasher.ts";
import type { OracleState } from "../model/oracle.ts";
import { applyRound, orderRoundSignals, type RoundContext, RoundError, type RoundResult } from "../model/round.ts";
import type { RoundRecord } from "../replay/history.ts";
import type { CouncilTerms } from "./councilDecision.ts";
import type { GenesisValues } from "./genesis.ts";
import type { GuardLimits } from "./limits.ts";
import { checkProof } from "./proof.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";
import type { VerificationKey } from "./verificationKey.ts";

export interface CheckContext {
  readonly hasher: Hasher;
  readonly genesis: GenesisValues;
  readonly domain: bigint;
  /** The guard's own immutables. */
  readonly limits: GuardLimits;
  /** Null for a guard without a council. */
  readonly council: CouncilTerms | null;
  /** Null where no key was given: then proofs are unknown. */
  readonly keys: { readonly OracleRound: VerificationKey; readonly MarginBatch: VerificationKey } | null;
}

export interface RoundCheck {
  readonly findings: readonly Finding[];
  /** The oracle that the reports force; null when they force none. */
  readonly next: OracleState | null;
  /** How many reports counted. */
  readonly counted: number;
}

/**
 * Recomputes a round from the reports in its calldata.
 * @param tvl quote units: the liabilities proven when the round before was accepted
 */
export function checkRound(old: OracleState, record: RoundRecord, tvl: bigint, context: CheckContext): RoundCheck {
  const { update, event, words, priceWords } = record;
  const { hasher, domain, genesis } = context;
  const derived = derive(old, words, { hasher, domain, tvl, ...genesis });
  if (derived instanceof RoundError) {
    const rule =
      derived.code === "ROUND_QUORUM" ? "a quorum of reporters signed newer reports" : "the words make a round";
    const finding = violated(
      derived.code === "ROUND_QUORUM" ? "round.quorum" : "round.words",
      rule,
      "accepted",
      derived.message,
    );
    return { findings: [finding], next: null, counted: 0 };
  }
  const { next, signals, counted } = derived;
  const claimedSignals = {
    ...signals,
    newOracleRoot: update.newOracleRoot,
    dataCommitment: update.dataCommitment,
    priceWords,
    roundWord: update.round | (update.timestamp << 40n) | (tvl << 80n),
  };
  const findings = [
    held("round.quorum"),
    compared("round.number", "rounds follow one another", update.round, next.round),
    compared("round.timestamp", "the time is the median of the counted reports", update.timestamp, next.timestamp),
    compared(
      "round.newOracleRoot",
      "the oracle root is the one that the reports force",
      update.newOracleRoot,
      signals.newOracleRoot,
    ),
    comparedLists(
      "round.priceWords",
      "the price words are those that the reports force",
      priceWords,
      signals.priceWords,
    ),
    compared(
      "round.dataCommitment",
      "the commitment is to the reports in the calldata",
      update.dataCommitment,
      signals.dataCommitment,
    ),
    comparedLists(
      "round.event",
      "the event repeats the calldata",
      [event.round, event.timestamp, event.newOracleRoot],
      [update.round, update.timestamp, update.newOracleRoot],
    ),
    checkProof("round.proof", context.keys?.OracleRound ?? null, orderRoundSignals(claimedSignals), record.proof),
  ];
  return { findings, next, counted: counted.filter(Boolean).length };
}

function derive(old: OracleState, words: readonly bigint[], context: RoundContext): RoundResult | RoundError {
  try {
    return applyRound(old, words, context);
  } catch (error) {
    if (error instanceof RoundError) return error;
    throw error;
  }
}
