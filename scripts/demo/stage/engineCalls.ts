/** Which function of the engine logs an operation, and who sends it. */
import type { Operation } from "../../../verifier/model/operation.ts";
import type { Action } from "../story/story.ts";

export interface EngineCall {
  readonly method:
    | "deposit"
    | "depositNothing"
    | "withdraw"
    | "trade"
    | "liquidate"
    | "backstop"
    | "recertify"
    | "setKey"
    | "shareLoss"
    | "repostDeposits";
  readonly parameters: readonly unknown[];
}

/** @throws {RangeError} for a Noop: nobody can log one */
export function engineCall(operation: Operation): EngineCall {
  switch (operation.type) {
    case "deposit":
      return { method: "deposit", parameters: [operation.amount, operation.key.x, operation.key.y] };
    case "setKey":
      return { method: "setKey", parameters: [operation.key.x, operation.key.y] };
    case "withdraw": {
      const { account, amount, nonce, expiry, signature } = operation;
      return { method: "withdraw", parameters: [account, amount, nonce, expiry, signature] };
    }
    case "trade": {
      const { market, buyer, seller, buyerNonce, sellerNonce, expiry, size, price, fee } = operation;
      const sides = { accountA: buyer, accountB: seller, nonceA: buyerNonce, nonceB: sellerNonce };
      const order = { market, ...sides, expiry, size, price, amount: fee };
      return { method: "trade", parameters: [order, operation.buyerSignature, operation.sellerSignature] };
    }
    case "liquidate": {
      const { market, account, liquidator, nonce, expiry, size, limit, signature } = operation;
      const sides = { accountA: account, accountB: liquidator, nonceA: 0n, nonceB: nonce };
      const order = { market, ...sides, expiry, size, price: limit, amount: 0n };
      return { method: "liquidate", parameters: [order, signature] };
    }
    case "backstop":
      return { method: "backstop", parameters: [operation.account] };
    case "recertify":
      return { method: "recertify", parameters: [operation.account, operation.other ?? operation.account] };
    case "shareLoss":
      return { method: "shareLoss", parameters: [operation.market] };
    case "noop":
      throw new RangeError("a Noop is padding, never logged");
  }
}

/** How an action is posted: a phantom deposit by the function with the fault. */
export function callOf(action: Action, operation: Operation): EngineCall {
  const call = engineCall(operation);
  return action.type === "phantom" ? { ...call, method: "depositNothing" } : call;
}

/** Name of the wallet that posts an action; "keeper" for what anybody may do. */
export function senderOf(action: Action): string {
  switch (action.type) {
    case "deposit":
    case "phantom":
      return action.who;
    case "trade":
      return action.buyer;
    case "withdraw":
      return action.forgedBy ?? action.who;
    case "liquidate":
    case "takeover":
      return action.by;
    case "backstop":
    case "recertify":
    case "shareLoss":
      return "keeper";
  }
}
