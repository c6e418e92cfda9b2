import type { MarketTerms } from "../../verifier/model/terms.ts";

/** The fields of the bus Market in circuits/margin/buses.circom, each with its value in the model. */
const FIELDS: Readonly<Record<string, (market: MarketTerms) => bigint>> = {
  mark: (market) => market.mark,
  low: (market) => market.low,
  high: (market) => market.high,
  indexLong: (market) => market.fundingLong,
  indexShort: (market) => market.fundingShort,
  marginTicks: (market) => market.gain + market.discount + market.penalty,
  kappaLong: (market) => market.kappaLong,
  kappaShort: (market) => market.kappaShort,
  initialRate: (market) => market.initialRate,
  sizeSlope: (market) => market.sizeSlope,
  openInterestSlope: (market) => market.openInterestSlope,
  weight: (market) => market.weight,
  band: (market) => market.band,
  discount: (market) => market.discount,
  penalty: (market) => market.penalty,
  freshUntil: (market) => market.freshUntil,
  breakerUntil: (market) => market.breakerUntil,
};

export const MARKET_FIELDS = Object.keys(FIELDS);

/** A market's terms as the list that a test main takes for a bus. */
export function marketFields(market: MarketTerms): readonly bigint[] {
  return Object.values(FIELDS).map((read) => read(market));
}

/** Circom that declares `markets` of an input list of lists of fields. */
export const MARKETS_FROM_INPUT = `
    signal input fields[markets][${MARKET_FIELDS.length}];
    Market() market[markets];
    for (var m = 0; m < markets; m++) {
        ${MARKET_FIELDS.map((name, index) => `market[m].${name} <== fields[m][${index}];`).join("\n        ")}
    }`;
