/** One sentence for what became of an operation, for someone who knows perpetuals and nothing of proofs. */
import { minimum } from "../../../verifier/model/arithmetic.ts";
import { equity } from "../../../verifier/model/margin.ts";
import type { Operation } from "../../../verifier/model/operation.ts";
import type { Terms } from "../../../verifier/model/terms.ts";
import { MARKETS } from "../parameters.ts";
import { nameOf } from "../story/cast.ts";
import type { LoggedAction } from "../story/logged.ts";
import { showPrice, showSize, showUsd } from "../units.ts";

/** What became of it, as the proof's public mask says. */
export function narrate(logged: LoggedAction): string {
  return logged.step.outcome.valid ? accepted(logged) : nullified(logged);
}

function accepted({ action, operation, step, terms }: LoggedAction): string {
  switch (operation.type) {
    case "deposit":
      if (action.type === "phantom")
        return `${nameOf(operation.account)} is credited ${showUsd(operation.amount)} USD that nobody paid`;
      return `${nameOf(operation.account)} deposits ${showUsd(operation.amount)} USD`;
    case "trade": {
      const { buyer, seller, size, price, market } = operation;
      return `${nameOf(buyer)} buys ${amountOf(size, market)} from ${nameOf(seller)} at ${showPrice(price)}`;
    }
    case "withdraw":
      return `${nameOf(operation.account)} withdraws ${showUsd(operation.amount)} USD: a claim on the vault`;
    case "liquidate":
      return taken(operation, step.legA.account.sizes[operation.market] ?? 0n, terms);
    case "backstop": {
      const left = showUsd(equity(step.legA.account, terms));
      return `Backstop: ${nameOf(operation.account)}'s account, with ${left} USD left, moves to the insurance account`;
    }
    case "recertify": {
      const others = operation.other === undefined ? "" : ` and ${nameOf(operation.other)}'s`;
      return `${nameOf(operation.account)}'s${others} bounds are re-centred around the new prices`;
    }
    case "shareLoss": {
      const { lossLong = 0n, lossShort = 0n } = step.after.markets[operation.market] ?? {};
      const symbol = MARKETS[operation.market]?.symbol ?? "";
      return `Loss sharing in ${symbol}: loss index of longs ${lossLong}, of shorts ${lossShort} ticks a lot`;
    }
    default:
      return operation.type;
  }
}

function taken(operation: Extract<Operation, { type: "liquidate" }>, held: bigint, terms: Terms): string {
  const { market, account, liquidator, size } = operation;
  const at = terms.markets[market];
  const amount = amountOf(size, market);
  if (account === 0) return `${nameOf(liquidator)} takes ${amount} over from the insurance at the mark`;
  const price = showPrice((at?.mark ?? 0n) - (held > 0n ? 1n : -1n) * (at?.discount ?? 0n));
  const share = minimum(held < 0n ? -held : held, size) === size ? ` of ${showSize(held)}` : "";
  return `Liquidation: ${nameOf(liquidator)} takes ${amount}${share} from ${nameOf(account)} at ${price}`;
}

function nullified({ operation, action, step, terms }: LoggedAction): string {
  const kind = step.outcome.kind ?? "";
  if (operation.type === "withdraw") {
    const what = `${nameOf(operation.account)}'s ${showUsd(operation.amount)} USD`;
    if (action.type === "withdraw" && action.forgedBy !== undefined)
      return `${action.forgedBy} asks for ${what}: nullified, not ${nameOf(operation.account)}'s signature`;
    if (kind === "margin") {
      const rate = Math.round((Number(terms.markets[1]?.initialRate ?? 0n) / 2 ** 20) * 100);
      return `${nameOf(operation.account)} asks for ${showUsd(operation.amount)} USD: nullified, it breaks the ${rate} % initial margin`;
    }
  }
  return `${operation.type} nullified: ${kind}`;
}

const amountOf = (size: bigint, market: number): string => `${showSize(size)} ${MARKETS[market]?.symbol ?? ""}`;
