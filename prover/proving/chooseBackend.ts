import { findNative, type NativeFinding } from "../native/findNative.ts";
import { createNativeBackend } from "../native/nativeBackend.ts";
import type { BackendChoice, BackendSelection } from "./backendChoice.ts";
import { BackendUnavailableError } from "./errors.ts";
import type { ProvingConfig, ProvingPool } from "./provingPool.ts";
import { createSnarkjsBackend } from "./snarkjsBackend.ts";

export interface ChosenBackend {
  readonly selection: BackendSelection;
  /** Starts no process and reads no file before the first proof. */
  open(config: ProvingConfig): ProvingPool;
}

/**
 * Chooses between the native prover and snarkjs.
 * @param find looks for a native prover; asked only when one may be used
 * @throws {BackendUnavailableError} when native is asked for and is not to be had
 */
export async function chooseBackend(
  choice: BackendChoice = "auto",
  find: () => Promise<NativeFinding> = findNative,
): Promise<ChosenBackend> {
  if (choice === "snarkjs") return snarkjs("asked for");
  const found = await find();
  if (found.addon !== null) {
    const { path: addonPath, level } = found;
    const reason = choice === "native" ? "asked for, passes its self-test" : "built, passes its self-test";
    return {
      selection: { name: "native", level, reason },
      open: (config) => createNativeBackend({ ...config, addonPath, level }),
    };
  }
  if (choice === "native") throw new BackendUnavailableError("native", found.reason);
  return snarkjs(`native ${found.reason}`);
}

const snarkjs = (reason: string): ChosenBackend => ({
  selection: { name: "snarkjs", level: null, reason },
  open: createSnarkjsBackend,
});
