import { type BlockTable, blockTable } from "./blocks.ts";
import { openDatabase } from "./database.ts";
import { type GenesisTable, genesisTable } from "./genesis.ts";
import { claimIdentity, type StoreIdentity } from "./identity.ts";
import { type OperationTable, operationTable } from "./operations.ts";
import { type ProofTable, proofTable } from "./proofs.ts";
import { prune, type Reach } from "./prune.ts";
import { restart, rewindTo } from "./rewind.ts";
import { type RollbackTable, rollbackTable } from "./rollbacks.ts";
import { type RoundTable, roundTable } from "./rounds.ts";
import { migrate } from "./schema.ts";
import { type SubmissionTable, submissionTable } from "./submissions.ts";
import { parseIntegers } from "./values.ts";
import { type VersionTable, versionTable } from "./versions.ts";

/** Everything that the prover remembers. All of it but the submissions can be rebuilt from the chain. */
export interface Store {
  readonly blocks: BlockTable;
  readonly genesis: GenesisTable;
  readonly operations: OperationTable;
  readonly rounds: RoundTable;
  readonly versions: VersionTable;
  readonly rollbacks: RollbackTable;
  readonly proofs: ProofTable;
  readonly submissions: SubmissionTable;
  /** All of the action is on disk when this returns, or nothing of it. */
  transaction<T>(action: () => T): T;
  /** Forgets everything above a block, in one transaction; what was abandoned there is in force again. */
  rewindTo(ancestor: number): void;
  /** Forgets everything that was read from the chain, but keeps a version with this many settled operations next time. */
  restart(pin: number): void;
  /** Forgets what is out of reach; see prune.ts. */
  prune(reach: Reach, roundOf: (words: readonly bigint[]) => number): void;
  close(): void;
}

/**
 * Opens the store of one guard on one chain.
 * @param path file, or ":memory:"
 * @param ringCapacity blocks that are remembered to follow reorganisations
 * @throws {StoreIdentityError} when the file belongs to something else
 * @throws {StoreCorruptError} when the file is not sound
 */
export function openStore(path: string, identity: StoreIdentity, ringCapacity: number): Store {
  const database = openDatabase(path);
  try {
    migrate(database);
    claimIdentity(database, identity);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    blocks: blockTable(database, ringCapacity),
    genesis: genesisTable(database),
    operations: operationTable(database),
    rounds: roundTable(database),
    versions: versionTable(database),
    rollbacks: rollbackTable(database),
    proofs: proofTable(database),
    submissions: submissionTable(database),
    transaction: (action) => database.transaction(action),
    rewindTo: (ancestor) => rewindTo(database, ancestor),
    restart: (pin) => restart(database, pin),
    prune: (reach, roundOf) => prune(database, reach, (words) => roundOf(parseIntegers(words))),
    close: () => database.close(),
  };
}
