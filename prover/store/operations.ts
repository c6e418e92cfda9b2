import { abandonOperations } from "./abandoned.ts";
import type { Database, Row } from "./database.ts";
import { countOf, integersOf, integersText, textOf } from "./values.ts";

/** An operation of the engine's log. */
export interface LoggedOperation {
  /** Place in the log, from 0. */
  readonly position: number;
  readonly blockNumber: number;
  /** Nine raw words, as logged. */
  readonly words: readonly bigint[];
  /** Keccak chain head after this operation, 0x-hex. */
  readonly head: string;
}

export interface OperationTable {
  append(operation: LoggedOperation): void;
  /** Operations logged so far. */
  count(): number;
  last(): LoggedOperation | null;
  /** Takes the operations from a place on out of force. @param blockNumber block in which the log forked */
  abandon(fromIndex: number, blockNumber: number): void;
  /** Up to `limit` operations from a place on, in order. */
  from(first: number, limit: number): readonly LoggedOperation[];
}

export function operationTable(database: Database): OperationTable {
  const read = (row: Row): LoggedOperation => ({
    position: countOf(row, "position"),
    blockNumber: countOf(row, "block_number"),
    words: integersOf(row, "words"),
    head: textOf(row, "head"),
  });
  const last = (): LoggedOperation | null => {
    const row = database.first("SELECT * FROM operation ORDER BY position DESC LIMIT 1");
    return row === null ? null : read(row);
  };
  return {
    append({ position, blockNumber, words, head }) {
      database.run(
        "INSERT INTO operation (position, block_number, words, head) VALUES (?, ?, ?, ?)",
        position,
        blockNumber,
        integersText(words),
        head,
      );
    },
    last,
    abandon: (fromIndex, blockNumber) => abandonOperations(database, fromIndex, blockNumber),
    count: () => (last()?.position ?? -1) + 1,
    from: (first, limit) =>
      database.all("SELECT * FROM operation WHERE position >= ? ORDER BY position LIMIT ?", first, limit).map(read),
  };
}
