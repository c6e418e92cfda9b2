import { ProverError } from "../errors.ts";

/** The chain left our branch below everything that we remember: rebuild from the chain, never guess. */
export class ReorgTooDeepError extends ProverError {
  override readonly name = "ReorgTooDeepError";
  readonly code = "REORG_TOO_DEEP";
  /** Oldest block that is remembered. */
  readonly oldestBlock: number;
  readonly capacity: number;
  constructor(oldestBlock: number, capacity: number) {
    super(`no common ancestor down to block ${oldestBlock}: a reorganisation deeper than ${capacity} blocks`);
    this.oldestBlock = oldestBlock;
    this.capacity = capacity;
  }
}
