/** Claims: what outcomes give rise to, what the guard created, and what it paid. */
import { OPERATION_TYPES } from "../model/operation.ts";
import { canonicalWords, operationFields } from "../model/operationWords.ts";
import type { ClaimRecord, PaymentRecord } from "../replay/history.ts";
import type { DerivedClaim } from "../replay/replayed.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";

const ADDRESS_BITS = 160;

/** The address in the low 160 bits of a word, lower case. */
export function addressOf(word: bigint): string {
  return `0x${BigInt.asUintN(ADDRESS_BITS, word).toString(16).padStart(40, "0")}`;
}

/**
 * The claims of a batch, in the order of its operations: a valid withdrawal for the owner in its words, an invalid deposit
 * back to the depositor.
 * @param operations raw words
 * @param valid per operation, whether it took effect
 * @param createdAt unix seconds of the batch's block
 */
export function claimsOf(
  operations: readonly (readonly bigint[])[],
  valid: readonly boolean[],
  createdAt: bigint,
): readonly DerivedClaim[] {
  return operations.flatMap((raw, index) => {
    const words = canonicalWords(raw);
    const { type, amount } = operationFields(words);
    const name = OPERATION_TYPES[type];
    const isOwed = (name === "withdraw" && valid[index] === true) || (name === "deposit" && valid[index] === false);
    if (!isOwed) return [];
    const owner = addressOf((name === "withdraw" ? words[6] : words[3]) ?? 0n);
    return [{ owner, amount, createdAt, paid: false }];
  });
}

/** The claims that a batch's transaction created against those that its outcomes give rise to. */
export function checkCreatedClaims(
  first: number,
  created: readonly ClaimRecord[],
  derived: readonly DerivedClaim[],
): Finding {
  const text = (id: number | bigint, { owner, amount }: { owner: string; amount: bigint }) =>
    `claim ${id}: ${amount} to ${owner}`;
  return comparedLists(
    "batch.claims",
    "each valid withdrawal and each refund is claimed once, in full",
    created.map((claim) => text(claim.id, claim)),
    derived.map((claim, index) => text(first + index, claim)),
  );
}

/**
 * One payment: of an existing claim, not paid before, to its owner, in full, and not before its time.
 * @param claimDelaySec in which anybody can check the proof again before money leaves
 */
export function checkPayment(
  payment: PaymentRecord,
  claims: readonly DerivedClaim[],
  claimDelaySec: bigint,
): readonly Finding[] {
  const claim = claims[Number(payment.id)];
  if (claim === undefined)
    return [violated("payment.claim", "only claims are paid", `claim ${payment.id}`, "no such claim")];
  const payableAt = claim.createdAt + claimDelaySec;
  return [
    compared("payment.once", "a claim is paid once", "paid", claim.paid ? "was paid before" : "paid"),
    compared("payment.owner", "a claim is paid to its owner", payment.owner, claim.owner),
    compared("payment.amount", "a claim is paid in full", payment.amount, claim.amount),
    payment.place.blockTime >= payableAt
      ? held("payment.delay")
      : violated("payment.delay", "a claim is paid after its delay", payment.place.blockTime, payableAt),
  ];
}

/** Sum of what is owed and not paid, quote units. */
export function unpaidSum(claims: readonly DerivedClaim[]): bigint {
  return claims.reduce((sum, { amount, paid }) => (paid ? sum : sum + amount), 0n);
}
