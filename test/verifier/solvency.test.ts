import { expect } from "chai";
import fc from "fast-check";
import { bufferBpsDown, edgesOf, NO_LIMIT, pricesOf, widest } from "../../verifier/check/edges.ts";
import { checkSolvency } from "../../verifier/check/solvency.ts";
import type { Account } from "../../verifier/model/account.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { OracleState } from "../../verifier/model/oracle.ts";
import type { State } from "../../verifier/model/state.ts";
import { accountAt, setAccount } from "../../verifier/model/tree.ts";
import { withElement } from "./helpers/edit.ts";
import { honestHistory } from "./helpers/histories.ts";

const LONG = 1; // account 1 is long 40 lots of market 0, account 2 short
const PRICE_LIMIT = 2n ** 27n;

describe("checkSolvency", () => {
  let hasher: Hasher;
  let state: State;
  let oracle: OracleState;
  before(async () => {
    hasher = await createHasher();
    ({ state, oracle } = honestHistory(hasher).now());
  });

  const withAccount = (index: number, change: (account: Account) => Account): State => ({
    ...state,
    tree: setAccount(hasher, state.tree, index, change(accountAt(state.tree, index))),
  });
  const withMark = (mark: bigint): OracleState => ({
    ...oracle,
    markets: withElement(oracle.markets, 0, (market) => ({ ...market, mark })),
  });
  const withBox = (box: bigint): State => ({
    ...state,
    tree: { ...state.tree, root: { ...state.tree.root, hash: state.tree.root.hash, box } },
  });
  const violations = (changed: State, prices = oracle): readonly string[] =>
    checkSolvency(hasher, changed, prices).findings.flatMap(({ check, verdict }) =>
      verdict.status === "violated" ? [check] : [],
    );

  it("finds nothing wrong with an honest state", () => {
    const check = checkSolvency(hasher, state, oracle);
    expect(check.findings.filter(({ verdict }) => verdict.status !== "holds")).to.deep.equal([]);
    expect(check).to.deep.include({ accounts: 2, unhealthy: 0, bankrupt: 0 });
  });

  it("confirms the certificate theorem at every price", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: PRICE_LIMIT - 1n }), (mark) => {
        expect(violations(state, withMark(mark))).to.deep.equal([]);
      }),
      { seed: 20251010 },
    );
  });

  it("counts who is below maintenance, and who is bankrupt", () => {
    const floor = edgesOf(state.tree.root.box, 2)[0]?.floor ?? 0n;
    const bankruptAt = floor + (oracle.markets[0]?.fundingIndex ?? 0n);
    expect(checkSolvency(hasher, state, withMark(bankruptAt)).unhealthy).to.equal(1);
    expect(checkSolvency(hasher, state, withMark(bankruptAt + 1n)).bankrupt).to.equal(0);
    expect(checkSolvency(hasher, state, withMark(bankruptAt - 1n)).bankrupt).to.equal(1);
  });

  const lies: readonly { title: string; violated: readonly string[]; change: () => State }[] = [
    {
      title: "an account whose certificate is not valid",
      change: () => withAccount(LONG, (account) => ({ ...account, quote: account.quote - 1_000n })),
      violated: ["solvency.certificates", "solvency.sumQuote", "solvency.liabilities"],
    },
    {
      title: "an account below maintenance while prices are inside the box",
      change: () => withAccount(LONG, (account) => ({ ...account, quote: account.quote - 50_000n })),
      violated: [
        "solvency.maintenance",
        "solvency.bankruptcy",
        "solvency.certificates",
        "solvency.sumQuote",
        "solvency.liabilities",
      ],
    },
    {
      title: "an account without positions that owes",
      change: () => withAccount(3, (account) => ({ ...account, owner: 1n, quote: -1n })),
      violated: [
        "solvency.maintenance",
        "solvency.bankruptcy",
        "solvency.certificates",
        "solvency.flat",
        "solvency.sumQuote",
        "solvency.liabilities",
      ],
    },
    { title: "a box that is wider than a certificate", change: () => withBox(0n), violated: ["solvency.box"] },
    {
      title: "a box that is narrower than all certificates",
      change: () => withBox(state.tree.root.box + 1n),
      violated: ["solvency.box"],
    },
    {
      title: "a wrong sum of quotes",
      change: () => ({ ...state, sumQuote: state.sumQuote + 1n }),
      violated: ["solvency.sumQuote", "solvency.liabilities"],
    },
    {
      title: "a wrong open interest",
      change: () => ({
        ...state,
        markets: withElement(state.markets, 0, (market) => ({ ...market, openInterest: market.openInterest + 1n })),
      }),
      violated: ["solvency.openInterest.0"],
    },
    {
      title: "a position without a counterparty",
      change: () =>
        withAccount(3, (account) => ({
          ...account,
          owner: 1n,
          quote: 10n ** 10n,
          sizes: [0n, -5n],
          lanes: [0n, 0n, 0n, 1n],
        })),
      violated: ["solvency.sumQuote", "solvency.zeroSum.1", "solvency.liabilities"],
    },
  ];
  for (const { title, change, violated } of lies) {
    it(`finds ${title}`, () => {
      expect(violations(change())).to.deep.equal(violated);
    });
  }

  it("lets a certificate say that no price is good enough", () => {
    const hopeless = withAccount(LONG, (account) => ({
      ...account,
      quote: account.quote - 10n ** 9n,
      lanes: [2n ** 29n - 1n, 0n, 0n, 0n],
    }));
    expect(violations(hopeless)).to.deep.equal(["solvency.sumQuote", "solvency.liabilities"]);
  });
});

