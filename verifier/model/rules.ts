import { type Account, isOpen } from "./account.ts";
import { absolute, signOf } from "./arithmetic.ts";
import { isValidKey } from "./eddsa.ts";
import { exchange, openInterestChange } from "./effect.ts";
import { type Case, isSigned, type Judgement, judge, MALFORMED, openInterestAfter, reduces } from "./judgement.ts";
import { flatOk, hasPosition, health, initialOk } from "./margin.ts";
import type { MarketTerms } from "./terms.ts";

/** q_A += amount; opens the account on first use. The engine vouches that the tokens arrived. */
export function deposit({ fields, a, b, state }: Case): Judgement {
  const { accountA, amount, payloadA } = fields;
  const owner = payloadA.r8x;
  const key = { x: payloadA.r8y, y: payloadA.s };
  if (accountA === 0 || amount === 0n) return MALFORMED;
  if (!isOpen(a) && (owner === 0n || !isValidKey(key))) return MALFORMED;
  const opened = isOpen(a) ? a : { ...a, owner, keyX: key.x, keyY: key.y, nonce: 0n };
  return judge({}, { a: { ...opened, quote: a.quote + amount }, b, insurance: state.insurance });
}

/** q_A -= amount, which becomes a claim of the owner. */
export function withdraw(given: Case): Judgement {
  const { fields, a, b, state, terms } = given;
  const { accountA, amount, payloadB } = fields;
  if (accountA === 0 || amount === 0n || !isOpen(a) || payloadB.r8x !== a.owner) return MALFORMED;
  const after = { ...a, quote: a.quote - amount, nonce: fields.nonceA };
  const margin = !initialOk(after, terms, openInterestAfter(given, after, b));
  const unauthorised = !isSigned(given, a, fields.nonceA, fields.payloadA);
  const price = fields.restricted && hasPosition(a);
  return judge({ unauthorised, price, margin }, { a: after, b, insurance: state.insurance });
}

/** A buys `size` from B at `price`; each pays `amount` to insurance. */
export function trade(given: Case): Judgement {
  const { fields, a, b, state, terms } = given;
  const { accountA, accountB, market, size, price, amount } = fields;
  const inMarket = terms.markets[market];
  if (inMarket === undefined || accountA === accountB || accountA === 0 || accountB === 0) return MALFORMED;
  if (!isOpen(a) || !isOpen(b) || size === 0n) return MALFORMED;
  const bought = exchange(a, market, size, price, inMarket);
  const sold = exchange(b, market, -size, price, inMarket);
  const afterA = { ...bought, quote: bought.quote - amount, nonce: fields.nonceA };
  const afterB = { ...sold, quote: sold.quote - amount, nonce: fields.nonceB };
  const openInterest = openInterestAfter(given, afterA, afterB);
  const sides = [
    [a, afterA],
    [b, afterB],
  ] as const;
  const accepts = ([before, after]: readonly [Account, Account]) =>
    flatOk(after) &&
    (initialOk(after, terms, openInterest) ||
      (reduces(before, after, market) && health(after, terms) >= health(before, terms)));
  const failures = {
    unauthorised:
      !isSigned(given, a, fields.nonceA, fields.payloadA) || !isSigned(given, b, fields.nonceB, fields.payloadB),
    price:
      !isInBand(price, inMarket) ||
      ((inMarket.reduceOnly || fields.restricted) && !sides.every(([before, after]) => reduces(before, after, market))),
    margin: !sides.every(accepts),
  };
  return judge(failures, { a: afterA, b: afterB, insurance: state.insurance + 2n * amount });
}

/** B takes `size` of A's position: at a discount when A is unhealthy, at the mark when A is the insurance account. */
export function liquidate(given: Case): Judgement {
  const { fields, a, b, state, terms } = given;
  const { accountA, accountB, market, size, price: limit } = fields;
  const inMarket = terms.markets[market];
  const position = a.sizes[market] ?? 0n;
  const isInsurance = accountA === 0;
  if (inMarket === undefined || accountA === accountB || accountB === 0 || !isOpen(b)) return MALFORMED;
  if ((!isOpen(a) && !isInsurance) || size === 0n || size > absolute(position)) return MALFORMED;
  const side = signOf(position);
  const price = isInsurance ? inMarket.mark : inMarket.mark - side * inMarket.discount;
  const fine = isInsurance ? 0n : size * inMarket.penalty;
  const yielded = exchange(a, market, -side * size, price, inMarket);
  const afterA = { ...yielded, quote: yielded.quote - fine };
  const afterB = { ...exchange(b, market, side * size, price, inMarket), nonce: fields.nonceB };
  const before = health(a, terms);
  const needless = before >= 0n || health(afterA, terms) < before || before + (size - 1n) * inMarket.gain >= 0n;
  const failures = {
    unauthorised: !isSigned(given, b, fields.nonceB, fields.payloadB),
    price: inMarket.stale || (side > 0n ? price > limit : price < limit),
    margin:
      (!isInsurance && needless) ||
      !flatOk(afterA) ||
      !initialOk(afterB, terms, openInterestAfter(given, afterA, afterB)),
  };
  return judge(failures, { a: afterA, b: afterB, insurance: state.insurance + fine });
}

/** A's whole account, and the insurance scalar, move onto account 0, which is B; even if it is left empty and owing. */
export function backstop(given: Case): Judgement {
  const { fields, a, b, state, terms } = given;
  if (fields.accountB !== 0 || fields.accountA === 0 || !isOpen(a)) return MALFORMED;
  const afterA = { ...a, quote: 0n, sizes: a.sizes.map(() => 0n) };
  const merged = { ...b, sizes: b.sizes.map((size, market) => size + (a.sizes[market] ?? 0n)) };
  const change = openInterestChange([a, b], [afterA, merged]);
  const netting = terms.markets.reduce((sum, { fundingLong, fundingShort }, market) => {
    return sum + (fundingLong - fundingShort) * (change[market] ?? 0n);
  }, 0n);
  const afterB = { ...merged, quote: b.quote + a.quote + state.insurance + netting };
  return judge({ margin: health(a, terms) >= 0n }, { a: afterA, b: afterB, insurance: 0n });
}

/** New bounds for A, and for B when it is another account. */
export function recertify({ a, b, state }: Case): Judgement {
  return judge({}, { a, b, insurance: state.insurance });
}

/** A new signing key. The engine vouches for the owner. */
export function setKey({ fields, a, b, state }: Case): Judgement {
  const { accountA, payloadA } = fields;
  const key = { x: payloadA.r8y, y: payloadA.s };
  if (accountA === 0 || !isOpen(a) || !isValidKey(key)) return MALFORMED;
  return judge(
    { unauthorised: payloadA.r8x !== a.owner },
    { a: { ...a, keyX: key.x, keyY: key.y }, b, insurance: state.insurance },
  );
}

/** The band is less than half the mark, so a price of 0 is never inside. */
function isInBand(price: bigint, market: MarketTerms): boolean {
  return absolute(price - market.mark) <= market.band;
}
