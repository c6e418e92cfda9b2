import { TIME_BITS } from "../constants.ts";
import { NO_SIGNATURE, type Signature, type SigningKey } from "../eddsa.ts";
import type { Hasher } from "../hasher.ts";
import { encodeOperation, type Operation } from "../operation.ts";
import { signOperation } from "../signOperation.ts";
import type { State } from "../state.ts";
import { accountAt } from "../tree.ts";
import type { Cast } from "./cast.ts";
import type { ScenarioOperation } from "./schema.ts";

const NO_EXPIRY = (1n << TIME_BITS) - 1n;

/** What turns an operation of a scenario into words. */
export interface Scene {
  readonly hasher: Hasher;
  readonly domain: bigint;
  readonly cast: Cast;
  readonly state: State;
  /** Round in force, as the engine would write it. */
  readonly round: bigint;
}

type Typed = Exclude<ScenarioOperation, { words: bigint[] }>;
type Side = Extract<Typed, { type: "trade" }>["buyer"];

/** The raw words of an operation; what the file leaves out (nonces, expiry, signatures) is made here. */
export function wordsOf(given: ScenarioOperation, scene: Scene, path: string): readonly bigint[] {
  if ("words" in given) return given.words;
  const { operation, first, second } = build(given, scene, path);
  const keys = { ...(first && { first }), ...(second && { second }) };
  return encodeOperation(signOperation(scene.hasher, scene.domain, operation, keys));
}

/** An operation, with the keys that are still to sign it. */
interface Built {
  readonly operation: Operation;
  readonly first?: SigningKey | undefined;
  readonly second?: SigningKey | undefined;
}

function build(given: Typed, scene: Scene, path: string): Built {
  const { cast } = scene;
  const { loggedAt = 0n, sender = 0n, restricted = false } = given;
  const logged = { round: scene.round, loggedAt, sender, restricted };
  switch (given.type) {
    case "noop":
      return { operation: { ...logged, type: "noop" } };
    case "deposit": {
      const { index: account, owner, key } = cast.actorOf(given.account, `${path}.account`);
      const opening = { owner: given.owner ?? owner, key: given.key ?? key.publicKey };
      return { operation: { ...logged, type: "deposit", account, amount: given.amount, ...opening } };
    }
    case "withdraw": {
      const { account, owner, signer, ...limits } = signing(given, given.account, scene, path);
      const operation = {
        ...logged,
        type: given.type,
        account,
        amount: given.amount,
        owner: given.owner ?? owner,
        ...limits,
      };
      return { operation, first: signer };
    }
    case "trade": {
      const buyer = tradeSide(given.buyer, scene, `${path}.buyer`);
      const seller = tradeSide(given.seller, scene, `${path}.seller`);
      const sides = { buyer: buyer.account, buyerNonce: buyer.nonce, buyerSignature: buyer.signature };
      const others = { seller: seller.account, sellerNonce: seller.nonce, sellerSignature: seller.signature };
      const { market, size, price, fee = 0n, expiry = NO_EXPIRY } = given;
      const operation = { ...logged, type: given.type, market, size, price, fee, expiry, ...sides, ...others };
      return { operation, first: buyer.signer, second: seller.signer };
    }
    case "liquidate": {
      const { account: liquidator, owner: _, signer, ...limits } = signing(given, given.liquidator, scene, path);
      const { market, size, limit } = given;
      const account = cast.indexOf(given.account, `${path}.account`);
      return {
        operation: { ...logged, type: given.type, market, account, liquidator, size, limit, ...limits },
        first: signer,
      };
    }
    case "backstop":
      return { operation: { ...logged, type: given.type, account: cast.indexOf(given.account, `${path}.account`) } };
    case "recertify": {
      const account = cast.indexOf(given.account, `${path}.account`);
      const other = given.other === undefined ? account : cast.indexOf(given.other, `${path}.other`);
      return { operation: { ...logged, type: given.type, account, other } };
    }
    case "shareLoss":
      return { operation: { ...logged, type: "shareLoss", market: given.market } };
    case "setKey": {
      const { index: account, owner, key } = cast.actorOf(given.account, `${path}.account`);
      const named = given.keyOf === undefined ? key : cast.actorOf(given.keyOf, `${path}.keyOf`).key;
      return {
        operation: {
          ...logged,
          type: given.type,
          account,
          owner: given.owner ?? owner,
          key: given.key ?? named.publicKey,
        },
      };
    }
  }
}

interface SignedPart {
  readonly nonce?: bigint | undefined;
  readonly expiry?: bigint | undefined;
  readonly signature?: Signature | undefined;
  readonly signWith?: string | undefined;
}

/** Nonce (the next one), expiry and signature of an actor, and the key that signs when the file gives no signature. */
function signing(part: SignedPart, reference: string | number, { cast, state }: Scene, path: string) {
  const { index: account, owner, key } = cast.actorOf(reference, path);
  const known = account < 2 ** state.tree.depth;
  const nonce = part.nonce ?? (known ? accountAt(state.tree, account).nonce + 1n : 1n);
  const named = part.signWith === undefined ? key : cast.actorOf(part.signWith, `${path}.signWith`).key;
  const signature = part.signature ?? NO_SIGNATURE;
  return {
    account,
    owner,
    nonce,
    expiry: part.expiry ?? NO_EXPIRY,
    signature,
    signer: part.signature ? undefined : named,
  };
}

function tradeSide(side: Side, scene: Scene, path: string) {
  return typeof side === "object" ? signing(side, side.account, scene, path) : signing({}, side, scene, path);
}
