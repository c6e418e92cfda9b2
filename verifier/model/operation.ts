import { NO_SIGNATURE, type PublicKey } from "./eddsa.ts";
import { OPERATION_TYPES, type Operation, type UnknownOperation } from "./operationTypes.ts";
import { encodeFields, NO_FIELDS, type OperationFields, operationFields } from "./operationWords.ts";

export { OPERATION_TYPES, type Operation } from "./operationTypes.ts";
export { canonicalWords, operationMessage } from "./operationWords.ts";

/** The nine words of an operation. @throws {OperationRangeError} when a value does not fit its field */
export function encodeOperation(operation: Operation): readonly bigint[] {
  const { round = 0n, loggedAt = 0n, sender = 0n, restricted = false } = operation;
  const logged = { round, loggedAt, sender, restricted };
  const type = OPERATION_TYPES.indexOf(operation.type);
  return encodeFields({ ...NO_FIELDS, ...logged, ...fieldsOf(operation), type });
}

/** The operation in canonical words; fields that its type does not use are dropped. Total. */
export function decodeOperation(words: readonly bigint[]): Operation | UnknownOperation {
  const fields = operationFields(words);
  const { round, loggedAt, sender, restricted } = fields;
  const logged = { round, loggedAt, sender, restricted };
  const {
    accountA: account,
    accountB,
    market,
    size,
    price,
    amount,
    nonceA,
    nonceB,
    expiry,
    payloadA,
    payloadB,
  } = fields;
  const owner = payloadA.r8x;
  const key: PublicKey = { x: payloadA.r8y, y: payloadA.s };
  switch (OPERATION_TYPES[fields.type]) {
    case "noop":
      return { ...logged, type: "noop" };
    case "deposit":
      return { ...logged, type: "deposit", account, amount, owner, key };
    case "withdraw":
      return {
        ...logged,
        type: "withdraw",
        account,
        amount,
        owner: payloadB.r8x,
        nonce: nonceA,
        expiry,
        signature: payloadA,
      };
    case "trade": {
      const sides = { buyer: account, seller: accountB, buyerNonce: nonceA, sellerNonce: nonceB };
      return {
        ...logged,
        type: "trade",
        market,
        ...sides,
        size,
        price,
        fee: amount,
        expiry,
        buyerSignature: payloadA,
        sellerSignature: payloadB,
      };
    }
    case "liquidate":
      return {
        ...logged,
        type: "liquidate",
        market,
        account,
        liquidator: accountB,
        size,
        limit: price,
        nonce: nonceB,
        expiry,
        signature: payloadB,
      };
    case "backstop":
      return { ...logged, type: "backstop", account };
    case "recertify":
      return { ...logged, type: "recertify", account, other: accountB };
    case "setKey":
      return { ...logged, type: "setKey", account, owner, key };
    case "shareLoss":
      return { ...logged, type: "shareLoss", market };
    default:
      return { ...logged, type: "unknown", fields };
  }
}

/** The fields that a type uses; the rest are zero. */
function fieldsOf(operation: Operation): Partial<OperationFields> {
  switch (operation.type) {
    case "noop":
      return {};
    case "deposit":
    case "setKey": {
      const payloadA = { r8x: operation.owner, r8y: operation.key.x, s: operation.key.y };
      return { accountA: operation.account, amount: operation.type === "deposit" ? operation.amount : 0n, payloadA };
    }
    case "withdraw": {
      const { account, amount, nonce, expiry, signature, owner } = operation;
      return {
        accountA: account,
        amount,
        nonceA: nonce,
        expiry,
        payloadA: signature,
        payloadB: { ...NO_SIGNATURE, r8x: owner },
      };
    }
    case "trade": {
      const {
        market,
        buyer,
        seller,
        size,
        price,
        fee,
        buyerNonce,
        sellerNonce,
        expiry,
        buyerSignature,
        sellerSignature,
      } = operation;
      const sides = { accountA: buyer, accountB: seller, nonceA: buyerNonce, nonceB: sellerNonce };
      return {
        market,
        ...sides,
        size,
        price,
        amount: fee,
        expiry,
        payloadA: buyerSignature,
        payloadB: sellerSignature,
      };
    }
    case "liquidate": {
      const { market, account, liquidator, size, limit, nonce, expiry, signature } = operation;
      return {
        market,
        accountA: account,
        accountB: liquidator,
        size,
        price: limit,
        nonceB: nonce,
        expiry,
        payloadB: signature,
      };
    }
    case "backstop":
      return { accountA: operation.account };
    case "recertify":
      return { accountA: operation.account, accountB: operation.other ?? operation.account };
    case "shareLoss":
      return { market: operation.market };
  }
}
