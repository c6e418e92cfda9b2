/**
 * The two error families of the prover: those that may pass by waiting (`Retryable`) and all others.
 * Retry, in chain/retry.ts, looks only at the family. No error of this service carries a secret or a witness.
 */
export abstract class ProverError extends Error {
  /** Stable upper-case identifier for machines and logs. */
  abstract readonly code: string;
}

/** The same call may succeed later: a lost connection, a busy or lagging node, a garbled answer. */
export abstract class Retryable extends ProverError {}

/** The caller asked to stop. */
export class AbortedError extends ProverError {
  override readonly name = "AbortedError";
  readonly code = "ABORTED";
  constructor(what: string) {
    super(`${what} was stopped on request`);
  }
}

/** The code and message of anything that was thrown, for a status page or a log line. */
export function describeError(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof ProverError) return { code: error.code, message: error.message };
  if (error instanceof Error) {
    const code = (error as { code?: unknown }).code; // Node's own errors carry a string here
    return { code: typeof code === "string" ? code : error.name, message: error.message };
  }
  return { code: "UNKNOWN", message: String(error) };
}
