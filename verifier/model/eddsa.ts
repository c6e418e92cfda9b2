import { babyjubjub } from "@noble/curves/misc.js";
import { blake512 } from "@noble/hashes/blake1.js";
import { FIELD, isFieldElement } from "./field.ts";
import type { Hasher } from "./hasher.ts";

/** A point of BabyJubJub in affine coordinates, field elements. */
export interface PublicKey {
  readonly x: bigint;
  readonly y: bigint;
}

/** A signing key; `scalar` and `prefix` are secret. */
export interface SigningKey {
  /** Secret scalar a with publicKey = a * Base8, in [0, SUBGROUP_ORDER). */
  readonly scalar: bigint;
  /** Secret bytes from which nonces are derived. */
  readonly prefix: Uint8Array;
  readonly publicKey: PublicKey;
}

/** EdDSA-Poseidon signature as three field-sized words. */
export interface Signature {
  readonly r8x: bigint;
  readonly r8y: bigint;
  /** Below SUBGROUP_ORDER when valid. */
  readonly s: bigint;
}

const { Point } = babyjubjub;
type CurvePoint = InstanceType<typeof Point>;

const CURVE_A = 168700n;
const CURVE_D = 168696n;

/** Order l of the prime subgroup, which Base8 generates. */
export const SUBGROUP_ORDER = 2736030358979909402780800718157159386076813972158567259200215660948447373041n;

/** The signature that stands where none is needed: three zeros. */
export const NO_SIGNATURE: Signature = { r8x: 0n, r8y: 0n, s: 0n };

/**
 * The key of 32 seed bytes, as circomlibjs derives it (BLAKE-512, pruned).
 * @param seed 32 secret bytes
 */
export function deriveKey(seed: Uint8Array): SigningKey {
  const digest = blake512(seed);
  const pruned = digest.slice(0, 32);
  pruned[0] = (pruned[0] ?? 0) & 0xf8;
  pruned[31] = ((pruned[31] ?? 0) & 0x7f) | 0x40;
  const scalar = (littleEndian(pruned) >> 3n) % SUBGROUP_ORDER;
  const { x, y } = Point.BASE.multiply(scalar).toAffine();
  return { scalar, prefix: digest.slice(32), publicKey: { x, y } };
}

/**
 * Signs a field element, deterministically: nonce = BLAKE-512(prefix, message) mod l.
 * @param message canonical field element
 */
export function sign(hasher: Hasher, key: SigningKey, message: bigint): Signature {
  const preimage = new Uint8Array(64);
  preimage.set(key.prefix);
  for (let at = 32, rest = message; at < 64; at++, rest >>= 8n) preimage[at] = Number(rest & 255n);
  const nonce = littleEndian(blake512(preimage)) % SUBGROUP_ORDER;
  const { x: r8x, y: r8y } = multiply(Point.BASE, nonce).toAffine();
  const h = hasher.hash([r8x, r8y, key.publicKey.x, key.publicKey.y, message]);
  return { r8x, r8y, s: (nonce + h * 8n * key.scalar) % SUBGROUP_ORDER };
}

/**
 * Whether S * Base8 = R8 + 8 h A exactly, h = Poseidon(R8, A, message); total for every field element.
 * Points off the curve, S >= l and keys of small order give false.
 */
export function verifySignature(hasher: Hasher, key: PublicKey, message: bigint, signature: Signature): boolean {
  const { r8x, r8y, s } = signature;
  if (s < 0n || s >= SUBGROUP_ORDER || !isOnCurve(r8x, r8y) || !isOnCurve(key.x, key.y)) return false;
  const key8 = Point.fromAffine(key).double().double().double();
  if (key8.is0()) return false;
  const h = hasher.hash([r8x, r8y, key.x, key.y, message]) % SUBGROUP_ORDER; // 8A has prime order l
  const right = Point.fromAffine({ x: r8x, y: r8y }).add(multiply(key8, h));
  return multiply(Point.BASE, s).equals(right);
}

/** Whether a key may be stored: on the curve, of prime order, not the identity. */
export function isValidKey(key: PublicKey): boolean {
  if (!isOnCurve(key.x, key.y)) return false;
  const point = Point.fromAffine(key);
  return !point.is0() && point.isTorsionFree();
}

/** Whether two canonical field elements satisfy a x^2 + y^2 = 1 + d x^2 y^2. */
export function isOnCurve(x: bigint, y: bigint): boolean {
  if (!isFieldElement(x) || !isFieldElement(y)) return false;
  const xx = (x * x) % FIELD;
  const yy = (y * y) % FIELD;
  return (CURVE_A * xx + yy - 1n - ((CURVE_D * xx) % FIELD) * yy) % FIELD === 0n;
}

/** The curve's multiplication refuses the scalar 0; here it gives the identity. Scalars and points here are public. */
function multiply(point: CurvePoint, scalar: bigint): CurvePoint {
  if (scalar === 0n) return Point.ZERO;
  return point === Point.BASE ? point.multiply(scalar) : point.multiplyUnsafe(scalar);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
