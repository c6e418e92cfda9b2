import { deriveKey, type SigningKey } from "../../verifier/model/eddsa.ts";
import type { Hasher } from "../../verifier/model/hasher.ts";
import { genesisOracle, type OracleMarket, type OracleState } from "../../verifier/model/oracle.ts";
import type { OracleMarketParameters, Parameters } from "../../verifier/model/parameters.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { type Report, signReport } from "../../verifier/model/report.ts";
import type { RoundContext } from "../../verifier/model/round.ts";
import type { Random } from "./random.ts";

export const GENESIS_SEC = 1_760_000_000n;
export const DOMAIN = 0x1234567890abcdefn;

/** Oracle parameters in ordinary life: a floor of 50 % a year, 300 s of memory, an hour of horizon. */
export const CALM: OracleMarketParameters = {
  varianceFloor: 8_710n,
  timeConstantSec: 300n,
  horizonSec: 3_600n,
  maintenanceBase: 26_214n,
  maintenanceMax: 262_144n,
  maintenanceStep: 2_048n,
  initialBase: 52_428n,
  initialMax: 524_288n,
  initialMultiple: 64n,
  cooldownSec: 600n,
  fundingCap: 10_486n,
  anchorRate: 262_144n,
  anchorSec: 3_600n,
  escalationSec: 600n,
};

export function roundParameters(profile: Profile, market: OracleMarketParameters = CALM): Parameters {
  const margin = {
    sizeSlope: 10n,
    openInterestSlope: 1n,
    bandRate: 26_214n,
    discountRate: 5_243n,
    penaltyRate: 5_243n,
  };
  return {
    oracle: {
      tvlTier: [1_000_000n, 2_000_000n, 3_000_000n],
      deviationSquared: [100n, 81n, 64n, 49n],
      markets: Array.from({ length: profile.markets }, () => market),
    },
    margin: { minimumMargin: 1_000n, staleSec: 60n, markets: Array.from({ length: profile.markets }, () => margin) },
  };
}

export function reporterKeys(count: number): readonly SigningKey[] {
  return Array.from({ length: count }, (_, slot) => deriveKey(new Uint8Array(32).fill(slot + 1)));
}

export function roundContext(hasher: Hasher, profile: Profile, parameters = roundParameters(profile)): RoundContext {
  const keys = reporterKeys(profile.reporters).map((key) => key.publicKey);
  return { hasher, profile, parameters, reporterKeys: keys, domain: DOMAIN, tvl: 2_500_000n };
}

export function startingOracle(parameters: Parameters): OracleState {
  return genesisOracle(
    parameters,
    GENESIS_SEC,
    parameters.oracle.markets.map((_, index) => 6_000_000n + BigInt(index) * 1_000_000n),
  );
}

/** The words of a round: one report, or none, per reporter slot. */
export function roundWords(hasher: Hasher, reports: readonly (Report | undefined)[], domain = DOMAIN): bigint[] {
  const keys = reporterKeys(reports.length);
  return reports.flatMap((report, slot) =>
    report === undefined ? [0n, 0n, 0n, 0n] : [...signReport(hasher, keys[slot]!, domain, report)],
  );
}

/** Any parameters that fit their fields, base below max. */
export function randomMarketParameters(random: Random): OracleMarketParameters {
  const [maintenanceBase, maintenanceMax] = ordered(random.spread(19), random.spread(19));
  const [initialBase, initialMax] = ordered(random.spread(20), random.spread(20));
  return {
    varianceFloor: random.spread(32) || 1n,
    timeConstantSec: random.spread(16) || 1n,
    horizonSec: random.spread(24) || 1n,
    maintenanceBase,
    maintenanceMax,
    maintenanceStep: random.spread(20),
    initialBase,
    initialMax,
    initialMultiple: random.spread(8),
    cooldownSec: random.spread(20),
    fundingCap: random.spread(20),
    anchorRate: random.spread(20) || 1n,
    anchorSec: random.spread(20) || 1n,
    escalationSec: random.spread(20),
  };
}

/** Any market that fits its fields, last updated at or before a time. */
export function randomMarket(random: Random, latest: bigint): OracleMarket {
  const mark = random.spread(27) || 1n;
  const index = random.spread(25);
  return {
    mark,
    median: random.chance(8) ? mark : random.spread(27) || 1n,
    fundingIndex: random.chance(8) ? index : -index,
    maintenanceRate: random.spread(19),
    initialRate: random.spread(20),
    updatedAt: latest - random.spread(20),
    breakerUntil: random.chance(8) ? 0n : latest - 100n + random.spread(10),
    variance: random.spread(32),
    weight: random.spread(28) || 1n,
    fundingFraction: random.bits(36),
    anchor: random.chance(8) ? mark : random.spread(27) || 1n,
    anchorAt: latest - random.spread(20),
    breakerLevel: random.bits(2),
  };
}

function ordered(a: bigint, b: bigint): [bigint, bigint] {
  return a < b ? [a, b] : [b, a];
}
