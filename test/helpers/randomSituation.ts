import { type Account, emptyAccount } from "../../verifier/model/account.ts";
import { clamp } from "../../verifier/model/arithmetic.ts";
import type { BatchContext } from "../../verifier/model/batch.ts";
import type { OracleMarket, OracleState } from "../../verifier/model/oracle.ts";
import type { Parameters } from "../../verifier/model/parameters.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { genesisState, type State } from "../../verifier/model/state.ts";
import { setAccount } from "../../verifier/model/tree.ts";
import {
  DOMAIN,
  GENESIS_TIME,
  hasher,
  keyAt,
  oracleMarket,
  parameters as ordinary,
  ownerAt,
  profile as small,
} from "./model/instance.ts";
import type { Random } from "./random.ts";

/** The profile whose batch circuit most tests compile: two slots. */
export const profile = { ...small, operations: 2 };

/** A state, its oracle and its parameters: anything in the legal ranges, however unlikely. */
export interface Situation {
  readonly state: State;
  readonly oracle: OracleState;
  readonly context: BatchContext;
}

const INDEX = 1n << 25n;

/** A number of at most `bits` bits with either sign. */
function signed(random: Random, bits: number): bigint {
  const value = random.spread(bits);
  return random.chance(8) ? -value : value;
}

/** Any legal account; the keys and owners of tests, rich enough to act or near to what its positions owe. */
function randomAccount(random: Random, index: number, markets: readonly OracleMarket[]): Account {
  const empty = emptyAccount(markets.length);
  if (index !== 0 && random.chance(2)) return empty;
  const sizes = empty.sizes.map(() => (random.chance(8) ? signed(random, random.chance(4) ? 40 : 20) : 0n));
  const owed = sizes.reduce((sum, size, market) => sum + size * (markets[market]?.mark ?? 0n), 0n);
  const wealth = random.chance(11) ? random.between(1n << 45n, (1n << 62n) - 1n) : random.spread(63);
  const isFlat = sizes.every((size) => size === 0n);
  const quote = isFlat || random.chance(8) ? wealth : clampQuote(signed(random, 44) - owed);
  const lanes = empty.lanes.map(() => (random.chance(8) ? random.spread(29) : 0n));
  const debt = random.chance(10) ? random.spread(62) : 0n; // of the insurance account, which may owe though it is flat
  if (index === 0) return { ...empty, quote: clampQuote(quote - debt), sizes, lanes };
  const { x, y } = keyAt(index).publicKey;
  return { owner: ownerAt(index), keyX: x, keyY: y, nonce: random.spread(20), quote, sizes, lanes };
}

function clampQuote(quote: bigint): bigint {
  return clamp(quote, -(1n << 63n), (1n << 63n) - 1n);
}

/** A market in anything like ordinary life if `calm`, and any that fits its words if not. */
function randomMarket(random: Random, calm: boolean): OracleMarket {
  const mark = random.chance(1) ? (1n << 27n) - 1n : random.spread(27) || 1n;
  const median = calm || random.chance(8) ? mark : random.spread(27) || 1n;
  return {
    mark,
    median,
    fundingIndex: random.chance(1) ? 1n - INDEX : signed(random, 25),
    maintenanceRate: calm ? random.between(1n << 12n, 1n << 16n) : random.spread(19),
    initialRate: calm ? random.between(1n << 12n, 1n << 16n) : random.spread(20),
    updatedAt: GENESIS_TIME - random.between(0n, calm ? 60n : 130n),
    breakerUntil: random.chance(calm ? 1 : 4) ? GENESIS_TIME + random.between(0n, 2n) : 0n,
    variance: random.spread(32),
    weight: random.spread(28) || 1n,
    fundingFraction: random.spread(36),
    anchor: random.spread(27) || 1n,
    anchorAt: random.spread(40),
    breakerLevel: random.bits(2),
  };
}

function randomParameters(random: Random, calm: boolean, count: number): Parameters {
  const markets = Array.from({ length: count }, () => ({
    sizeSlope: random.spread(calm ? 4 : 24),
    openInterestSlope: calm ? 0n : random.spread(24),
    bandRate: random.spread(19),
    discountRate: random.spread(calm ? 10 : 19),
    penaltyRate: random.spread(calm ? 10 : 19),
  }));
  return {
    oracle: { ...ordinary.oracle, markets: markets.map(() => oracleMarket) },
    margin: { minimumMargin: random.spread(calm ? 20 : 62), staleSec: 120n, markets },
  };
}

/** Any legal situation: sizes that no history gives, totals at their limits. */
export function randomSituation(random: Random, shape: Profile = profile): Situation {
  const calm = random.chance(10);
  const parameters = randomParameters(random, calm, shape.markets);
  const oracle = {
    round: 7n,
    timestamp: GENESIS_TIME,
    markets: Array.from({ length: shape.markets }, () => randomMarket(random, calm)),
  };
  let { tree, markets } = genesisState(hasher, shape);
  for (let index = 0; index < 2 ** shape.depth; index++)
    tree = setAccount(hasher, tree, index, randomAccount(random, index, oracle.markets));
  const loss = () => (random.chance(8) ? 0n : random.chance(1) ? -INDEX : signed(random, 25));
  markets = markets.map(() => ({
    openInterest: random.between(1n << 42n, (1n << 44n) - 1n),
    lossLong: loss(),
    lossShort: loss(),
  }));
  const insurance = random.spread(calm ? 50 : 63);
  const liabilities = random.spread(calm ? 60 : 63);
  const sumQuote = markets.reduce(
    (sum, { openInterest, lossLong, lossShort }) => sum + (lossLong - lossShort) * openInterest,
    liabilities - insurance,
  );
  return {
    state: { tree, sumQuote, insurance, markets },
    oracle,
    context: { hasher, profile: shape, parameters, domain: DOMAIN },
  };
}
