import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { Addon } from "../native/addon.ts";
import { findNative, type NativeSteps } from "../native/findNative.ts";
import { hashesAsCircomlib } from "../native/knownHashes.ts";
import type { LevelName } from "../native/levelName.ts";
import { createNativeHasher } from "../native/nativeHasher.ts";
import type { BackendChoice } from "./backendChoice.ts";

/** The hasher of the prover's processes. The verifier never takes it: it has circomlibjs'. */
export interface ChosenHasher {
  readonly hasher: Hasher;
  readonly name: "native" | "circomlibjs";
  /** The native one's way to compute; null for circomlibjs. */
  readonly level: LevelName | null;
}

/** The fastest level whose hashes are circomlib's. @returns null when none is */
export function hashingLevel(addon: Addon): LevelName | null {
  return addon.levels().find((level) => hashesAsCircomlib(createNativeHasher(addon, level))) ?? null;
}

/**
 * The native hasher where the addon is built and gives circomlib's hashes, else circomlibjs'.
 * @param choice of the backend: "snarkjs" says that nothing native is to be used
 * @param steps to find the addon; its test is of hashes alone unless one is given
 */
export async function chooseHasher(
  choice: BackendChoice = "auto",
  steps: Partial<NativeSteps> = {},
): Promise<ChosenHasher> {
  const found = choice === "snarkjs" ? { addon: null } : await findNative({ test: hashingLevel, ...steps });
  if (found.addon === null) return { hasher: await createHasher(), name: "circomlibjs", level: null };
  const { addon, level } = found;
  return { hasher: createNativeHasher(addon, level), name: "native", level };
}

/** A choice in a few words, such as "native, ifma". */
export const describeHasher = ({ name, level }: ChosenHasher): string => (level === null ? name : `${name}, ${level}`);
