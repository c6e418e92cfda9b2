import { ABANDONABLE } from "./abandoned.ts";
import type { Database } from "./database.ts";

/** How far back the store can be asked for. */
export interface Reach {
  /** Newest block that no reorganisation can void any more. */
  readonly settledBlock: number;
  /** Unix seconds: versions proven later may yet be the target of a rollback. */
  readonly rollbackSec: number;
}

/**
 * Forgets what neither a reorganisation within the remembered blocks nor a rollback within its reach can bring back:
 * superseded accounts, versions, settled operations, rounds, and abandoned branches. The chain keeps all of it.
 * @param roundOf the oracle round of an operation's words, as they are stored
 */
export function prune(database: Database, reach: Reach, roundOf: (words: string) => number): void {
  const { settledBlock, rollbackSec } = reach;
  for (const { table } of ABANDONABLE) {
    database.run(`DELETE FROM abandoned_${table} WHERE abandoned_block <= ?`, settledBlock);
  }
  database.run(
    "DELETE FROM pin WHERE EXISTS (SELECT 1 FROM rollback WHERE rollback.settled = pin.settled AND block_number <= ?)",
    settledBlock,
  );
  const base = database.first(
    `SELECT MAX(settled) AS settled FROM version WHERE block_number <= ? AND proven_at <= ?
     AND settled <= COALESCE((SELECT settled FROM pin), settled)`,
    settledBlock,
    rollbackSec,
  )?.settled;
  if (typeof base !== "number") return; // nothing was settled that long ago
  database.run(
    `DELETE FROM account AS old WHERE EXISTS (
       SELECT 1 FROM account WHERE position = old.position AND settled > old.settled AND settled <= ?)`,
    base,
  );
  database.run("DELETE FROM version WHERE settled < ?", base);
  database.run("DELETE FROM operation WHERE position < ?", base - 1); // the last settled one holds the head of the log
  const next = database.all(
    `SELECT words FROM operation WHERE position = ?1
     UNION ALL SELECT words FROM abandoned_operation WHERE position = ?1`,
    base,
  );
  // Rounds only rise along a branch of the log.
  const needed = next.map(({ words }) => (typeof words === "string" ? roundOf(words) : 0));
  database.run(
    "DELETE FROM round WHERE round < ?1 AND round < (SELECT MAX(round) FROM round WHERE block_number <= ?2)",
    Math.min(Number.MAX_SAFE_INTEGER, ...needed),
    settledBlock,
  );
}
