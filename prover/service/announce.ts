import type { EventEmitter } from "node:events";
import { causeName } from "../../verifier/check/incidentCauses.ts";
import type { ChainEvent } from "../chain/chainEvent.ts";
import type { ProverEvents } from "./handle.ts";

/** Tells listeners what a followed block brought. @param isOwn whether this service signed a transaction */
export function announce(
  events: EventEmitter<ProverEvents>,
  happened: readonly ChainEvent[],
  isOwn: (transactionHash: string) => boolean,
): void {
  for (const event of happened) {
    if (event.type === "operation") events.emit("operation", { index: event.position });
    if (event.type === "round") {
      const { timestampSec, oracleRoot } = event;
      events.emit("roundProven", {
        round: BigInt(event.round),
        timestampSec,
        oracleRoot,
        own: isOwn(event.transactionHash),
      });
    }
    if (event.type === "incident") {
      const { phase, cause, market, detectedAt } = event;
      events.emit("incident", { phase, cause: causeName(BigInt(cause)), market, detectedAt });
    }
    if (event.type === "rollback") {
      const { cause, settled, abandonedSettled: abandoned, stateRoot } = event;
      events.emit("rolledBack", { cause, settled, abandoned, stateRoot, own: isOwn(event.transactionHash) });
    }
    if (event.type === "batch") {
      const { first, count, stateRoot, outcomeWord } = event;
      const own = isOwn(event.transactionHash);
      events.emit("batchProven", { first, count, round: BigInt(event.round), stateRoot, outcomeWord, own });
    }
  }
}
