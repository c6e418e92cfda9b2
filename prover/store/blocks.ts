import type { BlockLink } from "../chain/ring.ts";
import type { Database } from "./database.ts";
import { countOf, textOf } from "./values.ts";

/** The followed blocks that a restart needs to recognise its branch. */
export interface BlockTable {
  /** The newest blocks, oldest first. */
  ring(): readonly BlockLink[];
  /** Notes a block as taken in; call it inside the transaction that takes it in. */
  append(link: BlockLink): void;
}

export function blockTable(database: Database, capacity: number): BlockTable {
  return {
    ring: () =>
      database.all("SELECT number, hash, parent_hash FROM block ORDER BY number").map((row) => ({
        number: countOf(row, "number"),
        hash: textOf(row, "hash"),
        parentHash: textOf(row, "parent_hash"),
      })),
    append(link) {
      database.run(
        "INSERT INTO block (number, hash, parent_hash) VALUES (?, ?, ?)",
        link.number,
        link.hash,
        link.parentHash,
      );
      database.run("DELETE FROM block WHERE number <= ?", link.number - capacity);
    },
  };
}
