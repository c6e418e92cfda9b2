import { performance } from "node:perf_hooks";
import type { ChainReceipt } from "../chain/answers.ts";
import type { ChainClient } from "../chain/client.ts";
import { pause } from "../chain/clock.ts";
import { ProverError } from "../errors.ts";
import type { Submission, SubmissionTable } from "../store/submissions.ts";
import { NonceTakenError } from "./errors.ts";
import { type FeePolicy, raisedFees } from "./fees.ts";
import type { Signer } from "./signer.ts";

export interface InclusionContext {
  readonly client: ChainClient;
  readonly submissions: SubmissionTable;
  readonly signer: Signer;
  readonly fees: FeePolicy;
  readonly pollMs: number;
  readonly onStuck?: (submission: Submission) => void;
}

/** Looks without a receipt, while the nonce is used, after which it was used by somebody else. */
const LOOKS_UNTIL_TAKEN = 5;

/**
 * Sends the written-down transactions of a nonce until one of them is mined, and closes the nonce.
 * A broadcast that fails means nothing: the bytes may have arrived. What counts is what the chain has under their hash.
 * @throws {NonceTakenError} when the nonce is used and none of ours is the one
 */
export async function awaitInclusion(
  context: InclusionContext,
  nonce: number,
  signal?: AbortSignal,
): Promise<ChainReceipt> {
  const { client, submissions, signer, fees, pollMs } = context;
  let sentAt = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (;;) {
    const receipt = await findReceipt(context, nonce, signal);
    if (receipt !== null) {
      submissions.close(nonce);
      return receipt;
    }
    if ((await client.nonceOf(signer.address, "latest", signal)) > nonce) {
      if (++missing >= LOOKS_UNTIL_TAKEN) {
        submissions.close(nonce);
        throw new NonceTakenError(signer.address, nonce);
      }
    } else if (performance.now() - sentAt >= fees.bumpAfterMs) {
      if (sentAt !== Number.NEGATIVE_INFINITY) await raiseOffer(context, nonce, signal);
      sentAt = performance.now();
      await broadcastNewest(context, nonce, signal);
      continue; // look at once: a local chain mines while it takes the bytes
    }
    await pause(pollMs, signal);
  }
}

const ofNonce = (context: InclusionContext, nonce: number): readonly Submission[] =>
  context.submissions.open().filter((submission) => submission.nonce === nonce);

async function findReceipt(
  context: InclusionContext,
  nonce: number,
  signal?: AbortSignal,
): Promise<ChainReceipt | null> {
  for (const { hash } of ofNonce(context, nonce)) {
    const receipt = await context.client.receipt(hash, signal);
    if (receipt !== null) return receipt;
  }
  return null;
}

/** Signs the newest transaction again with a higher fee and writes it down; says so when the cap forbids that. */
async function raiseOffer(context: InclusionContext, nonce: number, signal?: AbortSignal): Promise<void> {
  const newest = ofNonce(context, nonce).at(-1);
  if (newest === undefined) return;
  const head = await context.client.blockByNumber("latest", signal);
  const offer = raisedFees(newest, head?.baseFeePerGas ?? 0n, context.fees);
  if (offer === null) {
    context.onStuck?.(newest);
    return;
  }
  const { intent, gasLimit } = context.signer.read(newest);
  context.submissions.append(context.signer.sign(intent, { nonce, gasLimit, ...offer }));
}

async function broadcastNewest(context: InclusionContext, nonce: number, signal?: AbortSignal): Promise<void> {
  const newest = ofNonce(context, nonce).at(-1);
  if (newest === undefined) return;
  try {
    await context.client.broadcast(newest.raw, signal);
  } catch (error) {
    // Lost reply, "already known", "nonce too low", "underpriced": go and look. An abort is the only exception.
    if (!(error instanceof ProverError) || error.code === "ABORTED") throw error;
  }
}
