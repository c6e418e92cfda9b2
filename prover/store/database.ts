import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { StoreCorruptError } from "./errors.ts";

/** A row as SQLite gives it; read it with the functions of values.ts. */
export type Row = Readonly<Record<string, unknown>>;

/** The embedded database. The only file that knows which one it is: `node:sqlite` renames its class in later Nodes. */
export interface Database {
  /** Runs a statement. @returns rows changed */
  run(sql: string, ...values: readonly SQLInputValue[]): number;
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  /** @returns the first row, or null */
  first(sql: string, ...values: readonly SQLInputValue[]): Row | null;
  /** Runs an action so that all of it is on disk when this returns, or nothing of it. */
  transaction<T>(action: () => T): T;
  close(): void;
}

/**
 * Opens a database for one writer: WAL, every commit flushed to disk, and a transaction takes its lock at once.
 * @param path file, or ":memory:"
 * @throws {StoreCorruptError} when the file is not a sound database
 */
export function openDatabase(path: string): Database {
  const inner = open(path);
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = inner.prepare(sql);
    statements.set(sql, made);
    return made;
  };

  function transaction<T>(action: () => T): T {
    inner.exec("BEGIN IMMEDIATE");
    try {
      const result = action();
      inner.exec("COMMIT");
      return result;
    } catch (error) {
      if (inner.isTransaction) inner.exec("ROLLBACK");
      throw error;
    }
  }

  const guarded = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw isCorruption(error) ? new StoreCorruptError(path, "SQLite cannot read a page", error) : error;
    }
  };
  return {
    run: (sql, ...values) => guarded(() => Number(prepare(sql).run(...values).changes)),
    all: (sql, ...values) => guarded(() => prepare(sql).all(...values)),
    first: (sql, ...values) => guarded(() => prepare(sql).get(...values) ?? null),
    transaction,
    close: () => inner.close(),
  };
}

/** SQLITE_CORRUPT and SQLITE_NOTADB; a damaged schema shows as SQLITE_ERROR when a statement is prepared. */
const CORRUPT_CODES: readonly unknown[] = [1, 11, 26];

function isCorruption(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && CORRUPT_CODES.includes(error.errcode);
}

function open(path: string): DatabaseSync {
  try {
    const inner = new DatabaseSync(path);
    inner.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;",
    );
    const verdict = inner.prepare("PRAGMA quick_check(1)").get();
    if (verdict?.quick_check !== "ok") throw new StoreCorruptError(path, "SQLite's own check fails");
    return inner;
  } catch (error) {
    if (error instanceof StoreCorruptError) throw error;
    throw new StoreCorruptError(path, error instanceof Error ? error.message : "cannot be opened", error);
  }
}
