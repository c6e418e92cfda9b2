/** A guard's transaction as values: only a direct call can be read. */

import type { Result } from "ethers";
import { GUARD } from "../chain/interfaces.ts";
import type { Groth16Proof } from "../check/groth16.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import type { BatchRecord, RoundRecord } from "./history.ts";
import type { RpcTransaction } from "./rpc.ts";

/** @throws {CouldNotCheckError} when the transaction is no direct call of submitRound */
export function readRound(
  transaction: RpcTransaction,
  guard: string,
): Pick<RoundRecord, "update" | "words" | "priceWords" | "proof"> {
  const [update, words, priceWords, proof] = readCall(transaction, guard, "submitRound");
  const [round, timestamp, newOracleRoot, dataCommitment] = numbers(update);
  return {
    update: {
      round: round ?? 0n,
      timestamp: timestamp ?? 0n,
      newOracleRoot: newOracleRoot ?? 0n,
      dataCommitment: dataCommitment ?? 0n,
    },
    words: numbers(words),
    priceWords: numbers(priceWords),
    proof: readProof(proof),
  };
}

/** @throws {CouldNotCheckError} when the transaction is no direct call of settleBatch */
export function readBatch(
  transaction: RpcTransaction,
  guard: string,
): Pick<BatchRecord, "update" | "operations" | "proof"> {
  const [update, operations, proof] = readCall(transaction, guard, "settleBatch");
  const [firstOperation, newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment] = numbers(update);
  return {
    update: {
      firstOperation: firstOperation ?? 0n,
      newStateRoot: newStateRoot ?? 0n,
      outcomeWord: outcomeWord ?? 0n,
      box: box ?? 0n,
      totalsWord: totalsWord ?? 0n,
      lossWord: lossWord ?? 0n,
      dataCommitment: dataCommitment ?? 0n,
    },
    operations: [...(operations as Result)].map(numbers), // a list, by the ABI
    proof: readProof(proof),
  };
}

function readCall({ hash, to, input }: RpcTransaction, guard: string, name: string): Result {
  if (to !== guard) throw new CouldNotCheckError(`transaction ${hash} does not call the guard directly`);
  try {
    return GUARD.decodeFunctionData(name, input);
  } catch (cause) {
    throw new CouldNotCheckError(`transaction ${hash} does not call ${name}`, { cause });
  }
}

function readProof(value: unknown): Groth16Proof {
  const [a, b, c] = value as Result; // a tuple, by the ABI
  const pair = (of: unknown): readonly [bigint, bigint] => {
    const [first = 0n, second = 0n] = numbers(of);
    return [first, second];
  };
  const [x, y] = b as Result; // two pairs, by the ABI
  return { a: pair(a), b: [pair(x), pair(y)], c: pair(c) };
}

function numbers(value: unknown): readonly bigint[] {
  return [...(value as Result)] as bigint[]; // integers, by the ABI
}
