import { ProverError, Retryable } from "../errors.ts";
import { pause, refuseAborted } from "./clock.ts";
import { classifyRpcError } from "./rpcErrors.ts";
import type { Transport } from "./transport.ts";

export interface RetryPolicy {
  /** Tries in all, at least 1. */
  readonly attempts: number;
  /** Mean wait after the first failure, milliseconds; doubles each time. */
  readonly baseMs: number;
  /** Longest wait, milliseconds. */
  readonly ceilingMs: number;
  /** Source of jitter in [0, 1). */
  readonly random: () => number;
  /** Told of each failure that will be tried again. */
  readonly onRetry?: (error: Retryable, attempt: number) => void;
}

/** About 40 seconds of patience with one call. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 9, baseMs: 100, ceilingMs: 10_000, random: Math.random };

/**
 * Repeats an action while it fails with an error of the `Retryable` family, with full jitter.
 * The only place of the prover that repeats a chain call.
 * @throws the last error, when the attempts are used up, or the first one of the other family
 */
export async function retrying<T>(
  action: () => Promise<T>,
  policy: RetryPolicy = DEFAULT_RETRY,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    refuseAborted(signal, "a chain call");
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Retryable) || attempt >= policy.attempts) throw error;
      policy.onRetry?.(error, attempt);
      const ceiling = Math.min(policy.ceilingMs, policy.baseMs * 2 ** attempt);
      await pause(Math.ceil(ceiling * policy.random()), signal);
    }
  }
}

/**
 * A transport whose every failure belongs to a family: foreign errors (an in-process provider throws its own classes)
 * are sorted by their JSON-RPC members.
 */
export function classifyingTransport(inner: Transport): Transport {
  return {
    label: inner.label,
    async send(method, params, signal) {
      try {
        return await inner.send(method, params, signal);
      } catch (error) {
        if (error instanceof ProverError) throw error;
        throw classifyRpcError(method, error);
      }
    },
  };
}
