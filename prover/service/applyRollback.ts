import type { ChainEvent } from "../chain/chainEvent.ts";
import type { Store } from "../store/store.ts";
import { genesisView } from "./applyGenesis.ts";
import { LedgerMismatchError, VersionLostError } from "./errors.ts";
import { type ProvenState, versionOf } from "./loadView.ts";
import { type Constants, EMPTY_HEAD, type View } from "./view.ts";

type EventOf<T extends ChainEvent["type"]> = Extract<ChainEvent, { type: T }>;

/**
 * The view after the log has forked: it goes on from an earlier place.
 * @throws {LedgerMismatchError} when what is void is not what was logged
 * @throws {VersionLostError} when the place is older than what the store remembers
 */
export function applyForkEvent(view: View, event: EventOf<"fork">, store: Store, blockNumber: number): View {
  const { fromIndex, abandonedCount, abandonedHead } = event;
  if (fromIndex + abandonedCount !== view.logged) {
    throw new LedgerMismatchError("operations before the log forked", fromIndex + abandonedCount, view.logged);
  }
  if (abandonedHead !== view.head) throw new LedgerMismatchError("abandoned head", abandonedHead, view.head);
  const head = headBefore(store, fromIndex);
  store.operations.abandon(fromIndex, blockNumber);
  return { ...view, logged: fromIndex, head };
}

function headBefore(store: Store, position: number): string {
  if (position === 0) return EMPTY_HEAD;
  const [before] = store.operations.from(position - 1, 1);
  if (before?.position !== position - 1) throw new VersionLostError(position);
  return before.head;
}

/**
 * The view after the guard has gone back to an earlier proven state. Rounds go on as they are.
 * @throws {LedgerMismatchError} when no batch ended there, or another root was proven there
 * @throws {VersionLostError} when the store does not have that version any more
 */
export function applyRollbackEvent(
  view: View,
  event: EventOf<"rollback">,
  store: Store,
  constants: Constants,
  blockNumber: number,
): View {
  const { cause, settled, abandonedSettled, stateRoot } = event;
  if (abandonedSettled !== view.settled) {
    throw new LedgerMismatchError("operations settled before a rollback", abandonedSettled, view.settled);
  }
  const proven = provenAt(store, settled, constants);
  if (proven.stateRoot !== stateRoot) {
    throw new LedgerMismatchError(
      `state root that a rollback to ${settled} operations restores`,
      stateRoot,
      proven.stateRoot,
    );
  }
  store.rollbacks.append({ blockNumber, cause, settled, abandoned: abandonedSettled });
  return { ...view, ...proven, rollbacks: view.rollbacks + 1 };
}

function provenAt(store: Store, settled: number, constants: Constants): ProvenState {
  const genesis = store.genesis.get();
  if (settled === 0 && genesis !== null) {
    const { state, stateRoot, liabilities } = genesisView(genesis, constants);
    return { state, stateRoot, liabilities, settled };
  }
  const version = store.versions.at(settled);
  const proven = version === null ? null : versionOf(store, version, constants);
  if (proven === null) throw new VersionLostError(settled);
  return proven;
}
