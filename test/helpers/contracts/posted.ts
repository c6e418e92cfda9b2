/** What the engine is sent when only its own rules are asked about: it checks no signature. */
import { FEE_WEI } from "./bench.ts";

/** The fee of one operation. */
export const PAID = { value: FEE_WEI };
export const SIGNATURE = { r8x: 1n, r8y: 2n, s: 3n };
/** An expiry that never comes. */
export const FAR = 2n ** 39n;
/** An order between accounts 1 and 2. */
export const ORDER = {
  market: 0n,
  accountA: 1n,
  accountB: 2n,
  nonceA: 1n,
  nonceB: 1n,
  expiry: FAR,
  size: 1n,
  price: 1n,
  amount: 0n,
};
