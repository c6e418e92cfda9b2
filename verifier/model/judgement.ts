import type { Account } from "./account.ts";
import { absolute } from "./arithmetic.ts";
import { type Signature, verifySignature } from "./eddsa.ts";
import { type Effect, openInterestChange } from "./effect.ts";
import type { Hasher } from "./hasher.ts";
import type { OperationFields } from "./operationWords.ts";
import { type Failures, NO_FAILURES } from "./outcome.ts";
import type { State } from "./state.ts";
import type { Terms } from "./terms.ts";

/** What an operation is judged by. Both accounts are as they were before it. */
export interface Case {
  readonly hasher: Hasher;
  readonly fields: OperationFields;
  /** What signatures are over. */
  readonly message: bigint;
  readonly a: Account;
  readonly b: Account;
  readonly state: State;
  readonly terms: Terms;
}

/** The failures of an operation, and its effect when it is well-formed. */
export interface Judgement {
  readonly failures: Failures;
  readonly effect?: Effect;
}

/** An operation without an effect to judge. */
export const MALFORMED: Judgement = { failures: { ...NO_FAILURES, malformed: true } };

/** Whether an account signed the operation in time, with a nonce it has not used. */
export function isSigned(
  { hasher, fields, message, terms }: Case,
  account: Account,
  nonce: bigint,
  signature: Signature,
): boolean {
  const key = { x: account.keyX, y: account.keyY };
  return nonce > account.nonce && fields.expiry >= terms.timestamp && verifySignature(hasher, key, message, signature);
}

/** Open interest of each market once both accounts are as given. */
export function openInterestAfter({ a, b, state }: Case, afterA: Account, afterB: Account): readonly bigint[] {
  const change = openInterestChange([a, b], [afterA, afterB]);
  return state.markets.map(({ openInterest }, market) => openInterest + (change[market] ?? 0n));
}

/** A well-formed operation: its failures and what it would do. */
export function judge(failures: Partial<Failures>, effect: Effect): Judgement {
  return { failures: { ...NO_FAILURES, ...failures }, effect };
}

/** Whether a position becomes smaller without changing sides. */
export function reduces(before: Account, after: Account, market: number): boolean {
  const [old, now] = [before.sizes[market] ?? 0n, after.sizes[market] ?? 0n];
  return absolute(now) < absolute(old) && now * old >= 0n;
}
