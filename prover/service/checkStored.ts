import { decodeOracle, oracleRoot } from "../../verifier/model/oracle.ts";
import type { Parameters } from "../../verifier/model/parameters.ts";
import { StoreCorruptError } from "../store/errors.ts";
import type { Store } from "../store/store.ts";
import { nextHead } from "./applyEvents.ts";
import { roundOf } from "./roundOf.ts";
import { type Constants, EMPTY_HEAD } from "./view.ts";

/**
 * Checks the remembered blocks, the operations that are not settled, and the oracle states that those need.
 * With the roots of the newest state this covers everything that a later proof is made of.
 * @throws {StoreCorruptError} when anything was changed since it was written
 */
export function checkStored(
  store: Store,
  settled: number,
  parameters: Parameters,
  constants: Constants,
  path: string,
): void {
  for (const [index, link] of store.blocks.ring().entries()) {
    const parent = store.blocks.ring()[index - 1];
    if (parent !== undefined && (parent.number !== link.number - 1 || parent.hash !== link.parentHash)) {
      throw new StoreCorruptError(path, `block ${link.number} does not follow block ${parent.number}`);
    }
  }
  const pending = store.operations.from(settled, store.operations.count());
  let head = settled === 0 ? EMPTY_HEAD : (store.operations.from(settled - 1, 1)[0]?.head ?? "");
  for (const [index, operation] of pending.entries()) {
    head = nextHead(head, operation.words);
    if (operation.position !== settled + index || operation.head !== head) {
      throw new StoreCorruptError(path, `operation ${operation.position} is not the one that was logged`);
    }
  }
  for (const round of new Set(pending.map((operation) => roundOf(operation.words)))) {
    const stored = store.rounds.get(round);
    if (stored === null) continue; // the genesis, which its own root covers
    if (oracleRoot(constants.hasher, decodeOracle(stored.oracleWords), parameters) !== stored.oracleRoot) {
      throw new StoreCorruptError(path, `the oracle root of round ${round} differs`);
    }
  }
}
