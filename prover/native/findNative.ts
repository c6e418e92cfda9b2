import { type Addon, loadAddon } from "./addon.ts";
import { findBuiltAddon } from "./builtAddon.ts";
import type { LevelName } from "./levelName.ts";
import { trustedLevel } from "./selfTest.ts";

/** The native prover, ready to be used, or why it is not to be had. */
export type NativeFinding =
  | { readonly addon: Addon; readonly path: string; readonly level: LevelName }
  | { readonly addon: null; readonly reason: string };

/** The steps that an addon has to pass; tests bring their own. */
export interface NativeSteps {
  find(): Promise<string | null>;
  load(path: string): Addon;
  test(addon: Addon): LevelName | null | Promise<LevelName | null>;
}

const BUILD = "npm run build:native";
const AGAIN = `remove build/native, then ${BUILD}`;
const STEPS: NativeSteps = { find: () => findBuiltAddon(), load: loadAddon, test: trustedLevel };

/**
 * Looks for an addon that is built from these sources, loads in this Node and passes its self-test. Builds nothing.
 * @returns never an exception: what is wrong is the reason, worded to follow "native"
 */
export async function findNative(steps: Partial<NativeSteps> = {}): Promise<NativeFinding> {
  const { find, load, test } = { ...STEPS, ...steps };
  const unusable = (reason: string): NativeFinding => ({ addon: null, reason });
  const path = await find().catch(() => null); // sources that cannot be read were not built either
  if (path === null) return unusable(`is not built for these sources; ${BUILD} makes proofs faster`);
  let addon: Addon;
  try {
    addon = load(path);
  } catch (error) {
    return unusable(`does not load in Node ${process.version}: ${firstLine(error)}; ${AGAIN}`);
  }
  try {
    const level = await test(addon);
    return level === null ? unusable(`fails its self-test at every level; ${AGAIN}`) : { addon, path, level };
  } catch (error) {
    return unusable(`fails in its self-test: ${firstLine(error)}; ${AGAIN}`);
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
