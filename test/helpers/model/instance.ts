import type { BatchContext } from "../../../verifier/model/batch.ts";
import type { SigningKey } from "../../../verifier/model/eddsa.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { genesisOracle, type OracleState } from "../../../verifier/model/oracle.ts";
import type { MarginMarketParameters, OracleMarketParameters, Parameters } from "../../../verifier/model/parameters.ts";
import type { Profile } from "../../../verifier/model/profile.ts";
import type { RoundContext } from "../../../verifier/model/round.ts";
import { accountKey, reporterKey } from "../../../verifier/model/scenario/cast.ts";

/** A small instance that all model tests build on. */
export const hasher = await createHasher();

export const profile: Profile = { name: "test", markets: 2, depth: 3, operations: 4, reporters: 4, faulty: 1 };

export const oracleMarket: OracleMarketParameters = {
  varianceFloor: 8_700n,
  timeConstantSec: 300n,
  horizonSec: 28_800n,
  maintenanceBase: 31_457n,
  maintenanceMax: 262_144n,
  maintenanceStep: 256n,
  initialBase: 52_429n,
  initialMax: 524_288n,
  initialMultiple: 64n,
  cooldownSec: 300n,
  fundingCap: 4_096n,
  anchorRate: 262_144n,
  anchorSec: 3_600n,
  escalationSec: 600n,
};

export const marginMarket: MarginMarketParameters = {
  sizeSlope: 40n,
  openInterestSlope: 4n,
  bandRate: 20_972n,
  discountRate: 10_486n,
  penaltyRate: 5_243n,
};

export const parameters: Parameters = {
  oracle: {
    tvlTier: [10n ** 12n, 10n ** 14n, 10n ** 16n],
    deviationSquared: [64n, 49n, 36n, 25n],
    markets: [oracleMarket, { ...oracleMarket, varianceFloor: 15_000n }],
  },
  margin: { minimumMargin: 1_000n, staleSec: 120n, markets: [marginMarket, marginMarket] },
};

export const GENESIS_TIME = 1_760_000_000n;
export const PRICES = [6_000_000n, 250_000n] as const;
export const DOMAIN = 123_456_789n;

export const genesis: OracleState = genesisOracle(parameters, GENESIS_TIME, PRICES);

export const batchContext: BatchContext = { hasher, profile, parameters, domain: DOMAIN };

export const reporterKeys = Array.from({ length: profile.reporters }, (_, slot) => reporterKey(slot));

export const roundContext: RoundContext = {
  hasher,
  profile,
  parameters,
  domain: DOMAIN,
  tvl: 0n,
  reporterKeys: reporterKeys.map((key) => key.publicKey),
};

const keys = new Map<number, SigningKey>();

/** The key that tests give the account at an index. */
export function keyAt(index: number): SigningKey {
  const key = keys.get(index) ?? accountKey(index);
  keys.set(index, key);
  return key;
}

/** The owner that tests give the account at an index. */
export function ownerAt(index: number): bigint {
  return 0xa000n + BigInt(index);
}

/** An oracle whose first markets have other values, all else as at genesis. */
export function oracleWith(...changes: readonly Partial<OracleState["markets"][number]>[]): OracleState {
  return { ...genesis, markets: genesis.markets.map((market, index) => ({ ...market, ...changes[index] })) };
}
