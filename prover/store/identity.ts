import type { Database } from "./database.ts";
import { StoreIdentityError } from "./errors.ts";
import { textOf } from "./values.ts";

/** What a database belongs to; each value as text. */
export interface StoreIdentity {
  readonly chainId: string;
  readonly guard: string;
  readonly profile: string;
  /** SHA-256 of the proving key of each circuit. */
  readonly roundCircuit: string;
  readonly batchCircuit: string;
}

/**
 * Writes the identity into a new database, and compares it with that of an old one.
 * @throws {StoreIdentityError} when any field differs
 */
export function claimIdentity(database: Database, identity: StoreIdentity): void {
  database.transaction(() => {
    for (const [field, wanted] of Object.entries(identity)) {
      const row = database.first("SELECT value FROM identity WHERE field = ?", field);
      if (row === null) database.run("INSERT INTO identity (field, value) VALUES (?, ?)", field, wanted);
      else if (textOf(row, "value") !== wanted) throw new StoreIdentityError(field, textOf(row, "value"), wanted);
    }
  });
}
