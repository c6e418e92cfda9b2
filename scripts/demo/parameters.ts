/** Every number of the demo, with its unit and its reason. The protocol's own defaults are in scripts/deploy. */
import { RATE_ONE } from "../../verifier/model/constants.ts";
import type { MarginMarketParameters, OracleMarketParameters, Parameters } from "../../verifier/model/parameters.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { DEFAULT_BREAKER } from "../deploy/oracleDefaults.ts";

/** The smallest circuits: 2 markets, 256 accounts, 2 operations a batch, 4 reporters of which 1 may lie. */
export const PROFILE = PROFILES.dev;

/** Where the recorded prices are; the README there says how they were recorded. */
export const FIXTURE_FOLDER = "test/fixtures/2025-10-10";
/** Midnight UTC of the recorded day, unix seconds. */
export const DAY_SEC = Date.UTC(2025, 9, 10) / 1000;

/** A tick is 1e-4 USD: the finest quote in the recording (Gemini's), and 12,000 USD still fit 27 bits. */
export const TICK_DECIMALS = 4;
/** A lot is 0.01 of an asset; 1 lot x 1 tick = 1e-6 USD = one unit of the token, which has 6 decimals like USDC. */
export const LOT_DECIMALS = 2;
export const QUOTE_DECIMALS = TICK_DECIMALS + LOT_DECIMALS;

export const MARKETS = [
  { symbol: "AAVE", file: "AAVE_reporters_1s.csv" },
  { symbol: "AVAX", file: "AVAX_reporters_1s.csv" },
] as const;

/** Reporter slots by column of the recording. Slot 3 reads Coinbase again: without it a silent Gemini would leave too few prices. */
export const REPORTERS = [
  { name: "Binance perp", venue: 0 },
  { name: "Coinbase", venue: 1 },
  { name: "Gemini", venue: 2 },
  { name: "Coinbase (2nd reader)", venue: 1 },
] as const;

/** 0.01 % per 8 h, the usual resting rate of perpetuals, in 2^-20 per 2^16 s. The recording holds no funding rates. */
export const FUNDING_RATE = 239n;

const percent = (value: number): bigint => BigInt(Math.round((value / 100) * Number(RATE_ONE)));

const ORACLE_MARKET: OracleMarketParameters = {
  varianceFloor: 8710n, // 50 % a year: a calm day of a large asset
  timeConstantSec: 300n, // forgets half of a shock in about 3.5 minutes
  horizonSec: 300n, // margins must outlast one sigma of 5 minutes
  maintenanceBase: percent(3),
  maintenanceMax: percent(8),
  maintenanceStep: percent(1.5), // at most 1.5 points in 256 s, so that raising margins does not itself liquidate
  initialBase: percent(6), // up to 16x when calm
  initialMax: percent(20), // 5x in a crash
  initialMultiple: 40n, // 2.5 sigma
  cooldownSec: 60n, // reduce-only for a minute after a jump; real deployments take longer
  fundingCap: 5243n, // 0.5 % per 18 h
  ...DEFAULT_BREAKER,
  anchorSec: 300n, // five minutes instead of an hour: the whole story takes fourteen
};

const MARGIN_MARKET: MarginMarketParameters = {
  sizeSlope: 16384n, // +0.15 % of initial margin for 1,000 units of one account
  openInterestSlope: 1024n, // +0.01 % for 1,000 units of open interest
  bandRate: percent(2), // trades stay within 2 % of the mark
  discountRate: percent(1), // a liquidator buys 1 % below the mark
  penaltyRate: percent(0.5), // and 0.5 % goes to insurance
};

/** What circuits, guard and verifier are all bound to. */
export const PARAMETERS: Parameters = {
  oracle: {
    tvlTier: [10n ** 12n, 10n ** 13n, 10n ** 14n], // 1, 10 and 100 million USD
    deviationSquared: [64n, 49n, 36n, 25n], // 8, 7, 6 and 5 sigma: the more is at stake, the tighter
    markets: MARKETS.map(() => ORACLE_MARKET),
  },
  margin: {
    minimumMargin: 50n * 10n ** BigInt(QUOTE_DECIMALS), // standing at the edge costs 50 USD of real money
    staleSec: 120n, // the demo's rounds are up to 96 s apart
    markets: MARKETS.map(() => MARGIN_MARKET),
  },
};

/** The guard's times. Short enough to be seen in a demo; scripts/deploy/defaults.ts has the values for real use. */
export const LIMITS = {
  claimDelaySec: 60, // time to notice a fraud before money leaves; the least that a guard takes
  cureSec: 60, // a breach may last so long before the market is restricted
  calmSec: 24, // and the restriction is held so long after the breach has gone
  haltCureSec: 120, // a bankruptcy may last so long before everything stops
  proofDeadlineSec: 150, // an operation must be proven within this
  roundDeadlineSec: 180, // and a price within this
  maxReportAgeSec: 60, // a round's median report is no older
  futureToleranceSec: 15, // reporters' clocks may run ahead by one slot
  graceSec: 0, // a chain of one machine has no sequencer that stops
  unauthorisedLimit: 4, // forged operations at once before everything pauses
  unauthorisedWindowSec: 3600, // that many are forgotten in an hour
  unauthorisedPauseSec: 120, // so long is the pause
} as const;

/** Each side of a trade pays it to insurance, as a fraction of the notional: 5 basis points. */
export const TRADE_FEE = { numerator: 5n, denominator: 10_000n } as const;
