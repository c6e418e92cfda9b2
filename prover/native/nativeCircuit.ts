import { verifyGroth16 } from "../../verifier/check/groth16.ts";
import { parseVerificationKey } from "../../verifier/check/verificationKey.ts";
import { type CircuitArtefact, readArtefact } from "../proving/artefact.ts";
import type { CircuitInputs, ProvenSignals } from "../proving/backend.ts";
import type { CircuitLoader, LoadedCircuit } from "../proving/engine.ts";
import { ArtefactError, ProofRefusedError, ProvingInterruptedError } from "../proving/errors.ts";
import { type Addon, loadAddon, type RawProof } from "./addon.ts";
import { type TabledKey, tablesPath, useKeyTables } from "./keyTables.ts";
import type { LevelName } from "./levelName.ts";
import { proofOf } from "./proof.ts";
import { openWitnessSource } from "./witness/witnessSource.ts";

const FREE_CORES = 0; // threads: the caller's, and one on each processor that nobody else proves on
const PATIENCE_MS = 10_000; // longer than a proof takes; then it goes on beside the others

/** How the addon is to compute. */
export interface NativeOptions {
  readonly addon: Addon;
  readonly level: LevelName;
  /** Limit of the tables next to a key, MiB; 0 for none. */
  readonly tablesMb: number;
}

/** The addon as it runs in a proving child. */
export interface NativeEngine {
  readonly name: "native";
  readonly addonPath: string;
  readonly level: LevelName;
  /** What the process may write to, MiB. */
  readonly memoryMb: number;
  /** Limit of the tables next to a key, MiB; 0 for none. */
  readonly tablesMb: number;
}

/** The addon in this process, which it confines. @throws {ArtefactError} when it does not load */
export async function startNative({ addonPath, level, memoryMb, tablesMb }: NativeEngine): Promise<CircuitLoader> {
  try {
    const addon = loadAddon(addonPath);
    addon.confine(memoryMb);
    return (artefact) => loadNativeCircuit(artefact, { addon, level, tablesMb });
  } catch (error) {
    throw new ArtefactError(addonPath, error instanceof Error ? error.message : "does not load");
  }
}

/** @throws {ArtefactError} when the limit is too small for any table, or the file cannot be written */
async function takeTables(tabled: TabledKey, megabytes: number): Promise<void> {
  await useKeyTables(tabled, megabytes).catch((error: unknown) => {
    throw new ArtefactError(tablesPath(tabled.zkeyPath), error instanceof Error ? error.message : "no tables");
  });
}

/**
 * Its key mapped and checked, its witness generator compiled.
 * @throws {ArtefactError} when a file is missing, has another digest or is not what the addon can read
 */
export async function loadNativeCircuit(
  artefact: CircuitArtefact,
  { addon, level, tablesMb }: NativeOptions,
): Promise<LoadedCircuit> {
  const { name, digests } = artefact;
  await readArtefact(artefact.zkeyPath, digests.zkey); // checked here, mapped below: not copied
  const key = await addon.loadKey(artefact.zkeyPath, level).catch((error: unknown) => {
    throw new ArtefactError(artefact.zkeyPath, error instanceof Error ? error.message : "not a key");
  });
  if (tablesMb > 0) await takeTables({ addon, key, zkeyPath: artefact.zkeyPath, zkeyDigest: digests.zkey }, tablesMb);
  const witnesses = await openWitnessSource(artefact, addon);
  const keyBytes = await readArtefact(artefact.verificationKeyPath, digests.verificationKey);
  const verificationKey = parseVerificationKey(JSON.parse(new TextDecoder().decode(keyBytes)));

  /** @throws {ProvingInterruptedError} without memory or random bytes: the addon's errors hold no value of the witness */
  const raw = (wtns: Uint8Array): Promise<RawProof> =>
    addon.prove(key, wtns, FREE_CORES).promise.catch((error: unknown) => {
      throw new ProvingInterruptedError(name, error instanceof Error ? error.message : "the addon failed");
    });

  /** @returns null when the proof does not verify */
  async function attempt(inputs: CircuitInputs): Promise<ProvenSignals | null> {
    const wtns = await witnesses.calculate(inputs);
    let proven: ProvenSignals;
    try {
      proven = proofOf(await raw(wtns));
    } finally {
      wtns.fill(0);
    }
    const { a, b, c } = proven.proof;
    const imaginaryFirst = [
      [b[0][1], b[0][0]],
      [b[1][1], b[1][0]],
    ] as const;
    return verifyGroth16(verificationKey, proven.publicSignals, { a, b: imaginaryFirst, c }).accepted ? proven : null;
  }

  return {
    async prove(inputs: CircuitInputs): Promise<ProvenSignals> {
      const core = await addon.takeCore(PATIENCE_MS);
      try {
        const proven = (await attempt(inputs)) ?? (witnesses.distrust() ? await attempt(inputs) : null);
        if (proven !== null) return proven;
        throw new ProofRefusedError(name, "the proof does not verify; are wasm and zkey of the same circuit?");
      } finally {
        core.release();
      }
    },
  };
}
