/** A Groth16 proof over BN254, affine coordinates as snarkjs writes them (pi_b: real part first). */
export interface GrothProof {
  readonly a: readonly [bigint, bigint];
  readonly b: readonly [readonly [bigint, bigint], readonly [bigint, bigint]];
  readonly c: readonly [bigint, bigint];
}

/** A verified proof and the public signals that it is for, in the circuit's order. */
export interface ProvenSignals {
  readonly proof: GrothProof;
  readonly publicSignals: readonly bigint[];
}

/** Circuit inputs by signal name; a backend knows nothing else of the domain. */
export type CircuitInputs = Readonly<Record<string, unknown>>;

/** Makes proofs. Every proof is verified against the circuit's verification key before it is handed on. */
export interface ProofBackend {
  /**
   * @param circuit name of a circuit that the backend was made with
   * @param inputs field elements as bigint, nested in arrays as the circuit declares them; they never reach a log or an error
   * @throws {ProofRefusedError} when the witness does not satisfy the circuit, or the proof does not verify
   * @throws {ProvingInterruptedError} when the prover died or was too slow
   * @throws {AbortedError} when the signal fires first
   */
  prove(circuit: string, inputs: CircuitInputs, signal?: AbortSignal): Promise<ProvenSignals>;
  /** Ends every process of the backend and waits for that. */
  close(): Promise<void>;
}
