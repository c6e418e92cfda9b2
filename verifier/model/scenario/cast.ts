import { deriveKey, type SigningKey } from "../eddsa.ts";
import { keccakOfWords } from "../words.ts";
import { ScenarioError } from "./errors.ts";
import type { Scenario } from "./schema.ts";

/** Somebody in a scenario: the account's index, owner and key. */
export interface Actor {
  readonly index: number;
  readonly owner: bigint;
  readonly key: SigningKey;
}

/** Finds the actors of a scenario by name or index. */
export interface Cast {
  /** The index behind a reference. @throws {ScenarioError} when no account has the name */
  indexOf(reference: string | number, path: string): number;
  /** The actor behind a reference; one that is not listed gets its key and owner from its index. */
  actorOf(reference: string | number, path: string): Actor;
  /** The name of an index, if it has one. */
  nameOf(index: number): string | undefined;
}

/** Key of an account that a scenario signs for: made from its index. Never use it for anything of value. */
export function accountKey(index: number): SigningKey {
  return deriveKey(seedOf("homeostat scenario account", index));
}

/** Key of a reporter of a scenario: made from its slot. Never use it for anything of value. */
export function reporterKey(slot: number): SigningKey {
  return deriveKey(seedOf("homeostat scenario reporter", slot));
}

/** The actors of a scenario. */
export function createCast(accounts: Scenario["accounts"]): Cast {
  const keys = new Map<number, SigningKey>();
  const keyOf = (index: number): SigningKey => {
    const key = keys.get(index) ?? accountKey(index);
    keys.set(index, key);
    return key;
  };
  const indexOf = (reference: string | number, path: string): number => {
    if (typeof reference === "number") return reference;
    const found = accounts.find(({ name }) => name === reference);
    if (found === undefined) throw new ScenarioError(path, `no account is named "${reference}"`);
    return found.index;
  };
  return {
    indexOf,
    actorOf(reference, path) {
      const index = indexOf(reference, path);
      const owner = accounts.find((account) => account.index === index)?.owner ?? defaultOwner(index);
      return { index, owner, key: keyOf(index) };
    },
    nameOf: (index) => accounts.find((account) => account.index === index)?.name,
  };
}

/** An address-sized owner made from the index; 0 for account 0, which nobody owns. */
function defaultOwner(index: number): bigint {
  return index === 0 ? 0n : keccakOfWords([textWord("homeostat scenario owner"), BigInt(index)]) >> 96n;
}

function seedOf(label: string, index: number): Uint8Array {
  const digest = keccakOfWords([textWord(label), BigInt(index)]);
  return Uint8Array.from({ length: 32 }, (_, at) => Number((digest >> BigInt(8 * (31 - at))) & 255n));
}

function textWord(text: string): bigint {
  return new TextEncoder().encode(text).reduce((word, byte) => (word << 8n) | BigInt(byte), 0n);
}
