import { domainOf } from "../../../verifier/model/domain.ts";
import { deriveKey, type SigningKey } from "../../../verifier/model/eddsa.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import type { OracleState } from "../../../verifier/model/oracle.ts";
import { genesisOracle } from "../../../verifier/model/oracle.ts";
import type { Parameters } from "../../../verifier/model/parameters.ts";
import type { Profile } from "../../../verifier/model/profile.ts";
import { signReport } from "../../../verifier/model/report.ts";
import { applyRound, type RoundContext, type RoundResult } from "../../../verifier/model/round.ts";
import { FUNDING_RATE } from "../../demo/parameters.ts";
import { parametersFor } from "../parametersFor.ts";

/** What every situation of the benchmark is judged by; the same on every machine. */
export interface Setting {
  readonly hasher: Hasher;
  readonly profile: Profile;
  readonly parameters: Parameters;
  readonly domain: bigint;
}

const START_SEC = 1_760_054_400n; // 10 October 2025
const ROUND_SEC = 12n;
const FIRST_PRICE = 2_450_000n; // 245 dollars, in ticks of 1e-4
const TVL = 2n * 10n ** 12n; // 2 million dollars in quote units: the second tier of the deviation test

/** The key of a person or reporter, by number. */
export const keyOf = (index: number): SigningKey => deriveKey(new Uint8Array(32).fill(index));

/** The mark that a market opens at, ticks. */
export const priceOf = (market: number): bigint => FIRST_PRICE / BigInt(market + 1);

export function settingOf(hasher: Hasher, profile: Profile): Setting {
  return { hasher, profile, parameters: parametersFor(profile), domain: domainOf(31_337n, 1n) };
}

export function openingOracle({ parameters }: Setting): OracleState {
  return genesisOracle(
    parameters,
    START_SEC,
    parameters.oracle.markets.map((_, market) => priceOf(market)),
  );
}

/** A round 12 s later with a report in every slot, each a tick higher than the one before. */
export function nextRound(
  setting: Setting,
  oracle: OracleState,
): { readonly words: readonly bigint[]; readonly context: RoundContext; readonly result: RoundResult } {
  const { hasher, profile, domain } = setting;
  const keys = Array.from({ length: profile.reporters }, (_, slot) => keyOf(100 + slot));
  const timestamp = oracle.timestamp + ROUND_SEC;
  const words = keys.flatMap((key, slot) => {
    const prices = oracle.markets.map(({ mark }) => mark + BigInt(slot) + 1n);
    return signReport(hasher, key, domain, { timestamp, prices, fundingRates: prices.map(() => FUNDING_RATE) });
  });
  const context = { ...setting, reporterKeys: keys.map(({ publicKey }) => publicKey), tvl: TVL };
  return { words, context, result: applyRound(oracle, words, context) };
}
