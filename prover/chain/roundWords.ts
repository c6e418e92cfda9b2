import { ProverError } from "../errors.ts";
import type { ChainClient } from "./client.ts";
import { GUARD } from "./events.ts";
import { RpcContradictionError } from "./rpcErrors.ts";

/** The reports of a round are not to be found in the transaction that brought it. */
export class RoundWordsError extends ProverError {
  override readonly name = "RoundWordsError";
  readonly code = "ROUND_WORDS_MISSING";
  readonly transactionHash: string;
  constructor(transactionHash: string) {
    super(`the calldata of ${transactionHash} holds no submitRound call`);
    this.transactionHash = transactionHash;
  }
}

const SELECTOR = GUARD.getFunction("submitRound")?.selector.slice(2) ?? "";
const DIGITS_PER_BYTE = 2;

/**
 * Candidates for the report words of a round, from the calldata of its transaction. A call through another contract
 * carries the inner call somewhere in its calldata; the caller tells the right candidate by the round's root.
 * @throws {RoundWordsError} when there is no candidate
 */
export async function findRoundWords(
  client: ChainClient,
  transactionHash: string,
  signal?: AbortSignal,
): Promise<readonly (readonly bigint[])[]> {
  const transaction = await client.transaction(transactionHash, signal);
  if (transaction === null) throw new RpcContradictionError("eth_getTransactionByHash", "an event without transaction");
  const candidates: (readonly bigint[])[] = [];
  const digits = transaction.input.slice(2);
  for (let at = digits.indexOf(SELECTOR); at >= 0; at = digits.indexOf(SELECTOR, at + 1)) {
    const words = at % DIGITS_PER_BYTE === 0 ? decodeWords(`0x${digits.slice(at)}`) : null;
    if (words !== null) candidates.push(words);
  }
  if (candidates.length === 0) throw new RoundWordsError(transactionHash);
  return candidates;
}

function decodeWords(calldata: string): readonly bigint[] | null {
  try {
    return [...GUARD.decodeFunctionData("submitRound", calldata).words].map(BigInt);
  } catch {
    return null; // the selector's bytes by chance
  }
}
