import { Transaction, Wallet } from "ethers";
import type { Submission } from "../store/submissions.ts";
import type { Fees } from "./fees.ts";

/** What is asked of the chain: a call of one contract, and how to tell that nobody needs it any more. */
export interface Intent {
  /** Key of the proof inside; names the transaction in the store. */
  readonly purpose: string;
  readonly to: string;
  readonly data: string;
  /** Wei sent along; none when absent. */
  readonly value?: bigint;
}

/** Signs for one account on one chain. The key pays gas and fees and has no other power; it never leaves this object. */
export interface Signer {
  readonly address: string;
  sign(intent: Intent, terms: { readonly nonce: number; readonly gasLimit: bigint } & Fees): Submission;
  /** The call inside a signed transaction, and its gas limit, to sign it again with another fee. */
  read(submission: Submission): { readonly intent: Intent; readonly gasLimit: bigint };
}

/** @param privateKey 32 bytes, "0x"-hex */
export function createSigner(privateKey: string, chainId: bigint): Signer {
  const wallet = new Wallet(privateKey);
  return {
    address: wallet.address.toLowerCase(),
    sign(intent, { nonce, gasLimit, maxFee, priorityFee }) {
      const transaction = Transaction.from({
        type: 2,
        chainId,
        to: intent.to,
        data: intent.data,
        nonce,
        gasLimit,
        maxFeePerGas: maxFee,
        maxPriorityFeePerGas: priorityFee,
        value: intent.value ?? 0n,
      });
      transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
      const hash = transaction.hash ?? ""; // a signed transaction has one
      return { purpose: intent.purpose, hash, nonce, raw: transaction.serialized, maxFee, priorityFee };
    },
    read(submission) {
      const { to, data, value, gasLimit } = Transaction.from(submission.raw);
      return { intent: { purpose: submission.purpose, to: to ?? "", data, value }, gasLimit };
    },
  };
}
