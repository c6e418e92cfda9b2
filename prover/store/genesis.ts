import type { Database } from "./database.ts";
import { checkDigest, countOf, digestOf, integersOf, integersText } from "./values.ts";

/** The word lists of the guard's Genesis event. */
export interface StoredGenesis {
  readonly blockNumber: number;
  readonly oracleParameters: readonly bigint[];
  readonly marginParameters: readonly bigint[];
  readonly reporterKeys: readonly bigint[];
  readonly oracleWords: readonly bigint[];
}

export interface GenesisTable {
  put(genesis: StoredGenesis): void;
  get(): StoredGenesis | null;
}

const COLUMNS = ["block_number", "oracle_parameters", "margin_parameters", "reporter_keys", "oracle_words"] as const;

export function genesisTable(database: Database): GenesisTable {
  return {
    put(genesis) {
      const lists = [genesis.oracleParameters, genesis.marginParameters, genesis.reporterKeys, genesis.oracleWords];
      const columns = [genesis.blockNumber, ...lists.map(integersText)];
      database.run(
        `INSERT INTO genesis (only, ${COLUMNS.join(", ")}, digest) VALUES (1, ?, ?, ?, ?, ?, ?)`,
        ...columns,
        digestOf(columns),
      );
    },
    get() {
      const row = database.first("SELECT * FROM genesis");
      if (row === null) return null;
      checkDigest(row, COLUMNS);
      return {
        blockNumber: countOf(row, "block_number"),
        oracleParameters: integersOf(row, "oracle_parameters"),
        marginParameters: integersOf(row, "margin_parameters"),
        reporterKeys: integersOf(row, "reporter_keys"),
        oracleWords: integersOf(row, "oracle_words"),
      };
    },
  };
}
