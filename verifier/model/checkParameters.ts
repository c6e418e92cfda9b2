import { isUint } from "./arithmetic.ts";
import { NOTICE_SEC } from "./constants.ts";
import type { MarginMarketParameters, OracleMarketParameters, Parameters } from "./parameters.ts";

/** Says which rule of the parameters is broken. */
export class ParametersError extends RangeError {
  override readonly name = "ParametersError";
  readonly code = "PARAMETERS";
  readonly path: string;
  readonly rule: string;
  constructor(path: string, rule: string) {
    super(`${path}: ${rule}`);
    this.path = path;
    this.rule = rule;
  }
}

const ORACLE_BITS: Readonly<Record<keyof OracleMarketParameters, bigint>> = {
  varianceFloor: 32n,
  timeConstantSec: 16n,
  horizonSec: 24n,
  maintenanceBase: 19n,
  maintenanceMax: 19n,
  maintenanceStep: 20n,
  initialBase: 20n,
  initialMax: 20n,
  initialMultiple: 8n,
  cooldownSec: 20n,
  fundingCap: 20n,
  anchorRate: 20n,
  anchorSec: 20n,
  escalationSec: 20n,
};
const MARGIN_BITS: Readonly<Record<keyof MarginMarketParameters, bigint>> = {
  sizeSlope: 24n,
  openInterestSlope: 24n,
  bandRate: 19n,
  discountRate: 19n,
  penaltyRate: 19n,
};

/**
 * Checks ranges and relations of parameters; nothing on chain does.
 * @param markets number of markets of the profile
 * @throws {ParametersError} when a rule is broken
 */
export function checkParameters(parameters: Parameters, markets: number): void {
  const { oracle, margin } = parameters;
  expect(oracle.tvlTier.length === 3, "oracle.tvlTier", "has three borders");
  expect(oracle.deviationSquared.length === 4, "oracle.deviationSquared", "has four values");
  expect(oracle.markets.length === markets, "oracle.markets", `has ${markets} markets`);
  expect(margin.markets.length === markets, "margin.markets", `has ${markets} markets`);
  oracle.tvlTier.forEach((tier, index) => {
    range(tier, 64n, `oracle.tvlTier[${index}]`);
    expect(index === 0 || tier > (oracle.tvlTier[index - 1] ?? 0n), `oracle.tvlTier[${index}]`, "increases");
  });
  oracle.deviationSquared.forEach((value, index) => {
    range(value, 12n, `oracle.deviationSquared[${index}]`);
  });
  range(margin.minimumMargin, 62n, "margin.minimumMargin");
  range(margin.staleSec, 20n, "margin.staleSec");
  oracle.markets.forEach((market, index) => {
    checkOracleMarket(market, `oracle.markets[${index}]`);
  });
  margin.markets.forEach((market, index) => {
    const path = `margin.markets[${index}]`;
    for (const [name, value] of Object.entries(market))
      range(value, MARGIN_BITS[name as keyof MarginMarketParameters], `${path}.${name}`); // keys of the type
    const base = oracle.markets[index]?.maintenanceBase ?? 0n;
    // One unit of rate to spare: then each lot liquidated improves the account at every price (see terms.ts, gain).
    expect(
      market.discountRate + market.penaltyRate + 1n < base,
      path,
      "discountRate + penaltyRate + 1 < maintenanceBase",
    );
  });
}

function checkOracleMarket(market: OracleMarketParameters, path: string): void {
  for (const [name, value] of Object.entries(market))
    range(value, ORACLE_BITS[name as keyof OracleMarketParameters], `${path}.${name}`); // keys of the type
  expect(market.varianceFloor >= 1n, `${path}.varianceFloor`, "is at least 1");
  expect(market.timeConstantSec >= 1n, `${path}.timeConstantSec`, "is at least 1");
  expect(market.horizonSec >= 1n, `${path}.horizonSec`, "is at least 1");
  expect(market.anchorRate >= 1n, `${path}.anchorRate`, "is at least 1");
  expect(market.anchorSec >= 1n, `${path}.anchorSec`, "is at least 1");
  expect(market.maintenanceBase <= market.maintenanceMax, path, "maintenanceBase <= maintenanceMax");
  expect(market.initialBase <= market.initialMax, path, "initialBase <= initialMax");
  expect(market.maintenanceBase <= market.initialBase, path, "maintenanceBase <= initialBase");
  // The next three make the initial margin one that maintenance does not soon overtake (see risk.ts).
  expect(market.initialMultiple >= 16n, path, "initialMultiple >= 16, one sigma");
  expect(market.maintenanceMax <= market.initialMax, path, "maintenanceMax <= initialMax");
  expect(
    market.maintenanceStep * NOTICE_SEC <= (market.initialBase - market.maintenanceBase) * 256n,
    path,
    `maintenanceStep in ${NOTICE_SEC} s <= initialBase - maintenanceBase`,
  );
}

function range(value: bigint, bits: bigint | undefined, path: string): void {
  expect(bits !== undefined, path, "is not a parameter");
  expect(isUint(value, bits ?? 0n), path, `is in [0, 2^${bits})`);
}

function expect(holds: boolean, path: string, rule: string): void {
  if (!holds) throw new ParametersError(path, rule);
}
