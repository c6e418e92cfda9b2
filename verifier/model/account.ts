import { LANE_STRIDE } from "./constants.ts";
import { toField } from "./field.ts";
import type { Hasher } from "./hasher.ts";

/** An account. Account 0 is the insurance account: never open, no key. */
export interface Account {
  /** Address of the owner as an integer; 0 while the account is not open. */
  readonly owner: bigint;
  /** Signing key, affine coordinates on BabyJubJub. */
  readonly keyX: bigint;
  readonly keyY: bigint;
  /** Nonce of the last successful signed operation. */
  readonly nonce: bigint;
  /** Signed quote units. */
  readonly quote: bigint;
  /** Signed lots per market. */
  readonly sizes: readonly bigint[];
  /** Certificate: long_0, short_0, long_1, ...; 0 where there is no position. See certificate.ts. */
  readonly lanes: readonly bigint[];
}

/** The account that an untouched leaf holds. */
export function emptyAccount(markets: number): Account {
  return {
    owner: 0n,
    keyX: 0n,
    keyY: 0n,
    nonce: 0n,
    quote: 0n,
    sizes: new Array<bigint>(markets).fill(0n),
    lanes: new Array<bigint>(2 * markets).fill(0n),
  };
}

/** Whether somebody owns the account. */
export function isOpen(account: Account): boolean {
  return account.owner !== 0n;
}

/** What an account's leaf hashes: owner, keyX, keyY, nonce, quote, size_0, ..., signed values as field elements. */
export function leafWords({ owner, keyX, keyY, nonce, quote, sizes }: Account): readonly bigint[] {
  return [owner, keyX, keyY, nonce, toField(quote), ...sizes.map(toField)];
}

/** Poseidon(leafWords). */
export function leafHash(hasher: Hasher, account: Account): bigint {
  return hasher.hash(leafWords(account));
}

/** Packs lanes into a box: sum of lane_i * 2^(31 i). */
export function packBox(lanes: readonly bigint[]): bigint {
  return lanes.reduceRight((box, lane) => (box << LANE_STRIDE) | lane, 0n);
}

/** Reverses {@link packBox}. @param count lanes, two a market */
export function unpackBox(box: bigint, count: number): readonly bigint[] {
  return Array.from({ length: count }, (_, lane) =>
    BigInt.asUintN(Number(LANE_STRIDE), box >> (LANE_STRIDE * BigInt(lane))),
  );
}
