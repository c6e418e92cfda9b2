import { ProverError, Retryable } from "../errors.ts";

/** The contract refuses the transaction, and not because somebody was first. */
export class SubmissionRevertedError extends ProverError {
  override readonly name = "SubmissionRevertedError";
  readonly code = "SUBMISSION_REVERTED";
  /** Purpose of the submission. */
  readonly purpose: string;
  /** Name and arguments of the contract's error, as far as it is known. */
  readonly revert: string;
  constructor(purpose: string, revert: string) {
    super(`${purpose} reverts: ${revert}`);
    this.purpose = purpose;
    this.revert = revert;
  }
}

/** The account cannot pay for the transaction. */
export class InsufficientFundsError extends ProverError {
  override readonly name = "InsufficientFundsError";
  readonly code = "INSUFFICIENT_FUNDS";
  readonly account: string;
  constructor(account: string, reason: string) {
    super(`${account} cannot pay: ${reason}`);
    this.account = account;
  }
}

/** A transaction that is not ours took the nonce: the key is used elsewhere too. Submit again with the next nonce. */
export class NonceTakenError extends Retryable {
  override readonly name = "NonceTakenError";
  readonly code = "NONCE_TAKEN";
  readonly nonce: number;
  constructor(account: string, nonce: number) {
    super(`nonce ${nonce} of ${account} was used by a transaction that this service did not sign`);
    this.nonce = nonce;
  }
}
