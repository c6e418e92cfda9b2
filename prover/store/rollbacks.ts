import { abandonVersions } from "./abandoned.ts";
import type { Database, Row } from "./database.ts";
import { countOf } from "./values.ts";

/** A rollback of the guard, as followed. */
export interface StoredRollback {
  readonly blockNumber: number;
  /** Why, as the guard numbers incidents. */
  readonly cause: number;
  /** Operations settled after it and before it. */
  readonly settled: number;
  readonly abandoned: number;
}

export interface RollbackTable {
  /** Notes a rollback, and takes the versions after its target out of force. */
  append(rollback: StoredRollback): void;
  count(): number;
  last(): StoredRollback | null;
}

export function rollbackTable(database: Database): RollbackTable {
  const read = (row: Row): StoredRollback => ({
    blockNumber: countOf(row, "block_number"),
    cause: countOf(row, "cause"),
    settled: countOf(row, "settled"),
    abandoned: countOf(row, "abandoned"),
  });
  return {
    append({ blockNumber, cause, settled, abandoned }) {
      abandonVersions(database, settled, blockNumber);
      database.run(
        "INSERT INTO rollback (block_number, cause, settled, abandoned) VALUES (?, ?, ?, ?)",
        ...[blockNumber, cause, settled, abandoned],
      );
    },
    count: () => countOf(database.first("SELECT COUNT(*) AS rollbacks FROM rollback") ?? {}, "rollbacks"),
    last() {
      const row = database.first("SELECT * FROM rollback ORDER BY serial DESC LIMIT 1");
      return row === null ? null : read(row);
    },
  };
}
