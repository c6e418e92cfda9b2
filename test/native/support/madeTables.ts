import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Addon, KeyHandle } from "../../../prover/native/addon.ts";
import { type SampleCircuit, sampleCircuit } from "./sampleCircuit.ts";

/** A key, tables of it, and a folder for more of them. */
export interface MadeTables {
  readonly circuit: SampleCircuit;
  readonly key: KeyHandle;
  /** SHA-256 of the key. */
  readonly digest: Uint8Array;
  readonly folder: string;
  /** The tables' file, and its bytes. */
  readonly path: string;
  readonly made: Buffer;
  /** What the addon says to a file of tables: "used", or the code and text of the refusal. @param owner a key's digest */
  outcome(file: Uint8Array, owner?: Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

export async function makeSampleTables(addon: Addon): Promise<MadeTables> {
  const circuit = await sampleCircuit();
  const folder = mkdtempSync(join(tmpdir(), "homeostat-tables-"));
  const digest = createHash("sha256").update(circuit.zkey).digest();
  const key = await addon.loadKey(circuit.zkey);
  const path = join(folder, "made");
  await addon.makeTables(key, path, digest, 64, 0);
  return {
    circuit,
    key,
    digest,
    folder,
    path,
    made: readFileSync(path),
    async outcome(file, owner = digest) {
      const tried = join(folder, "tried");
      writeFileSync(tried, file);
      try {
        await addon.useTables(key, tried, owner);
        return "used";
      } catch (error) {
        const { code, message } = error as Error & { code: string };
        return `${code} ${message.replace(tried, "the file")}`;
      }
    },
    async remove() {
      rmSync(folder, { recursive: true, force: true });
      await circuit.remove();
    },
  };
}
