/** Claims: what outcomes give rise to, what the guard created, and what it paid. */
import { minimum } from "../model/arithmetic.ts";
import { OPERATION_TYPES } from "../model/operation.ts";
import { canonicalWords, operationFields } from "../model/operationWords.ts";
import type { OracleState } from "../model/oracle.ts";
import type { ClaimRecord, PaymentRecord } from "../replay/history.ts";
import type { DerivedClaim, Replayed } from "../replay/replayed.ts";
import { type HallBook, shareOf } from "./hallBook.ts";
import { outflowRoom } from "./outflow.ts";
import type { CheckContext } from "./round.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";

const ADDRESS_BITS = 160;
const LIABILITIES_BITS = 63;

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
    return [{ owner, amount, createdAt, paid: 0n, isClosed: false, isVoid: false }];
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

/** What a payment leaves of the claims. */
export interface PaymentCheck {
  readonly findings: readonly Finding[];
  /** All claims after it; what was ever paid, and what left lately. */
  readonly after: Pick<Replayed, "claims" | "paidTotal" | "outflow" | "hall">;
}

/**
 * One payment: of an existing claim that is neither void nor paid, to its owner, not before its time, and as much of it as
 * may leave then. In Exit a claim is closed by one payment of its share, once the hall is open.
 */
export function checkPayment(
  payment: PaymentRecord,
  replayed: Replayed,
  oracle: OracleState,
  { limits, genesis }: CheckContext,
): PaymentCheck {
  const { claims, notes, paidTotal, outflow, hall } = replayed;
  const claim = claims[Number(payment.id)];
  if (claim === undefined) {
    const finding = violated("payment.claim", "only claims are paid", `claim ${payment.id}`, "no such claim");
    return { findings: [finding], after: replayed };
  }
  const { blockTime } = payment.place;
  const payableAt = claim.createdAt + limits.claimDelaySec;
  const rest = claim.amount - claim.paid;
  const owed = BigInt.asUintN(LIABILITIES_BITS, replayed.totalsWord) + unpaidSum(claims);
  const bases = genesis.parameters.oracle.markets.map(({ maintenanceBase }) => maintenanceBase);
  const { room, level } = outflowRoom(outflow, blockTime, owed, oracle, bases, limits);
  const inExit = notes.exitAt !== 0n;
  const due = inExit ? shareOf(hall, rest) : minimum(rest, room);
  const findings = [
    claim.isVoid ? violated("payment.void", "a void claim is not paid", "paid", "void") : held("payment.void"),
    compared("payment.once", "a claim is paid once", "paid", claim.isClosed ? "was paid before" : "paid"),
    compared("payment.owner", "a claim is paid to its owner", payment.owner, claim.owner),
    compared("payment.amount", "as much is paid as is left and may leave", payment.amount, due),
    payment.place.blockTime >= payableAt
      ? held("payment.delay")
      : violated("payment.delay", "a claim is paid after its delay", blockTime, payableAt),
  ];
  const paid = claim.paid + payment.amount;
  const isClosed = inExit || paid >= claim.amount;
  const next = claims.map((other, id) => (BigInt(id) === payment.id ? { ...other, paid, isClosed } : other));
  if (inExit) return { findings, after: { claims: next, paidTotal, outflow, hall: afterPaying(hall, payment.amount) } };
  const left = { level: level + payment.amount, at: blockTime };
  return { findings, after: { claims: next, paidTotal: paidTotal + payment.amount, outflow: left, hall } };
}

const afterPaying = (hall: HallBook, amount: bigint): HallBook => ({ ...hall, paid: hall.paid + amount });

/** Sum of what is owed and not paid, quote units. */
export function unpaidSum(claims: readonly DerivedClaim[]): bigint {
  return claims.reduce(
    (sum, { amount, paid, isClosed, isVoid }) => (isClosed || isVoid ? sum : sum + amount - paid),
    0n,
  );
}
