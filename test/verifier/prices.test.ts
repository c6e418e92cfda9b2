import { readFileSync } from "node:fs";
import { expect } from "chai";
import { observe, PriceFileError, parsePriceSeries, parseTicks } from "../../scripts/demo/prices.ts";

const HEADER = "timestamp_utc_seconds,one_price,one_age_s,two_price,two_age_s";
const parse = (...rows: string[]) => parsePriceSeries([HEADER, ...rows, ""].join("\n"), 4);

describe("parsePriceSeries", () => {
  for (const market of ["AAVE", "AVAX"]) {
    it(`reads the recorded prices of ${market}, every second of twenty minutes`, () => {
      const file = new URL(`../fixtures/2025-10-10/${market}_reporters_1s.csv`, import.meta.url);
      const series = parsePriceSeries(readFileSync(file, "utf8"), 4);
      expect(series.venues).to.deep.equal(["binance-coinm-perp", "coinbase-usd", "gemini-usd"]);
      expect(series.rows).to.have.length(1200);
      expect(series.rows[0]?.timestampSec).to.equal(Date.UTC(2025, 9, 10, 21, 10) / 1000);
    });
  }

  it("reads prices in ticks and ages in seconds", () => {
    expect(parse("10,1.5,0,2.0001,61").rows).to.deep.equal([
      {
        timestampSec: 10,
        quotes: [
          { priceTicks: 15_000n, ageSec: 0 },
          { priceTicks: 20_001n, ageSec: 61 },
        ],
      },
    ]);
  });

  const refusals: readonly { title: string; rows: readonly string[]; message: string }[] = [
    { title: "a missing second", rows: ["10,1,0,1,0", "12,1,0,1,0"], message: "line 3: 12 does not follow 10" },
    { title: "a missing column", rows: ["10,1,0,1"], message: "line 2: 4 columns instead of 5" },
    { title: "an empty price", rows: ["10,,0,1,0"], message: 'line 2: "" is not a decimal number' },
    { title: "a negative age", rows: ["10,1,-1,1,0"], message: 'line 2: "-1" is not a whole number' },
  ];
  for (const { title, rows, message } of refusals) {
    it(`refuses ${title}`, () => {
      expect(() => parse(...rows)).to.throw(PriceFileError, message);
    });
  }

  it("refuses columns that are not price and age of a venue", () => {
    expect(() => parsePriceSeries("timestamp_utc_seconds,one_price,two_age_s\n", 4)).to.throw(PriceFileError, "line 1");
    expect(() => parsePriceSeries("time,one_price,one_age_s\n", 4)).to.throw(PriceFileError, "line 1");
  });
});

describe("parseTicks", () => {
  for (const [text, ticks] of [
    ["0.0001", 1n],
    ["1", 10_000n],
    ["13421.7727", 134_217_727n],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(parseTicks(text, 4)).to.equal(ticks);
    });
  }
  for (const text of ["0", "0.00001", "13421.7728", "1e3", "-1", " 1", "1.", ".5", "NaN"]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseTicks(text, 4)).to.throw(PriceFileError);
    });
  }
});

describe("observe", () => {
  const series = parse("10,1,60,2,61", "11,3,0,4,0");
  it("leaves out a venue whose last trade is older than 60 s", () => {
    expect(observe(series, 10)).to.deep.equal([10_000n, null]);
    expect(observe(series, 11)).to.deep.equal([30_000n, 40_000n]);
  });
  it("refuses a second that was not recorded", () => {
    expect(() => observe(series, 9)).to.throw(RangeError, "no prices are recorded at 9");
    expect(() => observe(series, 12)).to.throw(RangeError, "no prices are recorded at 12");
  });
});
