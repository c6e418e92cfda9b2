import type { Profile } from "../../verifier/model/profile.ts";
import type { Transport } from "../chain/transport.ts";
import type { CircuitArtefact } from "../proving/artefact.ts";
import type { ProofBackend } from "../proving/backend.ts";
import type { BackendChoice } from "../proving/backendChoice.ts";
import type { ProvingConfig } from "../proving/provingPool.ts";
import type { FeePolicy } from "../settle/fees.ts";

export interface ProverConfig {
  readonly transport: Transport;
  /** Another node, of somebody else: it must have the same blocks and the same guard before anything is proven. */
  readonly secondTransport?: Transport;
  /** Address of the guard; its engine is read from it. */
  readonly guard: string;
  readonly profile: Profile;
  readonly artefacts: { readonly OracleRound: CircuitArtefact; readonly MarginBatch: CircuitArtefact };
  /** SQLite file, or ":memory:". */
  readonly storePath: string;
  /** EVM private key that pays gas, and a keeper's fees, and has no other power, "0x"-hex. */
  readonly signerKey: string;
  /** False: only follow, and prove rounds when asked. True by default. */
  readonly settleBatches?: boolean;
  /** Backstops and Recertifies posted in 24 hours of chain time at most; 0, no keeper, by default. */
  readonly keeperPerDay?: number;
  /** Blocks to stay behind the newest one; 0, for a local chain, by default. */
  readonly confirmations?: number;
  /** Block of the guard's deployment, or an earlier one; 0 by default. */
  readonly fromBlock?: number;
  /** Wait between two looks at the chain, milliseconds; 1000 by default. */
  readonly pollMs?: number;
  /** For the child processes that prove. */
  readonly proving?: Omit<ProvingConfig, "circuits">;
  readonly fees?: Partial<FeePolicy>;
  /** Blocks that are remembered to follow reorganisations; 256 by default. */
  readonly ringCapacity?: number;
  /**
   * How old a version may be that a rollback returns to without reading the chain again, seconds; by default the guard's
   * claim delay, twice its halting cure time, and a day.
   */
  readonly rollbackReachSec?: number;
  /** Batches that are proven ahead of the settled state; 3 by default. */
  readonly lookahead?: number;
  /** Wait after a failed proof or submission, milliseconds; 10,000 by default. */
  readonly restMs?: number;
  /** What makes the proofs, by name or brought along; "auto" by default: native where it is built, else snarkjs. */
  readonly backend?: BackendChoice | ProofBackend;
}

export const DEFAULT_POLL_MS = 1000;
export const DEFAULT_RING = 256; // four epochs of 32 blocks until a finalised block, twice
export const DEFAULT_LOOKAHEAD = 3; // two children prove, one batch waits
export const DEFAULT_REST_MS = 10_000;
