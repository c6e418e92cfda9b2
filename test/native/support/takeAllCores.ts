import { availableParallelism } from "node:os";
import type { Addon, HeldCore } from "../../../prover/native/addon.ts";

/** Other provers of this machine may hold processors for a while. */
export const LONG_MS = 60_000;

/** Takes every processor of the machine, each as soon as it is free. */
export async function takeAllCores(addon: Addon): Promise<readonly HeldCore[]> {
  const held: HeldCore[] = [];
  for (let count = 0; count < availableParallelism(); count++) {
    const core = await addon.takeCore(LONG_MS);
    if (!core.held) throw new Error(`processor ${count + 1} was not free within ${LONG_MS} ms`);
    held.push(core);
  }
  return held;
}
