/** Who proves for a test's guard: toxic waste for free, or the circuits for real. */
import type { Groth16Proof } from "../../../verifier/check/groth16.ts";
import { type BatchContext, type BatchResult, orderBatchSignals } from "../../../verifier/model/batch.ts";
import type { OracleState } from "../../../verifier/model/oracle.ts";
import { orderRoundSignals, type RoundContext, type RoundResult } from "../../../verifier/model/round.ts";
import type { State } from "../../../verifier/model/state.ts";
import { KEYS } from "./syntheticHistory.ts";

export interface TestProver {
  round(old: OracleState, words: readonly bigint[], context: RoundContext, result: RoundResult): Promise<Groth16Proof>;
  batch(state: State, oracle: OracleState, context: BatchContext, result: BatchResult): Promise<Groth16Proof>;
}

/** Proves whatever the signals say, true or not. */
export const trapdoorProver: TestProver = {
  round: async (_, __, ___, { signals }) => KEYS.OracleRound.prove(orderRoundSignals(signals)),
  batch: async (_, __, ___, { signals }) => KEYS.MarginBatch.prove(orderBatchSignals(signals)),
};
