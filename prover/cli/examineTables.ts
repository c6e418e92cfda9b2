import { type Artefacts, CIRCUITS } from "../../scripts/circuits/artefacts.ts";
import { findNative } from "../native/findNative.ts";
import { findTables } from "../native/keyTables.ts";
import type { BackendChoice } from "../proving/backendChoice.ts";

/** What is known of the tables of all circuits. */
export interface TableReport {
  readonly health: "ok" | "warning";
  readonly text: string;
}

/**
 * Looks at the tables next to the keys, as a proof would, and makes none.
 * @param megabytes MiB that each key's tables may have; 0 for none
 */
export async function examineTables(
  artefacts: Artefacts,
  backend: BackendChoice,
  megabytes: number,
): Promise<TableReport> {
  if (megabytes === 0) return { health: "ok", text: "none asked for (--tables-mb)" };
  const native = backend === "snarkjs" ? null : await findNative();
  if (native === null || native.addon === null)
    return { health: "warning", text: "only the native prover uses tables" };
  const lines: string[] = [];
  let healthy = true;
  for (const circuit of CIRCUITS) {
    const zkeyPath = artefacts[circuit].zkey;
    const key = await native.addon.loadKey(zkeyPath, native.level);
    const zkeyDigest = artefacts.manifest.circuits[circuit].files.zkey.sha256;
    const found = await findTables({ addon: native.addon, key, zkeyPath, zkeyDigest });
    const fits = "bytes" in found && found.limitBytes === megabytes * 2 ** 20;
    if (fits) lines.push(`${circuit} ${(found.bytes / 2 ** 20).toFixed(0)} MiB`);
    else if ("missing" in found && found.missing) lines.push(`${circuit} none yet: made before its first proof`);
    else {
      healthy = false;
      const why = "reason" in found ? found.reason : "made for another limit";
      lines.push(`${circuit} made anew before its first proof: ${why}`);
    }
  }
  return { health: healthy ? "ok" : "warning", text: lines.join(", ") };
}
