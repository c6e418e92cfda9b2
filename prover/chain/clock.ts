import { setTimeout as delay } from "node:timers/promises";
import { AbortedError } from "../errors.ts";

/**
 * Waits on the monotonic clock, so that a jump of the wall clock neither hurries nor delays anything.
 * @param milliseconds time to wait
 * @throws {AbortedError} when the signal fires first
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  } catch {
    throw new AbortedError("a wait");
  }
}

/** @throws {AbortedError} when the signal has fired */
export function refuseAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw new AbortedError(what);
}
