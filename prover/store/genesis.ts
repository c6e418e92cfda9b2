import type { Database } from "./database.ts";
import { countOf, integersOf, integersText } from "./values.ts";

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

export function genesisTable(database: Database): GenesisTable {
  return {
    put(genesis) {
      database.run(
        `INSERT INTO genesis (only, block_number, oracle_parameters, margin_parameters, reporter_keys, oracle_words)
         VALUES (1, ?, ?, ?, ?, ?)`,
        genesis.blockNumber,
        integersText(genesis.oracleParameters),
        integersText(genesis.marginParameters),
        integersText(genesis.reporterKeys),
        integersText(genesis.oracleWords),
      );
    },
    get() {
      const row = database.first("SELECT * FROM genesis");
      return row === null
        ? null
        : {
            blockNumber: countOf(row, "block_number"),
            oracleParameters: integersOf(row, "oracle_parameters"),
            marginParameters: integersOf(row, "margin_parameters"),
            reporterKeys: integersOf(row, "reporter_keys"),
            oracleWords: integersOf(row, "oracle_words"),
          };
    },
  };
}
