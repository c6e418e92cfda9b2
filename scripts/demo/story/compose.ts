/** Turns what someone does into a signed operation, from what anyone can know at that moment. Pure. */
import { divideUp, maximum, minimum } from "../../../verifier/model/arithmetic.ts";
import { NO_SIGNATURE } from "../../../verifier/model/eddsa.ts";
import { health } from "../../../verifier/model/margin.ts";
import type { Operation } from "../../../verifier/model/operation.ts";
import { type OperationKeys, signOperation } from "../../../verifier/model/signOperation.ts";
import type { MarketTerms } from "../../../verifier/model/terms.ts";
import { accountAt } from "../../../verifier/model/tree.ts";
import { TRADE_FEE } from "../parameters.ts";
import { quoteUnits, sizeLots } from "../units.ts";
import type { Name } from "./cast.ts";
import { type Ledger, type LedgerContext, termsOf } from "./ledger.ts";
import { identityOf } from "./people.ts";
import type { Action } from "./story.ts";

/** How long a signature stays good, seconds. */
const SIGNATURE_LIFE_SEC = 600n;

/** The action as an operation with its signatures. @throws {RangeError} when the story names a market that is not there */
export function compose(action: Action, ledger: Ledger, context: LedgerContext): Operation {
  const { operation, keys } = draft(action, ledger, context);
  return signOperation(context.hasher, context.domain, operation, keys);
}

interface Draft {
  readonly operation: Operation;
  readonly keys: OperationKeys;
}

function draft(action: Action, ledger: Ledger, context: LedgerContext): Draft {
  const terms = termsOf(ledger, context);
  const expiry = terms.timestamp + SIGNATURE_LIFE_SEC;
  const at = (account: number) => accountAt(ledger.state.tree, account);
  const nonceOf = (name: Name) => at(identityOf(name).account).nonce + 1n;
  const keyOf = (name: Name) => identityOf(name).signingKey;
  const marketOf = (index: number): MarketTerms => {
    const market = terms.markets[index];
    if (market === undefined) throw new RangeError(`no market ${index}`);
    return market;
  };

  switch (action.type) {
    case "deposit":
    case "phantom": {
      const { account, address, signingKey } = identityOf(action.who);
      const common = { account, owner: BigInt(address), key: signingKey.publicKey };
      return { operation: { type: "deposit", ...common, amount: quoteUnits(action.amount) }, keys: {} };
    }
    case "withdraw": {
      const { account, address } = identityOf(action.who);
      const common = { account, owner: BigInt(address), amount: quoteUnits(action.amount), nonce: nonceOf(action.who) };
      const keys = { first: keyOf(action.forgedBy ?? action.who) };
      return { operation: { type: "withdraw", ...common, expiry, signature: NO_SIGNATURE }, keys };
    }
    case "trade": {
      const { mark: price } = marketOf(action.market);
      const size = sizeLots(action.size);
      const fee = (size * price * TRADE_FEE.numerator) / TRADE_FEE.denominator;
      const sides = { buyer: identityOf(action.buyer).account, seller: identityOf(action.seller).account };
      const nonces = { buyerNonce: nonceOf(action.buyer), sellerNonce: nonceOf(action.seller) };
      const signatures = { buyerSignature: NO_SIGNATURE, sellerSignature: NO_SIGNATURE };
      const common = { ...sides, ...nonces, ...signatures, market: action.market, size, price, fee, expiry };
      return {
        operation: { type: "trade", ...common },
        keys: { first: keyOf(action.buyer), second: keyOf(action.seller) },
      };
    }
    case "liquidate": {
      const { account } = identityOf(action.who);
      const market = marketOf(action.market);
      const held = at(account).sizes[action.market] ?? 0n;
      const lacking = maximum(0n, -health(at(account), terms));
      const size = minimum(held < 0n ? -held : held, divideUp(lacking, market.gain));
      return take(action.market, account, action.by, size, market.mark);
    }
    case "takeover": {
      const held = at(0).sizes[action.market] ?? 0n;
      return take(action.market, 0, action.by, held < 0n ? -held : held, marketOf(action.market).mark);
    }
    case "backstop":
      return { operation: { type: "backstop", account: identityOf(action.who).account }, keys: {} };
    case "shareLoss":
      return { operation: { type: "shareLoss", market: action.market }, keys: {} };
    case "recertify": {
      const [account, other] = [identityOf(action.who).account, identityOf(action.other).account];
      return { operation: { type: "recertify", account, other }, keys: {} };
    }
  }

  function take(market: number, account: number, by: Name, size: bigint, limit: bigint): Draft {
    const taker = { liquidator: identityOf(by).account, nonce: nonceOf(by) };
    const common = { market, account, size, limit, expiry, signature: NO_SIGNATURE, ...taker };
    return { operation: { type: "liquidate", ...common }, keys: { first: keyOf(by) } };
  }
}
