/** Integer arithmetic with the rounding in the name. `bigint` division truncates, so signed floors live here. */

/**
 * Mathematical floor of a quotient, also for negative numerators.
 * @param numerator any integer
 * @param denominator positive integer
 */
export function divideDown(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** Mathematical ceiling of a quotient; denominator positive. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  return -divideDown(-numerator, denominator);
}

/** |value| */
export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** -1, 0 or 1. */
export function signOf(value: bigint): bigint {
  return value > 0n ? 1n : value < 0n ? -1n : 0n;
}

/** The smaller of two integers. */
export function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The larger of two integers. */
export function maximum(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The point of [low, high] nearest to value; low <= high. */
export function clamp(value: bigint, low: bigint, high: bigint): bigint {
  return value < low ? low : value > high ? high : value;
}

/**
 * Integer square root, rounded down.
 * @param value non-negative integer
 * @returns the largest s with s^2 <= value
 */
export function squareRootDown(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Whether value lies in [0, 2^bits). */
export function isUint(value: bigint, bits: bigint): boolean {
  return value >= 0n && value >> bits === 0n;
}

/** Whether |value| < 2^bits. */
export function isInt(value: bigint, bits: bigint): boolean {
  return isUint(absolute(value), bits);
}

/** `width` bits of a non-negative word, from bit `offset` up. */
export function bitsOf(word: bigint, offset: bigint, width: bigint): bigint {
  return (word >> offset) & ((1n << width) - 1n);
}
