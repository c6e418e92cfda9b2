import type { Database, Row } from "./database.ts";
import { checkDigest, countOf, digestOf, integerOf, integersOf, integersText, integerText } from "./values.ts";

/** A proven oracle round; round 0 is the genesis. */
export interface StoredRound {
  readonly round: number;
  readonly blockNumber: number;
  /** encodeOracle of the state after the round. */
  readonly oracleWords: readonly bigint[];
  readonly oracleRoot: bigint;
  /** Proven liabilities when the guard accepted this round, quote units: the value at risk of the next one. */
  readonly nextTvl: bigint;
}

export interface RoundTable {
  append(round: StoredRound): void;
  last(): StoredRound | null;
  get(round: number): StoredRound | null;
}

const COLUMNS = ["round", "block_number", "oracle_words", "oracle_root", "next_tvl"] as const;

export function roundTable(database: Database): RoundTable {
  function read(row: Row | null): StoredRound | null {
    if (row === null) return null;
    checkDigest(row, COLUMNS);
    return {
      round: countOf(row, "round"),
      blockNumber: countOf(row, "block_number"),
      oracleWords: integersOf(row, "oracle_words"),
      oracleRoot: integerOf(row, "oracle_root"),
      nextTvl: integerOf(row, "next_tvl"),
    };
  }
  return {
    append({ round, blockNumber, oracleWords, oracleRoot, nextTvl }) {
      const texts = [integersText(oracleWords), integerText(oracleRoot), integerText(nextTvl)];
      const columns = [round, blockNumber, ...texts];
      database.run(
        "INSERT INTO round (round, block_number, oracle_words, oracle_root, next_tvl, digest) VALUES (?, ?, ?, ?, ?, ?)",
        ...columns,
        digestOf(columns),
      );
    },
    last: () => read(database.first("SELECT * FROM round ORDER BY round DESC LIMIT 1")),
    get: (round) => read(database.first("SELECT * FROM round WHERE round = ?", round)),
  };
}
