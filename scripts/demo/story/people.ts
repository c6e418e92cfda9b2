/** Keys of everybody in the demo, derived from public seeds: nothing here is worth stealing. */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { computeAddress } from "ethers";
import { deriveKey, type SigningKey } from "../../../verifier/model/eddsa.ts";
import { REPORTERS } from "../parameters.ts";
import { accountOf, CAST, type Name } from "./cast.ts";

export interface Identity {
  readonly name: Name;
  readonly account: number;
  /** Pays gas and owns the account: 0x-hex private key and its address. */
  readonly walletKey: string;
  readonly address: string;
  /** Signs operations; BabyJubJub. In real use it is derived from one wallet signature. */
  readonly signingKey: SigningKey;
}

const seedOf = (label: string): Uint8Array => keccak_256(utf8ToBytes(`homeostat demo: ${label}`));

/** The EVM private key behind a label, 0x-hex. */
export const walletKeyOf = (label: string): string => `0x${bytesToHex(seedOf(`wallet of ${label}`))}`;

/** Everybody of the cast by name. */
export const PEOPLE: ReadonlyMap<Name, Identity> = new Map(
  CAST.map(({ name }) => {
    const walletKey = walletKeyOf(name);
    const signingKey = deriveKey(seedOf(`signing key of ${name}`));
    return [name, { name, account: accountOf(name), walletKey, address: computeAddress(walletKey), signingKey }];
  }),
);

/** @throws {RangeError} when the cast has no such person */
export function identityOf(name: Name): Identity {
  const identity = PEOPLE.get(name);
  if (identity === undefined) throw new RangeError(`${name} is not in the cast`);
  return identity;
}

/** The signing keys of the reporters by slot. */
export const REPORTER_KEYS: readonly SigningKey[] = REPORTERS.map((_, slot) => deriveKey(seedOf(`reporter ${slot}`)));
