import { ProverError } from "../errors.ts";

/** The database contradicts itself or its roots. Everything in it can be rebuilt from the chain: delete it and start again. */
export class StoreCorruptError extends ProverError {
  override readonly name = "StoreCorruptError";
  readonly code = "STORE_CORRUPT";
  readonly path: string;
  constructor(path: string, reason: string, cause?: unknown) {
    super(`${path}: ${reason}`, { cause });
    this.path = path;
  }
}

/** The database belongs to another chain, guard, circuit or version of this program. */
export class StoreIdentityError extends ProverError {
  override readonly name = "StoreIdentityError";
  readonly code = "STORE_IDENTITY";
  readonly field: string;
  readonly stored: string;
  readonly wanted: string;
  constructor(field: string, stored: string, wanted: string) {
    super(`the database was made for ${field} ${stored}, not ${wanted}`);
    this.field = field;
    this.stored = stored;
    this.wanted = wanted;
  }
}
