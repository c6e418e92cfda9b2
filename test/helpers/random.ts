/** Deterministic random numbers for tests (splitmix64): the same seed gives the same case. */
export class Random {
  #state: bigint;
  constructor(seed: bigint | number) {
    this.#state = BigInt(seed);
  }

  /** Uniform in [0, 2^bits). */
  bits(bits: number): bigint {
    let value = 0n;
    for (let have = 0; have < bits; have += 64) value = (value << 64n) | this.#next();
    return value & ((1n << BigInt(bits)) - 1n);
  }

  /** Uniform in [low, high], up to a negligible bias. */
  between(low: bigint, high: bigint): bigint {
    return low + (this.bits(320) % (high - low + 1n));
  }

  /** A width first, then a number of that width: small numbers are as likely as large ones. */
  spread(bits: number): bigint {
    return this.bits(Number(this.between(0n, BigInt(bits))));
  }

  /** True with probability parts / 16. */
  chance(parts: number): boolean {
    return this.bits(4) < BigInt(parts);
  }

  #next(): bigint {
    this.#state = (this.#state + 0x9e3779b97f4a7c15n) & MASK;
    let z = this.#state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return z ^ (z >> 31n);
  }
}

const MASK = (1n << 64n) - 1n;