describe("bufferBpsDown", () => {
  const prices = {
    mark: 10_000n,
    fundingLong: 0n,
    fundingShort: 0n,
    kappaLong: 0n,
    kappaShort: 0n,
    equityLong: 10_000n,
    equityShort: 10_000n,
  };
  for (const { title, floor, ceiling, bps } of [
    { title: "nobody has a position", floor: null, ceiling: null, bps: NO_LIMIT },
    { title: "longs are nearer", floor: 9_500n, ceiling: 11_000n, bps: 500n },
    { title: "shorts are nearer", floor: 9_000n, ceiling: 10_300n, bps: 300n },
    { title: "someone is bankrupt", floor: 10_001n, ceiling: null, bps: -1n },
    { title: "there is no whole basis point", floor: 9_999n, ceiling: null, bps: 1n },
  ]) {
    it(`is ${bps === NO_LIMIT ? "without limit" : bps} when ${title}`, () => {
      expect(bufferBpsDown({ floor, ceiling }, prices)).to.equal(bps);
    });
  }

  it("rounds down, also below zero", () => {
    const odd = { ...prices, mark: 30_000n, equityLong: 30_000n };
    expect(bufferBpsDown({ floor: 29_999n, ceiling: null }, odd)).to.equal(0n);
    expect(bufferBpsDown({ floor: 30_001n, ceiling: null }, odd)).to.equal(-1n);
  });
});

describe("widest", () => {
  it("takes the greatest of each lane and packs them 31 bits apart", () => {
    expect(
      widest([
        [1n, 5n],
        [2n, 3n],
      ]),
    ).to.equal(2n | (5n << 31n));
    expect(widest([])).to.equal(0n);
  });
});

describe("pricesOf", () => {
  it("takes margin from longs and adds it for shorts, rounded up, and nets funding and losses", async () => {
    const { state, oracle } = honestHistory(await createHasher()).now();
    const market = { ...oracle.markets[0]!, mark: 1_000n, maintenanceRate: 1n, fundingIndex: 7n };
    const lossy = { ...state, markets: [{ openInterest: 0n, lossLong: 2n, lossShort: -3n }] };
    const [prices] = pricesOf(lossy, { ...oracle, markets: [market] });
    expect(prices).to.deep.equal({
      mark: 1_000n,
      fundingLong: 9n,
      fundingShort: 4n,
      kappaLong: 990n,
      kappaShort: 997n,
      equityLong: 991n,
      equityShort: 996n,
    });
  });
});
