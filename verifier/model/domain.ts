import { keccakOfWords } from "./words.ts";

/**
 * Binds signatures and proofs to one guard on one chain: keccak256(abi.encode(chainId, guard)) >> 8.
 * @param chainId EIP-155 chain id
 * @param guard address of the Homeostat contract, as an integer or as 0x-hex
 */
export function domainOf(chainId: bigint, guard: bigint | string): bigint {
  return keccakOfWords([chainId, BigInt(guard)]) >> 8n;
}
