import type { Database } from "./database.ts";

/**
 * Forgets what no reorganisation within the remembered blocks can bring back: superseded accounts, versions, settled
 * operations and rounds. The chain keeps all of it.
 * @param settledBlock newest block that no reorganisation can void any more
 * @param roundOf the oracle round of an operation's words, as they are stored
 */
export function prune(database: Database, settledBlock: number, roundOf: (words: string) => number): void {
  const base = database.first(
    "SELECT MAX(settled) AS settled FROM version WHERE block_number <= ?",
    settledBlock,
  )?.settled;
  if (typeof base !== "number") return; // nothing was settled that long ago
  database.run(
    `DELETE FROM account AS old WHERE EXISTS (
       SELECT 1 FROM account WHERE position = old.position AND settled > old.settled AND settled <= ?)`,
    base,
  );
  database.run("DELETE FROM version WHERE settled < ?", base);
  database.run("DELETE FROM operation WHERE position < ?", base - 1); // the last settled one holds the head of the log
  const next = database.first("SELECT words FROM operation WHERE position = ?", base)?.words;
  const needed = typeof next === "string" ? roundOf(next) : Number.MAX_SAFE_INTEGER; // rounds only rise along the log
  database.run(
    "DELETE FROM round WHERE round < ?1 AND round < (SELECT MAX(round) FROM round WHERE block_number <= ?2)",
    needed,
    settledBlock,
  );
}
