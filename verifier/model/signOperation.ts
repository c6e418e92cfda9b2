import { type SigningKey, sign } from "./eddsa.ts";
import type { Hasher } from "./hasher.ts";
import { encodeOperation, type Operation, operationMessage } from "./operation.ts";

/** Keys of the sides that sign: of the account, the buyer or the liquidator first, of the seller second. */
export interface OperationKeys {
  readonly first?: SigningKey;
  readonly second?: SigningKey;
}

/** The operation with its signatures made; a side without a key keeps what it has. */
export function signOperation<T extends Operation>(
  hasher: Hasher,
  domain: bigint,
  operation: T,
  keys: OperationKeys,
): T {
  const message = operationMessage(hasher, domain, encodeOperation(operation));
  const first = keys.first && sign(hasher, keys.first, message);
  const second = keys.second && sign(hasher, keys.second, message);
  if (operation.type === "withdraw" || operation.type === "liquidate") {
    return { ...operation, signature: first ?? operation.signature };
  }
  if (operation.type !== "trade") return operation;
  return {
    ...operation,
    buyerSignature: first ?? operation.buyerSignature,
    sellerSignature: second ?? operation.sellerSignature,
  };
}
