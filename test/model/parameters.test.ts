import { expect } from "chai";
import { checkParameters } from "../../verifier/model/checkParameters.ts";
import { checkReporters } from "../../verifier/model/checkReporters.ts";
import { FIELD } from "../../verifier/model/field.ts";
import {
  marginParameterWords,
  oracleParameterWords,
  type Parameters,
  parametersHash,
} from "../../verifier/model/parameters.ts";
import { hashWords } from "../../verifier/model/words.ts";
import { hasher, marginMarket, oracleMarket, parameters, profile, roundContext } from "../helpers/model/instance.ts";

const withOracle = (change: object): Parameters => ({
  ...parameters,
  oracle: { ...parameters.oracle, markets: [{ ...oracleMarket, ...change }, oracleMarket] },
});
const withMargin = (change: object): Parameters => ({
  ...parameters,
  margin: { ...parameters.margin, markets: [marginMarket, { ...marginMarket, ...change }] },
});

/** The largest step that takes maintenance from its base to the initial base in no less than 300 s. */
const STEEPEST = ((oracleMarket.initialBase - oracleMarket.maintenanceBase) * 256n) / 300n;

describe("parameters", () => {
  it("of the tests are good", () => expect(() => checkParameters(parameters, 2)).not.to.throw());

  const broken: readonly { title: string; given: Parameters; path: string }[] = [
    ...(
      [
        ["varianceFloor", 0n],
        ["varianceFloor", 2n ** 32n],
        ["timeConstantSec", 0n],
        ["timeConstantSec", 2n ** 16n],
        ["horizonSec", 0n],
        ["horizonSec", 2n ** 24n],
        ["maintenanceMax", 2n ** 19n],
        ["maintenanceStep", 2n ** 20n],
        ["initialMax", 2n ** 20n],
        ["initialMultiple", 2n ** 8n],
        ["cooldownSec", 2n ** 20n],
        ["fundingCap", 2n ** 20n],
        ["anchorRate", 0n],
        ["anchorRate", 2n ** 20n],
        ["anchorSec", 0n],
        ["anchorSec", 2n ** 20n],
        ["escalationSec", 2n ** 20n],
        ["cooldownSec", -1n],
      ] as const
    ).map(([name, value]) => ({
      title: `${name} = ${value}`,
      given: withOracle({ [name]: value }),
      path: `oracle.markets[0].${name}`,
    })),
    {
      title: "maintenance base above its maximum",
      given: withOracle({ maintenanceMax: oracleMarket.maintenanceBase - 1n }),
      path: "oracle.markets[0]",
    },
    {
      title: "initial base above its maximum",
      given: withOracle({ initialMax: oracleMarket.initialBase - 1n }),
      path: "oracle.markets[0]",
    },
    {
      title: "maintenance base above initial base",
      given: withOracle({ initialBase: oracleMarket.maintenanceBase - 1n }),
      path: "oracle.markets[0]",
    },
    {
      title: "an initial rate of less than one sigma",
      given: withOracle({ initialMultiple: 15n }),
      path: "oracle.markets[0]",
    },
    {
      title: "maintenance maximum above initial maximum",
      given: withOracle({ maintenanceMax: 2n ** 18n, initialMax: 2n ** 18n - 1n }),
      path: "oracle.markets[0]",
    },
    {
      title: "a maintenance step that overtakes the initial base within the notice",
      given: withOracle({ maintenanceStep: STEEPEST + 1n }),
      path: "oracle.markets[0]",
    },
    ...(["sizeSlope", "openInterestSlope"] as const).map((name) => ({
      title: `${name} = 2^24`,
      given: withMargin({ [name]: 2n ** 24n }),
      path: `margin.markets[1].${name}`,
    })),
    { title: "bandRate = 2^19", given: withMargin({ bandRate: 2n ** 19n }), path: "margin.markets[1].bandRate" },
    {
      title: "discount and penalty that eat the maintenance margin",
      given: withMargin({ discountRate: oracleMarket.maintenanceBase - marginMarket.penaltyRate - 1n }),
      path: "margin.markets[1]",
    },
    {
      title: "tiers that do not increase",
      given: { ...parameters, oracle: { ...parameters.oracle, tvlTier: [1n, 1n, 2n] } },
      path: "oracle.tvlTier[1]",
    },
    {
      title: "two tiers",
      given: { ...parameters, oracle: { ...parameters.oracle, tvlTier: [1n, 2n] } },
      path: "oracle.tvlTier",
    },
    {
      title: "k^2 = 2^12",
      given: { ...parameters, oracle: { ...parameters.oracle, deviationSquared: [64n, 64n, 64n, 2n ** 12n] } },
      path: "oracle.deviationSquared[3]",
    },
    {
      title: "minimumMargin = 2^62",
      given: { ...parameters, margin: { ...parameters.margin, minimumMargin: 2n ** 62n } },
      path: "margin.minimumMargin",
    },
    {
      title: "staleSec = 2^20",
      given: { ...parameters, margin: { ...parameters.margin, staleSec: 2n ** 20n } },
      path: "margin.staleSec",
    },
    {
      title: "a market missing",
      given: { ...parameters, margin: { ...parameters.margin, markets: [marginMarket] } },
      path: "margin.markets",
    },
    { title: "a parameter that is none", given: withMargin({ extra: 0n }), path: "margin.markets[1].extra" },
  ];
  for (const { title, given, path } of broken) {
    it(`are refused with ${title}`, () => {
      expect(() => checkParameters(given, 2))
        .to.throw()
        .with.property("path", path);
    });
  }

  it("leave room for the last value of a relation", () => {
    const given = withMargin({ discountRate: oracleMarket.maintenanceBase - marginMarket.penaltyRate - 2n });
    expect(() => checkParameters(given, 2)).not.to.throw();
    const steep = { initialMultiple: 16n, maintenanceStep: STEEPEST, initialMax: oracleMarket.maintenanceMax };
    expect(() => checkParameters(withOracle(steep), 2)).not.to.throw();
  });

  it("hash as two lists, market after market", () => {
    const oracleWords = oracleParameterWords(parameters.oracle);
    const marginWords = marginParameterWords(parameters.margin);
    expect(oracleWords.slice(0, 9)).to.deep.equal([
      10n ** 12n,
      10n ** 14n,
      10n ** 16n,
      64n,
      49n,
      36n,
      25n,
      8_700n,
      300n,
    ]);
    expect(oracleWords.length).to.equal(7 + 2 * 14);
    expect(marginWords).to.deep.equal([
      1_000n,
      120n,
      40n,
      4n,
      20_972n,
      10_486n,
      5_243n,
      40n,
      4n,
      20_972n,
      10_486n,
      5_243n,
    ]);
    const expected = hasher.hash([hashWords(hasher, oracleWords), hashWords(hasher, marginWords)]);
    expect(parametersHash(hasher, parameters)).to.equal(expected);
  });
});

describe("a reporter set", () => {
  const keys = roundContext.reporterKeys;
  const none = { x: 0n, y: 0n };
  it("may have empty slots as long as a quorum is left", () => {
    expect(() => checkReporters(keys, profile)).not.to.throw();
    expect(() => checkReporters(keys.with(1, none), profile)).not.to.throw();
  });
  for (const { title, given, slot } of [
    { title: "too few reporters", given: keys.with(1, none).with(2, none), slot: 2 },
    { title: "a slot missing", given: keys.slice(1), slot: 3 },
    { title: "a reporter twice", given: keys.with(3, keys[1]!), slot: 3 },
    { title: "a key that is no point of prime order", given: keys.with(2, { x: 0n, y: FIELD - 1n }), slot: 2 },
  ]) {
    it(`is refused with ${title}`, () => {
      expect(() => checkReporters(given, profile))
        .to.throw()
        .with.property("slot", slot);
    });
  }
});
