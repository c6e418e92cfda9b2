import { decodeOracle, encodeOracle, type OracleState } from "../../verifier/model/oracle.ts";
import type { BlockHeader, ChainLog } from "../chain/answers.ts";
import type { ChainEvent } from "../chain/chainEvent.ts";
import type { ChainClient } from "../chain/client.ts";
import { readEvent } from "../chain/events.ts";
import { findRoundWords } from "../chain/roundWords.ts";
import type { LoggedOperation } from "../store/operations.ts";
import type { Store } from "../store/store.ts";
import { applyBatchEvent, applyOperationEvent, applyRoundEvent } from "./applyEvents.ts";
import { checkGenesis, genesisView } from "./applyGenesis.ts";
import { applyForkEvent, applyRollbackEvent } from "./applyRollback.ts";
import { LedgerMismatchError, NoGenesisError } from "./errors.ts";
import { loadView } from "./loadView.ts";
import { roundOf } from "./roundOf.ts";
import type { Constants, View } from "./view.ts";

/** The followed branch as state: takes blocks in and gives them back, on disk and in memory alike. */
export interface Ledger {
  /** Null before the genesis event. */
  view(): View | null;
  /** Takes a block in, completely or not at all. @returns the events that it brought */
  takeBlock(block: BlockHeader, logs: readonly ChainLog[], signal: AbortSignal): Promise<readonly ChainEvent[]>;
  /** Goes back to the state after an earlier block, by its number. */
  rewindTo(ancestor: number): void;
  /** Forgets everything, to be read from the chain again; then a version with this many settled operations is kept. */
  restart(pin: number): void;
  /** Logged operations from a place on. */
  operationsFrom(first: number, limit: number): readonly LoggedOperation[];
  /** The oracle state after a proven round. @throws {LedgerMismatchError} when the round is not proven */
  oracleOf(round: number): OracleState;
}

export interface LedgerConfig {
  readonly store: Store;
  readonly storePath: string;
  readonly client: ChainClient;
  readonly constants: Constants;
  /** Address of the guard, lower case. */
  readonly guard: string;
  /** How old a version may be that a rollback returns to without reading the chain again, seconds. */
  readonly rollbackReachSec: number;
}

type BlockPlace = Pick<BlockHeader, "number" | "timestamp">;

const PRUNE_EVERY_BLOCKS = 256;

/** @throws {StoreCorruptError} when the stored state does not give the stored roots */
export function createLedger({ store, storePath, client, constants, guard, rollbackReachSec }: LedgerConfig): Ledger {
  let current = loadView(store, constants, storePath);

  function oracleOf(round: number): OracleState {
    const words = round === 0 ? store.genesis.get()?.oracleWords : store.rounds.get(round)?.oracleWords;
    if (words === undefined) throw new LedgerMismatchError("oracle round of an operation", round, "not proven");
    return decodeOracle(words);
  }

  async function takeBlock(
    block: BlockHeader,
    logs: readonly ChainLog[],
    signal: AbortSignal,
  ): Promise<readonly ChainEvent[]> {
    const events = logs.flatMap((log) => readEvent(log, guard) ?? []);
    const words = new Map<ChainEvent, readonly (readonly bigint[])[]>();
    for (const event of events) {
      if (event.type === "round") words.set(event, await findRoundWords(client, event.transactionHash, signal));
    }
    const { number, hash, parentHash, timestamp } = block;
    const next = store.transaction(() => {
      store.blocks.append({ number, hash, parentHash });
      if (number % PRUNE_EVERY_BLOCKS === 0) {
        const settledBlock = (store.blocks.ring()[0]?.number ?? 0) - 1;
        store.prune({ settledBlock, rollbackSec: timestamp - rollbackReachSec }, roundOf);
      }
      const place = { number, timestamp };
      const view = events.reduce((before, event) => takeEvent(before, event, place, words.get(event) ?? []), current);
      if (view !== null && view.logged < view.settled) {
        throw new LedgerMismatchError("operations in the log", view.settled, view.logged);
      }
      return view;
    });
    current = next;
    return events;
  }

  /** Applies one event and writes what it changes. */
  function takeEvent(
    view: View | null,
    event: ChainEvent,
    block: BlockPlace,
    words: readonly (readonly bigint[])[],
  ): View {
    const blockNumber = block.number;
    if (event.type === "genesis") {
      const made = genesisView({ blockNumber, ...event }, constants);
      checkGenesis(made, event);
      store.genesis.put({ blockNumber, ...event });
      return made;
    }
    if (view === null) throw new NoGenesisError(`a ${event.type} event`);
    if (event.type === "operation") {
      const next = applyOperationEvent(view, event);
      store.operations.append({ position: event.position, blockNumber, words: event.words, head: next.head });
      return next;
    }
    if (event.type === "round") {
      const next = applyRoundEvent(view, event, words, constants);
      const { oracle, oracleRoot, nextTvl } = next;
      store.rounds.append({ round: event.round, blockNumber, oracleWords: encodeOracle(oracle), oracleRoot, nextTvl });
      return next;
    }
    if (event.type === "incident") return view;
    if (event.type === "fork") return applyForkEvent(view, event, store, blockNumber);
    if (event.type === "rollback") return applyRollbackEvent(view, event, store, constants, blockNumber);
    return takeBatch(view, event, block);
  }

  function takeBatch(view: View, event: Extract<ChainEvent, { type: "batch" }>, block: BlockPlace): View {
    const operations = store.operations.from(event.first, event.count).map((operation) => operation.words);
    const { view: next, changed } = applyBatchEvent(view, event, operations, oracleOf(event.round), constants);
    const { settled, stateRoot, state, liabilities } = next;
    const markets = state.markets.flatMap(({ openInterest, lossLong, lossShort }) => [
      openInterest,
      lossLong,
      lossShort,
    ]);
    const { sumQuote, insurance } = state;
    const place = { settled, blockNumber: block.number, provenAt: block.timestamp };
    store.versions.append({ ...place, stateRoot, sumQuote, insurance, markets, liabilities }, changed);
    return next;
  }

  return {
    view: () => current,
    takeBlock,
    rewindTo(ancestor) {
      store.rewindTo(ancestor);
      current = loadView(store, constants, storePath);
    },
    restart(pin) {
      store.restart(pin);
      current = null;
    },
    operationsFrom: (first, limit) => store.operations.from(first, limit),
    oracleOf,
  };
}
