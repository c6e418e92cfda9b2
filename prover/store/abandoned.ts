import type { Database } from "./database.ts";

const OPERATION: Kind = { table: "operation", columns: "position, block_number, words, head" };
const ACCOUNT: Kind = { table: "account", columns: "position, settled, block_number, fields" };
const VERSION: Kind = {
  table: "version",
  columns: "settled, block_number, proven_at, state_root, sum_quote, insurance, markets, liabilities, digest",
};

/** What a fork of the log or a rollback takes out of force. It is kept until no reorganisation can undo that. */
export const ABANDONABLE = [OPERATION, ACCOUNT, VERSION] as const;

/** Takes operations from a place on out of force. @param blockNumber block that says so */
export function abandonOperations(database: Database, fromIndex: number, blockNumber: number): void {
  move(database, OPERATION, { which: "position >= ?", limit: fromIndex, blockNumber });
}

/** Takes versions with more settled operations than given, and their accounts, out of force. */
export function abandonVersions(database: Database, settled: number, blockNumber: number): void {
  for (const kind of [ACCOUNT, VERSION]) move(database, kind, { which: "settled > ?", limit: settled, blockNumber });
}

interface Kind {
  readonly table: string;
  /** Without the one that `abandoned_` tables have more. */
  readonly columns: string;
}

function move(
  database: Database,
  { table, columns }: Kind,
  { which, limit, blockNumber }: { readonly which: string; readonly limit: number; readonly blockNumber: number },
): void {
  database.run(
    `INSERT INTO abandoned_${table} (${columns}, abandoned_block) SELECT ${columns}, ? FROM ${table} WHERE ${which}`,
    blockNumber,
    limit,
  );
  database.run(`DELETE FROM ${table} WHERE ${which}`, limit);
}
