/** Small histories: one of ordinary life, one that goes back because the vault is short, one because of a deficit. */
import { detected, recovered } from "../../../verifier/check/incidentNotes.ts";
import { NO_SIGNATURE } from "../../../verifier/model/eddsa.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import type { Operation } from "../../../verifier/model/operation.ts";
import { ALL, FAR, HistoryBuilder, LIMITS, OWNERS, USERS } from "./syntheticHistory.ts";

/** What the first users pay in. */
export const deposit = (account: number, amount: bigint): Operation & { readonly type: "deposit" } => ({
  type: "deposit",
  account,
  amount,
  owner: OWNERS[account - 1] ?? 0n,
  key: USERS[account - 1]?.publicKey ?? { x: 0n, y: 0n },
});
/** An owner as claims show it. */
export const address = (owner: bigint) => `0x${owner.toString(16).padStart(40, "0")}`;

/** Two traders, a withdrawal that is paid, a refund that waits, an unauthorised withdrawal, and a fall that leaves one below margin. */
export function honestHistory(hasher: Hasher): HistoryBuilder {
  const [first, second] = USERS;
  if (first === undefined || second === undefined) throw new RangeError("two users are needed");
  const withdraw = {
    type: "withdraw",
    account: 2,
    amount: 5_000n,
    owner: OWNERS[1] ?? 0n,
    nonce: 2n,
    expiry: FAR,
    signature: NO_SIGNATURE,
  } as const;
  const trade = {
    type: "trade",
    market: 0,
    buyer: 1,
    seller: 2,
    size: 40n,
    price: 10_010n,
    fee: 7n,
    buyerNonce: 1n,
    sellerNonce: 1n,
    expiry: FAR,
    buyerSignature: NO_SIGNATURE,
    sellerSignature: NO_SIGNATURE,
  } as const;
  return new HistoryBuilder(hasher)
    .logged(deposit(1, 60_000n))
    .logged(deposit(2, 90_000n))
    .batch(2)
    .round([10_010n, 20_000n])
    .logged(trade, { first, second })
    .logged(withdraw, { first: second })
    .batch(2, [{ owner: address(OWNERS[1] ?? 0n), amount: 5_000n }])
    .round([10_005n, 0n], [0, 1, 3])
    .logged({ ...deposit(3, 777n), key: { x: 1n, y: 1n } } as Operation)
    .logged({ ...withdraw, amount: 1n, nonce: 3n }, { first })
    .batch(2, [{ owner: address(OWNERS[2] ?? 0n), amount: 777n }])
    .round([9_900n, 19_990n], ALL, (time, stake) => [detected("breaker", 0n, time, stake)])
    .round([9_500n, 19_990n])
    .pays(0)
    .round([8_700n, 19_990n], ALL, (time, stake) => [detected("breach", 0n, time, stake)])
    .round([8_700n, 19_990n])
    .logged({ type: "recertify", account: 1, other: 2 });
}

const everything = 255n;

/** An engine logs a deposit without tokens; the vault is noted short, and the state goes back to before it. In the end all is paid. */
export function shortVault(hasher: Hasher): HistoryBuilder {
  return rolledBack(hasher).waits(400).pays(0);
}

/** The same before the last payment: 22,500 of claim 0 are owed, and a deposit of 10 is abandoned and not posted again. */
export function rolledBack(hasher: Hasher): HistoryBuilder {
  const [, second] = USERS;
  if (second === undefined) throw new RangeError("two users are needed");
  const owner = OWNERS[1] ?? 0n;
  const withdraw = { type: "withdraw", account: 2, owner, expiry: FAR, signature: NO_SIGNATURE } as const;
  let shortSince = 0n;
  return new HistoryBuilder(hasher)
    .logged(deposit(1, 60_000n))
    .logged(deposit(2, 90_000n))
    .batch(2)
    .logged({ ...withdraw, amount: 60_000n, nonce: 1n }, { first: second })
    .batch(1, [{ owner: address(owner), amount: 60_000n }])
    .waits(5)
    .pays(0, 37_500n) // a quarter of what is owed may leave at once
    .invents(deposit(1, 70_000n))
    .batch(1)
    .logged({ ...withdraw, amount: 1_000n, nonce: 2n }, { first: second })
    .batch(1, [{ owner: address(owner), amount: 1_000n }])
    .logged(deposit(2, 10n))
    .incident((time, stake) => {
      shortSince = time;
      return [detected("vaultShort", everything, time, stake)];
    })
    .waits(11)
    .rollsBack(3, 7n, (time, stake) => [
      recovered("vaultShort", everything, [shortSince, shortSince, time]),
      detected("rollback", everything, time, stake),
      recovered("rollback", everything, [time, time, time]),
    ])
    .logged(deposit(2, 10n))
    .batch(1);
}

/** The vault is noted short, somebody brings the tokens that are missing, and the note ends. */
export function refilledVault(hasher: Hasher): HistoryBuilder {
  let shortSince = 0n;
  return new HistoryBuilder(hasher)
    .logged(deposit(1, 60_000n))
    .invents(deposit(1, 70_000n))
    .batch(2)
    .incident((time, stake) => {
      shortSince = time;
      return [detected("vaultShort", everything, time, stake)];
    })
    .receives(70_000n)
    .incident((time) => [recovered("vaultShort", everything, [shortSince, shortSince, time])]);
}

/** A crash leaves an account bankrupt, a backstop the insurance account; nobody shares the loss, and the state goes back. */
export function lastingDeficit(hasher: Hasher): HistoryBuilder {
  const [first, second] = USERS;
  if (first === undefined || second === undefined) throw new RangeError("two users are needed");
  const signatures = { buyerSignature: NO_SIGNATURE, sellerSignature: NO_SIGNATURE };
  const nonces = { buyerNonce: 1n, sellerNonce: 1n, expiry: FAR };
  const terms = { market: 0, buyer: 1, seller: 2, size: 40n, price: 10_000n, fee: 7n };
  const built = new HistoryBuilder(hasher)
    .logged(deposit(1, 60_000n))
    .logged(deposit(2, 900_000n))
    .batch(2)
    .logged({ type: "trade", ...terms, ...nonces, ...signatures }, { first, second })
    .batch(1);
  let deficitSince = 0n;
  for (let round = 0; round < 12; round++) {
    built.round([7_000n, 20_000n], ALL, (time, stake) => {
      if (round === 0) return [detected("breaker", 0n, time, stake), detected("breach", 0n, time, stake)];
      return round === 5 ? [detected("bankrupt", 0n, time, stake)] : [];
    });
  }
  return built
    .logged({ type: "backstop", account: 1 })
    .batch(1, [], (time) => {
      deficitSince = time;
      return [detected("deficit", everything, time, 59_993n)];
    })
    .waits(22)
    .rollsBack(3, 4n, (time, stake) => [
      detected("rollback", everything, time, stake),
      recovered("rollback", everything, [time, time, time]),
      recovered("deficit", everything, [deficitSince, deficitSince + LIMITS.haltCureSec + 1n, time]),
    ])
    .logged({ type: "recertify", account: 1, other: 2 })
    .batch(1);
}
