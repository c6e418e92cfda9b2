import { AbortedError } from "../errors.ts";

/** Promises that resolve when a condition holds, looked at whenever `check` is called. */
export interface Waiters {
  until(holds: () => boolean, signal?: AbortSignal): Promise<void>;
  check(): void;
  /** Rejects everyone who waits, and everyone who comes later. */
  fail(error: Error): void;
}

interface Waiter {
  readonly holds: () => boolean;
  resolve(): void;
  reject(error: Error): void;
}

export function createWaiters(): Waiters {
  let waiting: readonly Waiter[] = [];
  let failure: Error | null = null;

  function check(): void {
    const [ready, rest] = [waiting.filter(({ holds }) => holds()), waiting.filter(({ holds }) => !holds())];
    waiting = rest;
    for (const { resolve } of ready) resolve();
  }

  return {
    check,
    async until(holds, signal) {
      if (failure !== null) throw failure;
      if (signal?.aborted) throw new AbortedError("waiting");
      if (holds()) return;
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          waiting = waiting.filter((other) => other !== waiter);
          reject(new AbortedError("waiting"));
        };
        const end = (action: () => void): void => {
          signal?.removeEventListener("abort", leave);
          action();
        };
        const waiter: Waiter = { holds, resolve: () => end(resolve), reject: (error) => end(() => reject(error)) };
        waiting = [...waiting, waiter];
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
    fail(error) {
      failure = error;
      for (const { reject } of waiting) reject(error);
      waiting = [];
    },
  };
}
