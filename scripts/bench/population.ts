import { certificate } from "../../verifier/model/certificate.ts";
import { CERTIFICATE_BITS, RATE_ONE } from "../../verifier/model/constants.ts";
import { health } from "../../verifier/model/margin.ts";
import type { MarketTerms, Terms } from "../../verifier/model/terms.ts";
import { seededRandom } from "./seededRandom.ts";

/** How many certificates a price path touches. Counts are accounts. */
export interface Touches {
  /** By block: accounts whose bound the price reached, and which are therefore in the block. */
  readonly perBlock: readonly number[];
  /** Those among them that could not be certified again and were liquidated. */
  readonly liquidations: number;
}

const MARKETS = 4;
const BLOCK_SEC = 12;
/** A day in coarse steps before anything is counted: fresh accounts stand too far from their bounds to be typical. */
const WARM_UP_STEPS = 288;
const WARM_UP_STEP_SEC = 300;
const YEAR_SEC = 31_557_600;
const YEARLY_VOLATILITY = [0.6, 0.8, 1, 1.2];
const CORRELATION = 0.7; // share of each market's move that is common
const FIRST_PRICE = 1 << 24; // ticks
const MAINTENANCE = RATE_ONE / 20n; // 5 %
const LARGEST_LEVERAGE = 12;
const NOTIONAL_LOTS = 1_000; // times the price: a typical position

/**
 * Runs a population of cross-margin accounts (one to four positions, leverage 1 to 12, log-uniform) along a seeded,
 * correlated price path of 12 s blocks, and counts which accounts the path touches. Certificates are the model's own.
 * A liquidated account is replaced by a new one, so that the population stays as large. The first day is not counted.
 */
export function simulateTouches(accounts: number, blocks: number, seed: number): Touches {
  const random = seededRandom(seed);
  const prices = new Float64Array(MARKETS).fill(FIRST_PRICE);
  const quotes = new Array<bigint>(accounts);
  const sizes = new Array<readonly bigint[]>(accounts);
  const lanes = new Float64Array(accounts * MARKETS * 2);

  const certify = (account: number, terms: Terms): void => {
    const position = { quote: quotes[account] ?? 0n, sizes: sizes[account] ?? [] };
    certificate(position, terms).forEach((lane, index) => {
      lanes[account * MARKETS * 2 + index] = Number(lane);
    });
  };
  const open = (account: number, terms: Terms): void => {
    const held = 1 + Math.floor(random() * MARKETS);
    const first = Math.floor(random() * MARKETS);
    const chosen = terms.markets.map((_, market) => (market - first + MARKETS) % MARKETS < held);
    const lots = chosen.map((isHeld) => (isHeld ? Math.ceil(random() * NOTIONAL_LOTS) * (random() < 0.5 ? -1 : 1) : 0));
    const notional = lots.reduce((sum, size, market) => sum + Math.abs(size) * (prices[market] ?? 0), 0);
    const value = lots.reduce((sum, size, market) => sum + size * (prices[market] ?? 0), 0);
    const equity = notional / LARGEST_LEVERAGE ** random();
    sizes[account] = lots.map(BigInt);
    quotes[account] = BigInt(Math.ceil(equity - value));
    certify(account, terms);
  };

  let terms = termsAt(prices);
  for (let account = 0; account < accounts; account++) open(account, terms);
  const perBlock: number[] = [];
  let liquidations = 0;
  for (let block = -WARM_UP_STEPS; block < blocks; block++) {
    step(prices, random, block < 0 ? WARM_UP_STEP_SEC : BLOCK_SEC);
    terms = termsAt(prices);
    const reached = tightestLanes(terms);
    let touched = 0;
    for (let index = 0; index < lanes.length; index++) {
      if ((lanes[index] ?? 0) <= (reached[index % (MARKETS * 2)] ?? 0)) continue;
      const account = Math.floor(index / (MARKETS * 2));
      touched += 1;
      const position = { quote: quotes[account] ?? 0n, sizes: sizes[account] ?? [] };
      if (health(position, terms) < 0n) {
        if (block >= 0) liquidations += 1;
        open(account, terms);
      } else certify(account, terms);
      index = (account + 1) * MARKETS * 2 - 1; // its other lanes are new too
    }
    if (block >= 0) perBlock.push(touched);
  }
  return { perBlock, liquidations };
}

/** The greatest lanes that the terms still satisfy: long bound <= kappaLong, short bound >= kappaShort. */
function tightestLanes(terms: Terms): readonly number[] {
  const offset = 2 ** 28;
  return terms.markets.flatMap(({ kappaLong, kappaShort }) => [
    Number(kappaLong) + offset,
    offset - Number(kappaShort),
  ]);
}

function step(prices: Float64Array, random: () => number, elapsedSec: number): void {
  const common = gaussian(random);
  YEARLY_VOLATILITY.forEach((volatility, market) => {
    const own = gaussian(random);
    const move = Math.sqrt(CORRELATION) * common + Math.sqrt(1 - CORRELATION) * own;
    const price = (prices[market] ?? 1) * Math.exp(volatility * Math.sqrt(elapsedSec / YEAR_SEC) * move);
    prices[market] = Math.round(price);
  });
}

/** Box and Muller. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function termsAt(prices: Float64Array): Terms {
  const markets = YEARLY_VOLATILITY.map((volatility, market): MarketTerms => {
    const mark = BigInt(prices[market] ?? 1);
    const margin = (mark * MAINTENANCE + RATE_ONE - 1n) / RATE_ONE;
    const weight = (mark * BigInt(Math.round(volatility * 2 ** Number(CERTIFICATE_BITS)))) >> CERTIFICATE_BITS;
    const none = { fundingLong: 0n, fundingShort: 0n, band: 0n, discount: 0n, penalty: 0n, gain: 0n };
    const open = {
      freshUntil: 0n,
      breakerUntil: 0n,
      stale: false,
      reduceOnly: false,
      initialRate: 0n,
      sizeSlope: 0n,
      openInterestSlope: 0n,
    };
    return {
      ...none,
      ...open,
      mark,
      low: mark,
      high: mark,
      kappaLong: mark - margin,
      kappaShort: mark + margin,
      weight,
    };
  });
  return { timestamp: 0n, minimumMargin: 0n, markets };
}
