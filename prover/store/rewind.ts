import { ABANDONABLE } from "./abandoned.ts";
import type { Database } from "./database.ts";

/** Tables that hold what was read from the chain, and the column with the number of its block. */
const CHAIN_TABLES = [
  ["block", "number"],
  ["genesis", "block_number"],
  ["operation", "block_number"],
  ["round", "block_number"],
  ["version", "block_number"],
  ["account", "block_number"],
  ["rollback", "block_number"],
  ["abandoned_operation", "block_number"],
  ["abandoned_version", "block_number"],
  ["abandoned_account", "block_number"],
] as const;

/**
 * Forgets everything that was read from blocks above the ancestor, in one transaction; what those blocks had abandoned
 * is in force again.
 */
export function rewindTo(database: Database, ancestor: number): void {
  database.transaction(() => {
    for (const [table, column] of CHAIN_TABLES) database.run(`DELETE FROM ${table} WHERE ${column} > ?`, ancestor);
    for (const { table, columns } of ABANDONABLE) {
      database.run(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM abandoned_${table} WHERE abandoned_block > ?`,
        ancestor,
      );
      database.run(`DELETE FROM abandoned_${table} WHERE abandoned_block > ?`, ancestor);
    }
  });
}

/**
 * Forgets everything that was read from the chain, so that it is read again, in one transaction.
 * @param pin operations settled in a version that is to be kept this time, however old it is
 */
export function restart(database: Database, pin: number): void {
  database.transaction(() => {
    for (const [table] of CHAIN_TABLES) database.run(`DELETE FROM ${table}`);
    database.run("INSERT OR REPLACE INTO pin (only, settled) VALUES (1, ?)", pin);
  });
}
