import { keccak_256 } from "@noble/hashes/sha3.js";
import { FIELD } from "./field.ts";
import type { Hasher } from "./hasher.ts";

/** What binds a proof to words that the chain knows: see circuits/README.md, "Binding". */
export interface WordsBinding {
  /** HashWords(words), made before the challenge is known. */
  readonly dataCommitment: bigint;
  /** keccak256(words, dataCommitment) >> 8. */
  readonly challenge: bigint;
  /** Sum of words[i] * challenge^i in the field. */
  readonly evaluation: bigint;
}

/**
 * Poseidon sponge over a list of words: one permutation up to 16 words, then 15 more for each further one.
 * @param words canonical field elements, at least one
 */
export function hashWords(hasher: Hasher, words: readonly bigint[]): bigint {
  let digest = hasher.hash(words.slice(0, 16));
  for (let start = 16; start < words.length; start += 15) {
    digest = hasher.hash([digest, ...words.slice(start, start + 15)]);
  }
  return digest;
}

/** Sum of words[i] * challenge^i mod FIELD, by Horner. */
export function evaluateWords(words: readonly bigint[], challenge: bigint): bigint {
  return words.reduceRight((sum, word) => (sum * challenge + word) % FIELD, 0n);
}

/** uint256(keccak256(abi.encodePacked(words..., dataCommitment))) >> 8, so that it is below FIELD. */
export function challengeOf(words: readonly bigint[], dataCommitment: bigint): bigint {
  return keccakOfWords([...words, dataCommitment]) >> 8n;
}

/** The three public values that bind a proof to its words. */
export function bindWords(hasher: Hasher, words: readonly bigint[]): WordsBinding {
  const dataCommitment = hashWords(hasher, words);
  const challenge = challengeOf(words, dataCommitment);
  return { dataCommitment, challenge, evaluation: evaluateWords(words, challenge) };
}

/** keccak256 of 256-bit words, big-endian, as abi.encodePacked(uint256[]) lays them out. */
export function keccakOfWords(words: readonly bigint[]): bigint {
  const bytes = new Uint8Array(words.length * 32);
  words.forEach((word, index) => {
    let rest = word;
    for (let at = index * 32 + 31; at >= index * 32; at--) {
      bytes[at] = Number(rest & 255n);
      rest >>= 8n;
    }
  });
  return keccak_256(bytes).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
