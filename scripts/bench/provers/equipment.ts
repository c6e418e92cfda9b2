import { loadAddon } from "../../../prover/native/addon.ts";
import { buildAddon } from "../../../prover/native/build.ts";
import { type Figure, LEVELS, type ProverName } from "./figures.ts";

/** The provers that can run here, and what their processes need. */
export interface Equipment {
  readonly provers: ReadonlySet<ProverName>;
  readonly addonPath?: string;
  readonly peerPath?: string;
}

/** Why a prover cannot run here, for people. */
type Say = (line: string) => void;

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** The native prover's levels on this machine; builds the addon unless it is built. */
async function findNatives(wanted: ReadonlySet<ProverName>, say: Say): Promise<Equipment> {
  const natives = LEVELS.map((level) => `native-${level}` as const).filter((prover) => wanted.has(prover));
  if (natives.length === 0) return { provers: new Set() };
  try {
    const addonPath = await buildAddon();
    const present = loadAddon(addonPath)
      .levels()
      .map((level) => `native-${level}` as const);
    for (const prover of natives) if (!present.includes(prover)) say(`no ${prover}: this processor cannot run it`);
    return { provers: new Set(natives.filter((prover) => present.includes(prover))), addonPath };
  } catch (error) {
    say(`no native prover: ${firstLine(error)}`);
    return { provers: new Set() };
  }
}

/**
 * Finds the provers that figures need; what is missing is said, not an error.
 * @param peerPath another prover's program, if the user named one
 */
export async function findEquipment(
  figures: readonly Figure[],
  peerPath: string | undefined,
  say: Say,
): Promise<Equipment> {
  const wanted = new Set(figures.flatMap(({ needs }) => needs));
  const natives = await findNatives(wanted, say);
  const others: ProverName[] = wanted.has("snarkjs") ? ["snarkjs"] : [];
  if (peerPath !== undefined) others.push("peer");
  else if (wanted.has("peer")) say("no peer: --peer PROGRAM names one");
  return { ...natives, provers: new Set([...others, ...natives.provers]), ...(peerPath && { peerPath }) };
}
