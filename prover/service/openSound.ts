import { StoreCorruptError } from "../store/errors.ts";
import { setAside } from "../store/setAside.ts";
import type { ProverConfig } from "./config.ts";
import { type Connection, connect } from "./connect.ts";
import { createLedger, type Ledger } from "./ledger.ts";

export interface Opened {
  readonly connection: Connection;
  readonly ledger: Ledger;
  /** Why an older database was set aside and everything is read from the chain again. */
  readonly repaired: StoreCorruptError | null;
}

/**
 * Connects and loads the state. A database that contradicts itself is set aside: all of it is on the chain.
 * @throws as {@link connect} does
 */
export async function openSound(config: ProverConfig): Promise<Opened> {
  try {
    return { ...(await open(config)), repaired: null };
  } catch (error) {
    if (!(error instanceof StoreCorruptError) || config.storePath === ":memory:") throw error;
    const kept = setAside(config.storePath);
    return {
      ...(await open(config)),
      repaired: new StoreCorruptError(kept, `set aside and rebuilt: ${error.message}`),
    };
  }
}

async function open(config: ProverConfig): Promise<Omit<Opened, "repaired">> {
  const connection = await connect(config);
  const { store } = connection;
  try {
    return { connection, ledger: createLedger({ ...connection, storePath: config.storePath }) };
  } catch (error) {
    store.close();
    throw error;
  }
}
