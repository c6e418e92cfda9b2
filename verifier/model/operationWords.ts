import { bitsOf, isUint } from "./arithmetic.ts";
import { OPERATION_WORDS } from "./constants.ts";
import type { Signature } from "./eddsa.ts";
import { isFieldElement } from "./field.ts";
import type { Hasher } from "./hasher.ts";

/** What the engine adds when it logs an operation: the guard looks at the round, the rules at the time. */
export interface Logged {
  readonly round: bigint;
  readonly loggedAt: bigint;
  readonly sender: bigint;
  /** The guard restricted the market (Trade) or the state (Withdraw) at that time; other types ignore it. */
  readonly restricted: boolean;
}

/** The fields of nine canonical words; total: every content of the log has them. */
export interface OperationFields extends Logged {
  /** 0..15, see OPERATION_TYPES. */
  readonly type: number;
  readonly market: number;
  readonly accountA: number;
  readonly accountB: number;
  readonly nonceA: bigint;
  readonly nonceB: bigint;
  readonly expiry: bigint;
  readonly size: bigint;
  readonly price: bigint;
  readonly amount: bigint;
  /** Three words each: signatures, or owner and key. */
  readonly payloadA: Signature;
  readonly payloadB: Signature;
}

/** A value does not fit its field in the words. */
export class OperationRangeError extends RangeError {
  override readonly name = "OperationRangeError";
  readonly code = "OPERATION_RANGE";
}

/** Nine zero words: a Noop. */
export const NOOP_WORDS: readonly bigint[] = new Array<bigint>(OPERATION_WORDS).fill(0n);

/** What is judged in place of raw words: themselves, or a Noop when a word is out of its range. */
export function canonicalWords(words: readonly bigint[]): readonly bigint[] {
  const [w0 = 0n, w1 = 0n, w2 = 0n] = words;
  const headFits = isUint(w0, 192n) && isUint(w1, 130n) && isUint(w2, 241n);
  return words.length === OPERATION_WORDS && headFits && words.every(isFieldElement) ? words : NOOP_WORDS;
}

/** Poseidon(domain, w0, w1): what both sides of an operation sign. */
export function operationMessage(hasher: Hasher, domain: bigint, words: readonly bigint[]): bigint {
  return hasher.hash([domain, words[0] ?? 0n, words[1] ?? 0n]);
}

/** The fields of canonical words. */
export function operationFields(words: readonly bigint[]): OperationFields {
  const [w0 = 0n, w1 = 0n, w2 = 0n, w3 = 0n, w4 = 0n, w5 = 0n, w6 = 0n, w7 = 0n, w8 = 0n] = words;
  return {
    type: Number(bitsOf(w0, 0n, 4n)),
    market: Number(bitsOf(w0, 4n, 4n)),
    accountA: Number(bitsOf(w0, 8n, 32n)),
    accountB: Number(bitsOf(w0, 40n, 32n)),
    nonceA: bitsOf(w0, 72n, 40n),
    nonceB: bitsOf(w0, 112n, 40n),
    expiry: bitsOf(w0, 152n, 40n),
    size: bitsOf(w1, 0n, 40n),
    price: bitsOf(w1, 40n, 27n),
    amount: bitsOf(w1, 67n, 63n),
    round: bitsOf(w2, 0n, 40n),
    loggedAt: bitsOf(w2, 40n, 40n),
    sender: bitsOf(w2, 80n, 160n),
    restricted: bitsOf(w2, 240n, 1n) === 1n,
    payloadA: { r8x: w3, r8y: w4, s: w5 },
    payloadB: { r8x: w6, r8y: w7, s: w8 },
  };
}

/** The nine words of fields. @throws {OperationRangeError} when a field does not fit */
export function encodeFields(fields: OperationFields): readonly bigint[] {
  const { payloadA, payloadB } = fields;
  const words = [
    at(BigInt(fields.type), 4n, 0n) |
      at(BigInt(fields.market), 4n, 4n) |
      at(BigInt(fields.accountA), 32n, 8n) |
      at(BigInt(fields.accountB), 32n, 40n) |
      at(fields.nonceA, 40n, 72n) |
      at(fields.nonceB, 40n, 112n) |
      at(fields.expiry, 40n, 152n),
    at(fields.size, 40n, 0n) | at(fields.price, 27n, 40n) | at(fields.amount, 63n, 67n),
    at(fields.round, 40n, 0n) |
      at(fields.loggedAt, 40n, 40n) |
      at(fields.sender, 160n, 80n) |
      at(fields.restricted ? 1n : 0n, 1n, 240n),
    ...[payloadA, payloadB].flatMap(({ r8x, r8y, s }) => [r8x, r8y, s]),
  ];
  if (!words.every(isFieldElement)) throw new OperationRangeError("a payload word is not below the field's order");
  return words;
}

/** The fields of a Noop: all zero. */
export const NO_FIELDS: OperationFields = operationFields(NOOP_WORDS);

function at(value: bigint, bits: bigint, offset: bigint): bigint {
  if (!isUint(value, bits)) throw new OperationRangeError(`${value} does not fit ${bits} bits`);
  return value << offset;
}
