import { ProverError, Retryable } from "../errors.ts";

/** What the chain says and what the model derives differ: this node, this program or the chain is wrong. Nothing is proven. */
export class LedgerMismatchError extends ProverError {
  override readonly name = "LedgerMismatchError";
  readonly code = "LEDGER_MISMATCH";
  readonly what: string;
  readonly claimed: string;
  readonly derived: string;
  constructor(what: string, claimed: string | number | bigint, derived: string | number | bigint) {
    super(`${what}: the chain says ${claimed}, derived ${derived}`);
    this.what = what;
    this.claimed = String(claimed);
    this.derived = String(derived);
  }
}

/**
 * The chain goes back to a version that the store has pruned, or holds damaged. Everything is read from the chain again,
 * and this version is kept.
 */
export class VersionLostError extends ProverError {
  override readonly name = "VersionLostError";
  readonly code = "VERSION_LOST";
  /** Operations settled in it. */
  readonly settled: number;
  constructor(settled: number) {
    super(`the chain goes back to ${settled} settled operations, of which the store has no version`);
    this.settled = settled;
  }
}

/** A node could not say what the guard holds at a block that was followed. Nothing is proven until one can. */
export class GuardUncheckedError extends Retryable {
  override readonly name = "GuardUncheckedError";
  readonly code = "GUARD_UNCHECKED";
  constructor(blockHash: string, cause: Error) {
    super(`the guard's state at block ${blockHash} cannot be read: ${cause.message}`, { cause });
  }
}

/** The genesis event of the guard has not been followed yet, or is not where it was looked for. */
export class NoGenesisError extends ProverError {
  override readonly name = "NoGenesisError";
  readonly code = "NO_GENESIS";
  constructor(what: string) {
    super(`${what} before the guard's Genesis event; is fromBlock above the block of its deployment?`);
  }
}

/** The reports do not make a round. */
export class RoundNotProvableError extends ProverError {
  override readonly name = "RoundNotProvableError";
  readonly code: string;
  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The service has ended; start a new one. */
export class ProverStoppedError extends ProverError {
  override readonly name = "ProverStoppedError";
  readonly code = "PROVER_STOPPED";
  constructor() {
    super("the prover has stopped");
  }
}
