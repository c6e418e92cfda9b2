import { domainOf } from "../../verifier/model/domain.ts";
import { type ChainClient, createChainClient } from "../chain/client.ts";
import { GUARD } from "../chain/events.ts";
import { chooseHasher } from "../proving/chooseHasher.ts";
import { openStore, type Store } from "../store/store.ts";
import { readContract } from "./checkGuard.ts";
import { DEFAULT_RING, type ProverConfig } from "./config.ts";
import { LedgerMismatchError } from "./errors.ts";
import type { Constants } from "./view.ts";

/** What the service stands on, compared with each other before anything starts. */
export interface Connection {
  readonly client: ChainClient;
  readonly chainId: bigint;
  /** Addresses, lower case. */
  readonly guard: string;
  readonly engine: string;
  readonly constants: Constants;
  readonly store: Store;
  /** How old a version may be that a rollback returns to without reading the chain again, seconds. */
  readonly rollbackReachSec: number;
}

/** Time to notice an incident and to send a rollback after its conditions hold. */
const NOTICE_SEC = 86_400;

/**
 * Looks the guard up and opens its store.
 * @throws {LedgerMismatchError} when the guard is of another profile or chain
 * @throws {StoreIdentityError | StoreCorruptError} when the store is not the guard's
 */
export async function connect(config: ProverConfig): Promise<Connection> {
  const client = createChainClient(config.transport);
  const chainId = await client.chainId();
  const guard = config.guard.toLowerCase();
  const read = (name: string): Promise<unknown> => readContract(client, { contract: GUARD, address: guard }, name);
  const { profile } = config;
  const domain = domainOf(chainId, guard);
  for (const [name, derived] of [
    ["domain", domain],
    ["markets", profile.markets],
    ["operationsPerBatch", profile.operations],
    ["reporters", profile.reporters],
  ] as const) {
    const claimed = await read(name);
    if (String(claimed) !== String(derived))
      throw new LedgerMismatchError(`${name} of the guard`, String(claimed), derived);
  }
  const engine = String(await read("engine")).toLowerCase();
  const { hasher } = await chooseHasher(typeof config.backend === "object" ? "auto" : config.backend);
  const identity = {
    chainId: String(chainId),
    guard,
    profile: profile.name,
    roundCircuit: config.artefacts.OracleRound.digests.zkey,
    batchCircuit: config.artefacts.MarginBatch.digests.zkey,
  };
  const store = openStore(config.storePath, identity, config.ringCapacity ?? DEFAULT_RING);
  // A version is out of reach once a claim made after it is paid: at the earliest after the claim delay. An incident must
  // outlast the halting cure time, twice for a deficit.
  const reachSec = Number(await read("claimDelaySec")) + 2 * Number(await read("haltCureSec")) + NOTICE_SEC;
  const rollbackReachSec = config.rollbackReachSec ?? reachSec;
  return { client, chainId, guard, engine, constants: { hasher, profile, domain }, store, rollbackReachSec };
}
