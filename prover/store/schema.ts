import type { Database } from "./database.ts";
import { StoreIdentityError } from "./errors.ts";
import { countOf } from "./values.ts";

/**
 * Everything that was read from the chain carries the number of its block, so that a reorganisation is one delete per
 * table. A version of the state is named by the number of operations that are settled in it.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE identity (field TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE block (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, parent_hash TEXT NOT NULL) STRICT;
   CREATE TABLE genesis (
     only INTEGER PRIMARY KEY CHECK (only = 1), block_number INTEGER NOT NULL,
     oracle_parameters TEXT NOT NULL, margin_parameters TEXT NOT NULL, reporter_keys TEXT NOT NULL, oracle_words TEXT NOT NULL,
     digest TEXT NOT NULL
   ) STRICT;
   CREATE TABLE operation (
     position INTEGER PRIMARY KEY, block_number INTEGER NOT NULL, words TEXT NOT NULL, head TEXT NOT NULL
   ) STRICT;
   CREATE TABLE round (
     round INTEGER PRIMARY KEY, block_number INTEGER NOT NULL,
     oracle_words TEXT NOT NULL, oracle_root TEXT NOT NULL, next_tvl TEXT NOT NULL, digest TEXT NOT NULL
   ) STRICT;
   CREATE TABLE version (
     settled INTEGER PRIMARY KEY, block_number INTEGER NOT NULL, state_root TEXT NOT NULL,
     sum_quote TEXT NOT NULL, insurance TEXT NOT NULL, markets TEXT NOT NULL, liabilities TEXT NOT NULL,
     digest TEXT NOT NULL
   ) STRICT;
   CREATE TABLE account (
     position INTEGER NOT NULL, settled INTEGER NOT NULL, block_number INTEGER NOT NULL, fields TEXT NOT NULL,
     PRIMARY KEY (position, settled DESC)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE proof (
     key TEXT PRIMARY KEY, circuit TEXT NOT NULL, proof TEXT NOT NULL, public_signals TEXT NOT NULL, made_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE submission (
     hash TEXT PRIMARY KEY, purpose TEXT NOT NULL, nonce INTEGER NOT NULL, raw TEXT NOT NULL,
     max_fee TEXT NOT NULL, priority_fee TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('signed', 'closed'))
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX submission_open ON submission (state, nonce);`,
  // What the log abandons is moved, with the block that abandoned it, so that a reorganisation can bring it back.
  // A version has its time, for prune.ts. What an older program read from the chain is read again.
  `DELETE FROM block; DELETE FROM genesis; DELETE FROM operation; DELETE FROM round; DELETE FROM account;
   DROP TABLE version;
   CREATE TABLE version (
     settled INTEGER PRIMARY KEY, block_number INTEGER NOT NULL, proven_at INTEGER NOT NULL, state_root TEXT NOT NULL,
     sum_quote TEXT NOT NULL, insurance TEXT NOT NULL, markets TEXT NOT NULL, liabilities TEXT NOT NULL,
     digest TEXT NOT NULL
   ) STRICT;
   CREATE TABLE abandoned_operation (
     position INTEGER NOT NULL, block_number INTEGER NOT NULL, words TEXT NOT NULL, head TEXT NOT NULL,
     abandoned_block INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE abandoned_version (
     settled INTEGER NOT NULL, block_number INTEGER NOT NULL, proven_at INTEGER NOT NULL, state_root TEXT NOT NULL,
     sum_quote TEXT NOT NULL, insurance TEXT NOT NULL, markets TEXT NOT NULL, liabilities TEXT NOT NULL,
     digest TEXT NOT NULL, abandoned_block INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE abandoned_account (
     position INTEGER NOT NULL, settled INTEGER NOT NULL, block_number INTEGER NOT NULL, fields TEXT NOT NULL,
     abandoned_block INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE rollback (
     serial INTEGER PRIMARY KEY, block_number INTEGER NOT NULL, cause INTEGER NOT NULL,
     settled INTEGER NOT NULL, abandoned INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE pin (only INTEGER PRIMARY KEY CHECK (only = 1), settled INTEGER NOT NULL) STRICT`,
];

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a database to this program's schema, one transaction for each step.
 * @throws {StoreIdentityError} when the database was written by a newer program
 */
export function migrate(database: Database): void {
  const row = database.first("PRAGMA user_version");
  const found = row === null ? 0 : countOf(row, "user_version");
  if (found > SCHEMA_VERSION) throw new StoreIdentityError("schema", String(found), String(SCHEMA_VERSION));
  for (let version = found; version < SCHEMA_VERSION; version++) {
    database.transaction(() => {
      for (const statement of (MIGRATIONS[version] ?? "").split(";")) {
        if (statement.trim() !== "") database.run(statement);
      }
      database.run(`PRAGMA user_version = ${version + 1}`);
    });
  }
}
