/** Order of the BN254 groups: the field in which circuits compute. */
export const SCALAR_FIELD = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/** The field of BN254's point coordinates. */
export const BASE_FIELD = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;

/** Bytes of one element of either field. */
export const FIELD_BYTES = 32;

/** Bytes of an affine point of G1 (x, y) and of G2 (x0, x1, y0, y1). */
export const G1_BYTES = 2 * FIELD_BYTES;
export const G2_BYTES = 4 * FIELD_BYTES;

/** Generator of G1. */
export const G1_GENERATOR = { x: 1n, y: 2n } as const;

/** Generator of G2, coordinates as (real, imaginary). @see EIP-197 */
export const G2_GENERATOR = {
  x: [
    10857046999023057135944570762232829481370756359578518086990519993285655852781n,
    11559732032986387107991004021392285783925812861821192530917403151452391805634n,
  ],
  y: [
    8495653923123431417604973247489272438418190587263600148770280649306958101930n,
    4082367875863433681332203403145435568316851327593401208105741076214120093531n,
  ],
} as const;

/** A little-endian unsigned integer. */
export function fromLittleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

/** A value below 2^256 as 32 little-endian bytes. */
export function toLittleEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(FIELD_BYTES);
  for (let i = 0, rest = value; i < FIELD_BYTES; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** base^exponent mod modulus. */
export function powerMod(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus;
  }
  return result;
}

/** 1 / value mod modulus, for a prime modulus. */
export function inverseMod(value: bigint, modulus: bigint): bigint {
  return powerMod(value, modulus - 2n, modulus);
}
