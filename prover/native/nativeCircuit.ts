import { verifyGroth16 } from "../../verifier/check/groth16.ts";
import { parseVerificationKey } from "../../verifier/check/verificationKey.ts";
import { AbortedError } from "../errors.ts";
import { type CircuitArtefact, readArtefact } from "../proving/artefact.ts";
import type { CircuitInputs, ProvenSignals } from "../proving/backend.ts";
import { ArtefactError, ProofRefusedError, ProvingInterruptedError } from "../proving/errors.ts";
import type { Addon, LevelName, RawProof } from "./addon.ts";
import { proofOf } from "./proof.ts";
import { WitnessCalculator } from "./witness.ts";

/** How the addon is to compute. */
export interface NativeOptions {
  readonly addon: Addon;
  readonly level: LevelName;
  /** Threads of a proof, 0 for one per processor. */
  readonly threads: number;
}

/** One circuit in memory: its key mapped and checked, its witness generator compiled. */
export interface NativeCircuit {
  prove(inputs: CircuitInputs, signal: AbortSignal): Promise<ProvenSignals>;
}

/** @throws {ArtefactError} when a file is missing, has another digest or is not what the addon can read */
export async function loadNativeCircuit(artefact: CircuitArtefact, options: NativeOptions): Promise<NativeCircuit> {
  const { name, digests } = artefact;
  const { addon, level, threads } = options;
  await readArtefact(artefact.zkeyPath, digests.zkey); // checked here, mapped below: not copied
  const key = await addon.loadKey(artefact.zkeyPath, level).catch((error: unknown) => {
    throw new ArtefactError(artefact.zkeyPath, error instanceof Error ? error.message : "not a key");
  });
  const witnesses = await WitnessCalculator.of(name, await readArtefact(artefact.wasmPath, digests.wasm));
  const keyBytes = await readArtefact(artefact.verificationKeyPath, digests.verificationKey);
  const verificationKey = parseVerificationKey(JSON.parse(new TextDecoder().decode(keyBytes)));

  async function raw(wtns: Uint8Array, signal: AbortSignal): Promise<RawProof> {
    const running = addon.prove(key, wtns, threads);
    const cancel = (): void => running.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await running.promise;
    } catch (error) {
      if (signal.aborted) throw new AbortedError("a proof");
      throw new ProvingInterruptedError(name, error instanceof Error ? error.message : "the addon failed");
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  return {
    async prove(inputs, signal) {
      const wtns = await witnesses.calculate(inputs);
      let proven: ProvenSignals;
      try {
        proven = proofOf(await raw(wtns, signal));
      } finally {
        wtns.fill(0);
      }
      const { a, b, c } = proven.proof;
      const imaginaryFirst = [
        [b[0][1], b[0][0]],
        [b[1][1], b[1][0]],
      ] as const;
      const verdict = verifyGroth16(verificationKey, proven.publicSignals, { a, b: imaginaryFirst, c });
      if (!verdict.accepted) {
        throw new ProofRefusedError(name, "the proof does not verify; are wasm and zkey of the same circuit?");
      }
      return proven;
    },
  };
}
