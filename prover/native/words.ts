/** Words of 64 bits in an integer of 32 bytes. */
export const WORDS = 4;

/** Writes the low 256 bits of an integer. @param at in words of 64 bits */
export function storeWord(words: BigUint64Array, at: number, value: bigint): void {
  for (let word = 0; word < WORDS; word++) words[at + word] = value >> BigInt(64 * word); // stores the low 64 bits
}

/** Reads an integer of 256 bits. @param at in words of 64 bits */
export function loadWord(words: BigUint64Array, at: number): bigint {
  const [low = 0n, second = 0n, third = 0n, high = 0n] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
  return low | (second << 64n) | (third << 128n) | (high << 192n);
}

/** Integers as words of 32 bytes, little-endian. */
export function packWords(values: readonly bigint[]): Uint8Array {
  const words = new BigUint64Array(values.length * WORDS);
  for (const [index, value] of values.entries()) storeWord(words, index * WORDS, value);
  return bytesOf(words);
}

/** The same memory as bytes. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
