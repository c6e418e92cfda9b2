/** A history that ends in Exit: an abandoned deposit, one that waits, two accounts and a claim leave at one ratio. */

import { detected } from "../../../verifier/check/incidentNotes.ts";
import { unprovenDeposits } from "../../../verifier/check/unprovenDeposits.ts";
import { minimum } from "../../../verifier/model/arithmetic.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import type { HallEvent } from "../../../verifier/replay/hallHistory.ts";
import type { History, HistoryRecord } from "../../../verifier/replay/history.ts";
import { foldHistory } from "../../../verifier/replay/replayHistory.ts";
import { address, deposit, rolledBack } from "./histories.ts";
import { OWNERS } from "./syntheticHistory.ts";

const everything = 255n;
/** What the vault owes: accounts 1 and 2, the claim, the deposits. */
const [FIRST, SECOND, CLAIM, ABANDONED, WAITING] = [60_000n, 30_010n, 22_500n, 10n, 500n];
export const OWED = FIRST + SECOND + CLAIM + ABANDONED + WAITING;

/** @param held what is in the vault when the hall opens, quote units */
export function exitHistory(hasher: Hasher, held = OWED): History {
  const builder = rolledBack(hasher)
    .logged(deposit(1, WAITING))
    .waits(400)
    .incident((time, stake) => [detected("exit", everything, time, stake)]);
  const history = builder.build();
  const replayed = foldHistory(history, hasher, null).end?.replayed;
  if (replayed === undefined) throw new RangeError("the history is not replayed");
  const found = unprovenDeposits(replayed);
  const headOf = (operation: number, fork: number | null) =>
    found.find((one) => one.operation === operation && one.fork === fork)?.head ?? 0n;
  const [abandoned, waiting] = [headOf(5, 0), headOf(4, null)];
  const [first, second] = [address(OWNERS[0] ?? 0n), address(OWNERS[1] ?? 0n)];
  const backed = minimum(held, OWED);
  const share = (amount: bigint) => (amount * backed) / OWED;
  const events: readonly HallEvent[] = [
    { name: "insuranceShown", value: 0n },
    { name: "depositShown", head: abandoned, to: second, amount: ABANDONED, arrived: ABANDONED },
    { name: "depositShown", head: waiting, to: first, amount: WAITING, arrived: WAITING },
    { name: "opened", backed, owed: OWED, held },
    { name: "accountLeft", account: 1n, owner: first, value: FIRST, paid: share(FIRST) },
    { name: "depositReturned", head: abandoned, to: second, amount: ABANDONED, paid: share(ABANDONED) },
    { name: "accountLeft", account: 2n, owner: second, value: SECOND, paid: share(SECOND) },
  ];
  const { number, time } = history.head;
  const placeOf = (block: number) => ({ block, blockTime: time + 12n * BigInt(block), transaction: `0xexit${block}` });
  const said: readonly HistoryRecord[] = events.map((event, i) => ({
    kind: "hall",
    place: placeOf(number + 1 + i),
    event,
  }));
  const payment: HistoryRecord = {
    kind: "payment",
    place: placeOf(number + 1 + events.length),
    ...{ id: 0n, owner: second, amount: share(CLAIM) },
  };
  const paid = [FIRST, ABANDONED, SECOND, CLAIM].reduce((sum, amount) => sum + share(amount), 0n);
  return {
    ...history,
    records: [...history.records, ...said, payment],
    stored: {
      ...history.stored,
      claims: history.stored.claims.map((claim, id) => (id === 0 ? { ...claim, amount: 0n, paid: true } : claim)),
      unpaidClaims: 0n,
      vaultBalance: held - paid,
      hall: {
        ...{ isOpen: true, backed, owed: OWED, insurance: 0n, losses: 0n, deposits: ABANDONED + WAITING },
        ...{ accountsDone: 2, depositsOpen: 1 },
      },
    },
  };
}
