/** Checks one operation of the log: its place, and the word that the log itself writes. */
import type { OperationRecord } from "../replay/history.ts";
import { currentOracle, type Replayed } from "../replay/replayed.ts";
import { compared, type Finding } from "./verdict.ts";

const TIME_WIDTH = 40;
const WORDS = 9;

/** The signer cannot choose the round and time that an operation is judged at: they are those of its block. */
export function checkOperation(replayed: Replayed, { index, words, place }: OperationRecord): readonly Finding[] {
  const [, , logWord = 0n] = words;
  return [
    compared("operation.index", "operations are numbered without gaps", index, BigInt(replayed.operations.length)),
    compared("operation.words", "an operation has nine words", BigInt(words.length), BigInt(WORDS)),
    compared(
      "operation.round",
      "an operation carries the round in force when it was logged",
      BigInt.asUintN(TIME_WIDTH, logWord),
      currentOracle(replayed).round,
    ),
    compared(
      "operation.loggedAt",
      "an operation carries the time of its block",
      BigInt.asUintN(TIME_WIDTH, logWord >> BigInt(TIME_WIDTH)),
      place.blockTime,
    ),
  ];
}
