import type { Database, Row } from "./database.ts";
import { countOf, integerOf, integerText, textOf } from "./values.ts";

/** A signed transaction, written down before it is sent for the first time. */
export interface Submission {
  /** What it is for: the key of the proof that it carries. */
  readonly purpose: string;
  readonly hash: string;
  readonly nonce: number;
  /** The signed bytes, 0x-hex. They pay gas and can do nothing else. */
  readonly raw: string;
  /** Wei per gas. */
  readonly maxFee: bigint;
  readonly priorityFee: bigint;
}

export interface SubmissionTable {
  append(submission: Submission): void;
  /** Transactions whose fate is not known, oldest nonce first; those of one nonce with the lowest fee first. */
  open(): readonly Submission[];
  /** Whether this service signed a transaction. */
  has(hash: string): boolean;
  /** Notes that the fate of a nonce is known. */
  close(nonce: number): void;
}

export function submissionTable(database: Database): SubmissionTable {
  const read = (row: Row): Submission => ({
    purpose: textOf(row, "purpose"),
    hash: textOf(row, "hash"),
    nonce: countOf(row, "nonce"),
    raw: textOf(row, "raw"),
    maxFee: integerOf(row, "max_fee"),
    priorityFee: integerOf(row, "priority_fee"),
  });
  return {
    append({ purpose, hash, nonce, raw, maxFee, priorityFee }) {
      database.run(
        // The same bytes again, after a reorganisation took them out of the chain: their fate is open once more.
        `INSERT OR REPLACE INTO submission (hash, purpose, nonce, raw, max_fee, priority_fee, state)
         VALUES (?, ?, ?, ?, ?, ?, 'signed')`,
        hash,
        purpose,
        nonce,
        raw,
        integerText(maxFee),
        integerText(priorityFee),
      );
    },
    open: () =>
      database
        .all("SELECT * FROM submission WHERE state = 'signed'")
        .map(read)
        .toSorted((left, right) => left.nonce - right.nonce || (left.maxFee < right.maxFee ? -1 : 1)),
    has: (hash) => database.first("SELECT 1 FROM submission WHERE hash = ?", hash) !== null,
    close(nonce) {
      database.run("UPDATE submission SET state = 'closed' WHERE nonce = ? AND state = 'signed'", nonce);
      database.run("DELETE FROM submission WHERE state = 'closed' AND nonce < ?", nonce - KEPT_NONCES);
    },
  };
}

/** Closed transactions that are kept for whoever looks into the file. */
const KEPT_NONCES = 1000;
