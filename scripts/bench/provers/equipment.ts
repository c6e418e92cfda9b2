import { loadAddon } from "../../../prover/native/addon.ts";
import { buildAddon } from "../../../prover/native/build.ts";
import { type Figure, LEVELS, type Level, type ProverName } from "./figures.ts";
import { calculatorOf } from "./samples.ts";

/** The provers that can run here, and what their processes need. */
export interface Equipment {
  readonly provers: ReadonlySet<ProverName>;
  /** Absent without a compiler, or when nothing native is wanted. */
  readonly addonPath?: string;
  readonly peerPath?: string;
}

/** Takes one line for people. */
type Say = (line: string) => void;

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** The native provers that are wanted and that this machine has; builds the addon unless it is built. */
async function findNatives(wanted: readonly ProverName[], say: Say): Promise<Equipment> {
  try {
    const addonPath = await buildAddon();
    const levels: readonly string[] = loadAddon(addonPath).levels();
    const missing = LEVELS.filter((level) => !levels.includes(level));
    const isOf = (prover: ProverName, level: Level): boolean => prover.startsWith(`native-${level}`);
    for (const level of missing)
      if (wanted.some((prover) => isOf(prover, level))) say(`no native-${level}: this processor cannot run it`);
    const present = wanted.filter((prover) => !missing.some((level) => isOf(prover, level)));
    return { provers: new Set(present), addonPath };
  } catch (error) {
    say(`nothing native: ${firstLine(error)}`);
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
  const natives = [...wanted].filter((prover) => prover.startsWith("native-"));
  const wantsNative = natives.length > 0 || figures.some(({ kind }) => calculatorOf(kind) === "native");
  const found = wantsNative ? await findNatives(natives, say) : { provers: new Set<ProverName>() };
  const others: ProverName[] = wanted.has("snarkjs") ? ["snarkjs"] : [];
  if (peerPath !== undefined) others.push("peer");
  else if (wanted.has("peer")) say("no peer: --peer PROGRAM names one");
  return { ...found, provers: new Set([...others, ...found.provers]), ...(peerPath && { peerPath }) };
}

/** Whether a figure can be measured with what there is. */
export function canMeasure({ kind, needs }: Figure, { provers, addonPath }: Equipment): boolean {
  return needs.every((prover) => provers.has(prover)) && (calculatorOf(kind) !== "native" || addonPath !== undefined);
}
