import type { PublicKey, Signature } from "./eddsa.ts";
import type { Logged, OperationFields } from "./operationWords.ts";

/** Operation types by number; 9..15 are malformed. */
export const OPERATION_TYPES = [
  "noop",
  "deposit",
  "withdraw",
  "trade",
  "liquidate",
  "backstop",
  "recertify",
  "setKey",
  "shareLoss",
] as const;

/** Limits that a signer sets: the nonce exceeds the account's, the oracle's time is at most the expiry (unix seconds). */
interface Signed {
  readonly nonce: bigint;
  readonly expiry: bigint;
}

/** An operation as its author thinks of it. Amounts in quote units, sizes in lots, prices in ticks. */
export type Operation = Partial<Logged> &
  (
    | { readonly type: "noop" }
    | {
        readonly type: "deposit";
        readonly account: number;
        readonly amount: bigint;
        readonly owner: bigint;
        readonly key: PublicKey;
      }
    | (Signed & {
        readonly type: "withdraw";
        readonly account: number;
        readonly amount: bigint;
        readonly owner: bigint;
        readonly signature: Signature;
      })
    | Trade
    | Liquidate
    | { readonly type: "backstop"; readonly account: number }
    | { readonly type: "recertify"; readonly account: number; readonly other?: number }
    | { readonly type: "setKey"; readonly account: number; readonly owner: bigint; readonly key: PublicKey }
    | { readonly type: "shareLoss"; readonly market: number }
  );

/** `buyer` buys `size` from `seller` at `price`; each pays `fee` to insurance. */
export interface Trade {
  readonly type: "trade";
  readonly market: number;
  readonly buyer: number;
  readonly seller: number;
  readonly size: bigint;
  readonly price: bigint;
  readonly fee: bigint;
  readonly buyerNonce: bigint;
  readonly sellerNonce: bigint;
  readonly expiry: bigint;
  readonly buyerSignature: Signature;
  readonly sellerSignature: Signature;
}

/** `liquidator` takes `size` of the position of `account`; `limit` is the worst price that it accepts. */
export interface Liquidate extends Signed {
  readonly type: "liquidate";
  readonly market: number;
  readonly account: number;
  readonly liquidator: number;
  readonly size: bigint;
  readonly limit: bigint;
  readonly signature: Signature;
}

/** Words whose type is no operation: always malformed. */
export interface UnknownOperation extends Logged {
  readonly type: "unknown";
  readonly fields: OperationFields;
}
