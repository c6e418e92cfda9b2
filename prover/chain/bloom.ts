import { getBytes, keccak256 } from "ethers";

const BLOOM_BITS = 2048;
const DIGITS = BLOOM_BITS / 4;

/**
 * Whether a header's bloom filter admits an address or a topic: three bits, from the first six bytes of its keccak.
 * @param bloom the header's `logsBloom`, "0x" and 512 hex digits, most significant first
 * @param value address or topic, "0x"-hex
 * @returns false only when no log of the block can hold the value
 * @see Ethereum yellow paper, section 4.3.1
 */
export function bloomMayContain(bloom: string, value: string): boolean {
  const digest = getBytes(keccak256(value));
  for (let pair = 0; pair < 6; pair += 2) {
    const bit = (((digest[pair] ?? 0) << 8) | (digest[pair + 1] ?? 0)) % BLOOM_BITS;
    const digit = Number.parseInt(bloom.charAt(2 + DIGITS - 1 - (bit >> 2)), 16);
    if (((digit >> (bit & 3)) & 1) === 0) return false;
  }
  return true;
}
