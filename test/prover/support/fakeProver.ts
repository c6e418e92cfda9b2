import { keccak256, solidityPacked } from "ethers";
import type { CircuitArtefact } from "../../../prover/proving/artefact.ts";
import type { CircuitInputs, ProofBackend } from "../../../prover/proving/backend.ts";

const BATCH_SIGNALS =
  "oldStateRoot newStateRoot oracleRoot domain dataCommitment challenge evaluation outcomeWord box totalsWord lossWord";
const ROUND_SIGNALS =
  "oldOracleRoot newOracleRoot reporterSetRoot domain roundWord dataCommitment challenge evaluation priceWord";

/** Proves nothing, at once: reads the public signals out of the inputs and hashes them, as the comparing verifiers expect. */
export function fakeBackend(delayMs = 0): ProofBackend & { proofs: number } {
  const backend = {
    proofs: 0,
    async prove(circuit: string, inputs: CircuitInputs, signal?: AbortSignal) {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      signal?.throwIfAborted();
      backend.proofs++;
      const names = (circuit === "OracleRound" ? ROUND_SIGNALS : BATCH_SIGNALS).split(" ");
      const publicSignals = names.flatMap((name) => inputs[name] as bigint | bigint[]);
      const digest = BigInt(
        keccak256(
          solidityPacked(
            publicSignals.map(() => "uint256"),
            publicSignals,
          ),
        ),
      );
      return {
        proof: {
          a: [digest, 0n],
          b: [
            [0n, 0n],
            [0n, 0n],
          ],
          c: [0n, 0n],
        } as const,
        publicSignals,
      };
    },
    close: async () => undefined,
  };
  return backend;
}

const NO_FILES = { wasmPath: "", zkeyPath: "", verificationKeyPath: "" };
const fakeCircuit = (name: string): CircuitArtefact => ({
  ...NO_FILES,
  name,
  digests: { wasm: "", zkey: name, verificationKey: "" },
});

/** Circuits without files, for the fake backend. */
export const fakeCircuits = () => ({
  OracleRound: fakeCircuit("OracleRound"),
  MarginBatch: fakeCircuit("MarginBatch"),
});

/** Private keys of accounts 19 and 18 of the public test mnemonic: they pay for provers. */
export const PROVER_KEYS = [
  "0xdf57089febbacf7ba0bc227dafbffa9fc08a93fdc68e1e42411a14efcf23656e",
  "0xde9be858da4a475276426320d5e9262ecfc3ba460bfac56360bfa6c4c28b4ee0",
] as const;
