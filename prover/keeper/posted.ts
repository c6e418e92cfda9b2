import { OPERATION_TYPES } from "../../verifier/model/operation.ts";
import { canonicalWords, operationFields } from "../../verifier/model/operationWords.ts";
import type { Ledger } from "../service/ledger.ts";

const KEPT: readonly string[] = ["backstop", "recertify"];
const CHUNK = 64;

/**
 * How many Backstops and Recertifies an account has in the log since a time. Read from the followed log, so that neither a
 * restart nor a reorganisation forgets one.
 * @param logged length of the log
 * @param sender address, "0x"-hex
 * @param sinceSec unix seconds
 */
export function postedSince(ledger: Ledger, logged: number, sender: string, sinceSec: bigint): number {
  let posted = 0;
  for (let end = logged; end > 0; end -= CHUNK) {
    const first = Math.max(0, end - CHUNK);
    const fields = ledger.operationsFrom(first, end - first).map(({ words }) => operationFields(canonicalWords(words)));
    const recent = fields.filter(({ loggedAt }) => loggedAt > sinceSec);
    posted += recent.filter((each) => {
      return each.sender === BigInt(sender) && KEPT.includes(OPERATION_TYPES[each.type] ?? "");
    }).length;
    if (recent.length === 0) break; // times only rise along the log
  }
  return posted;
}
