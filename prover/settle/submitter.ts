import type { Interface } from "ethers";
import type { ChainReceipt } from "../chain/answers.ts";
import type { ChainCall, ChainClient } from "../chain/client.ts";
import { RpcRefusedError } from "../chain/rpcErrors.ts";
import type { Submission, SubmissionTable } from "../store/submissions.ts";
import { InsufficientFundsError, SubmissionRevertedError } from "./errors.ts";
import { type FeePolicy, firstFees } from "./fees.ts";
import { awaitInclusion, type InclusionContext } from "./inclusion.ts";
import { describeRevert } from "./revert.ts";
import type { Intent, Signer } from "./signer.ts";

export type SubmissionOutcome =
  | { readonly status: "mined"; readonly hash: string; readonly blockNumber: number; readonly gasUsed: bigint }
  /** Somebody else was first: what the transaction asks for is done. */
  | { readonly status: "obsolete" };

export interface SubmitterConfig {
  readonly client: ChainClient;
  readonly submissions: SubmissionTable;
  readonly signer: Signer;
  readonly fees: FeePolicy;
  /** Wait between two looks for a receipt, milliseconds. */
  readonly pollMs: number;
  /** Contracts whose errors may come back. */
  readonly interfaces: readonly Interface[];
  /** Told when a transaction waits although the fee cap is reached. */
  readonly onStuck?: (submission: Submission) => void;
}

/** The only sender of the account: one transaction at a time, each written down before it leaves. */
export interface Submitter {
  /** Learns the fate of what an earlier run left open, and sends the same bytes again where that is needed. */
  recover(signal?: AbortSignal): Promise<void>;
  /** Resolves when nothing is being sent. */
  quiet(): Promise<void>;
  /**
   * @param isObsolete whether the chain already has what the intent asks for; asked when the contract refuses it
   * @throws {SubmissionRevertedError} when the contract refuses it for any other reason; nothing was paid if the
   *         refusal was foreseen
   * @throws {InsufficientFundsError | NonceTakenError}
   */
  submit(intent: Intent, isObsolete: () => Promise<boolean>, signal?: AbortSignal): Promise<SubmissionOutcome>;
}

/** Gas above the node's estimate, in 1/16: the path taken may differ a little when it is mined. */
const GAS_MARGIN_SIXTEENTHS = 4n;

export function createSubmitter(config: SubmitterConfig): Submitter {
  const { client, submissions, signer } = config;
  const inclusion: InclusionContext = config;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const result = turn.then(action);
    turn = result.catch(() => undefined); // the next one does not care how this one ended
    return result;
  };

  async function recover(signal?: AbortSignal): Promise<void> {
    for (const left of submissions.open()) {
      if (!submissions.open().some((open) => open.hash === left.hash)) continue; // closed with another of its nonce
      const { intent } = signer.read(left);
      const known = (await client.transaction(left.hash, signal)) !== null;
      const used = (await client.nonceOf(signer.address, "latest", signal)) > left.nonce;
      // Never sent, or forgotten, and now refused: its nonce is free, and nothing is paid for it.
      if (!known && !used && (await refusal(intent, signal)) !== null) submissions.close(left.nonce);
      else await awaitInclusion(inclusion, left.nonce, signal).catch(ignoreNonceTaken);
    }
  }

  async function submit(
    intent: Intent,
    isObsolete: () => Promise<boolean>,
    signal?: AbortSignal,
  ): Promise<SubmissionOutcome> {
    await recover(signal);
    const first = await signFirst(intent, signal);
    if (typeof first === "string") return refused(first);
    submissions.append(first);
    const receipt = await awaitInclusion(inclusion, first.nonce, signal);
    if (receipt.status === 1) return minedOutcome(receipt);
    return refused((await refusal(intent, signal)) ?? "only when it was mined");

    async function refused(revert: string): Promise<SubmissionOutcome> {
      if (await isObsolete()) return { status: "obsolete" };
      throw new SubmissionRevertedError(intent.purpose, revert);
    }
  }

  /** @returns the signed transaction, or why the contract refuses it */
  async function signFirst(intent: Intent, signal?: AbortSignal): Promise<Submission | string> {
    const revert = await refusal(intent, signal);
    if (revert !== null) return revert;
    const nonce = await client.nonceOf(signer.address, "latest", signal);
    const estimate = await estimateGas(intent, signal);
    if (typeof estimate === "string") return estimate;
    const head = await client.blockByNumber("latest", signal);
    const offer = firstFees(head?.baseFeePerGas ?? 0n, config.fees);
    const gasLimit = estimate + (estimate * GAS_MARGIN_SIXTEENTHS) / 16n;
    const balance = await client.balanceOf(signer.address, signal);
    const needed = gasLimit * offer.maxFee + (intent.value ?? 0n);
    if (balance < needed) {
      throw new InsufficientFundsError(signer.address, `${balance} wei, ${needed} may be needed`);
    }
    return signer.sign(intent, { nonce, gasLimit, ...offer });
  }

  function callOf({ to, data, value = 0n }: Intent): ChainCall {
    return { from: signer.address, to, data, ...(value === 0n ? {} : { value: `0x${value.toString(16)}` }) };
  }

  /** Gas, or why the contract refuses: it may have been settled by somebody since it was asked last. */
  async function estimateGas(intent: Intent, signal?: AbortSignal): Promise<bigint | string> {
    try {
      return await client.estimateGas(callOf(intent), signal);
    } catch (error) {
      return reasonOf(error);
    }
  }

  /** Why the contract would refuse the call now, or null when it would not. */
  async function refusal(intent: Intent, signal?: AbortSignal): Promise<string | null> {
    try {
      await client.call(callOf(intent), "latest", signal);
      return null;
    } catch (error) {
      return reasonOf(error);
    }
  }

  function reasonOf(error: unknown): string {
    if (!(error instanceof RpcRefusedError)) throw error;
    return error.revertBytes === null ? error.reason : describeRevert(error.revertBytes, config.interfaces);
  }

  return {
    recover: (signal) => inTurn(() => recover(signal)),
    quiet: () => inTurn(async () => undefined),
    submit: (intent, isObsolete, signal) => inTurn(() => submit(intent, isObsolete, signal)),
  };
}

function minedOutcome({ transactionHash, blockNumber, gasUsed }: ChainReceipt): SubmissionOutcome {
  return { status: "mined", hash: transactionHash, blockNumber, gasUsed };
}

function ignoreNonceTaken(error: unknown): void {
  if (!(error instanceof Error && error.name === "NonceTakenError")) throw error;
}
