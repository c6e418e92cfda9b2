import { expect } from "chai";
import fc from "fast-check";
import { type Anchor, type Breaker, hasStrayed, nextAnchor, nextBreaker } from "../../verifier/model/breaker.ts";
import { type MarketStep, stepMarket } from "../../verifier/model/marketRound.ts";
import type { OracleMarket } from "../../verifier/model/oracle.ts";
import { GENESIS_TIME, genesis, oracleMarket } from "../helpers/model/instance.ts";

const NOW = GENESIS_TIME + 50_000n;
const COOLDOWN = oracleMarket.cooldownSec;
const { escalationSec, anchorRate, anchorSec } = oracleMarket;
const [start] = genesis.markets as readonly [OracleMarket, OracleMarket];

/** A round in which all reporters say the same. */
const round = (old: OracleMarket, price: bigint, timestamp: bigint): MarketStep =>
  stepMarket(old, { prices: [price], fundingRates: [0n] }, oracleMarket, timestamp, 64n);

describe("a breaker", () => {
  const trips: readonly { title: string; old: Breaker; at?: bigint; level: bigint; until?: bigint }[] = [
    { title: "for the first time starts at level 0", old: { breakerUntil: 0n, breakerLevel: 0n }, level: 0n },
    {
      title: "for the first time near the beginning of time starts at level 0",
      old: { breakerUntil: 0n, breakerLevel: 0n },
      at: 1n,
      level: 0n,
    },
    {
      title: "while it is set keeps its level",
      old: { breakerUntil: NOW + 1n, breakerLevel: 2n },
      level: 2n,
    },
    {
      title: "while it is set for longer does not end earlier",
      old: { breakerUntil: NOW + 5_000n, breakerLevel: 0n },
      level: 0n,
      until: NOW + 5_000n,
    },
    { title: "in the second of its end adds a level", old: { breakerUntil: NOW, breakerLevel: 0n }, level: 1n },
    { title: "again adds another", old: { breakerUntil: NOW, breakerLevel: 1n }, level: 2n },
    { title: "a third time adds the last", old: { breakerUntil: NOW, breakerLevel: 2n }, level: 3n },
    { title: "a fourth time stays at the last", old: { breakerUntil: NOW, breakerLevel: 3n }, level: 3n },
    {
      title: "in the last second that is soon adds a level",
      old: { breakerUntil: NOW - escalationSec + 1n, breakerLevel: 1n },
      level: 2n,
    },
    {
      title: "in the first second that is late starts at level 0",
      old: { breakerUntil: NOW - escalationSec, breakerLevel: 3n },
      level: 0n,
    },
  ];
  for (const { title, old, at = NOW, level, until = at + COOLDOWN * 2n ** level } of trips) {
    it(`that trips ${title}`, () => {
      expect(nextBreaker(old, true, at, oracleMarket)).to.deep.equal({ breakerUntil: until, breakerLevel: level });
    });
    it(`that does not trip stays, where a trip ${title}`, () => {
      expect(nextBreaker(old, false, at, oracleMarket)).to.deep.equal(old);
    });
  }

  it("never ends earlier than it would have, and never later than eight cool-downs from a trip", () => {
    const old = fc.record({ breakerUntil: fc.bigInt(0n, NOW + 8n * COOLDOWN), breakerLevel: fc.bigInt(0n, 3n) });
    const property = fc.property(old, fc.boolean(), (before, tripped) => {
      const { breakerUntil } = nextBreaker(before, tripped, NOW, oracleMarket);
      expect(breakerUntil >= before.breakerUntil).to.equal(true);
      expect(breakerUntil <= NOW + 8n * COOLDOWN).to.equal(true);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("escalates through rounds that jump again whenever it has ended", () => {
    let market = start;
    const levels: bigint[] = [];
    for (let trip = 0; trip < 5; trip++) {
      const at = trip === 0 ? GENESIS_TIME + 12n : market.breakerUntil + 12n;
      market = round({ ...market, updatedAt: at - 12n }, market.mark * 2n, at).next;
      expect(market.breakerUntil).to.equal(at + (COOLDOWN << market.breakerLevel));
      levels.push(market.breakerLevel);
    }
    expect(levels).to.deep.equal([0n, 1n, 2n, 3n, 3n]);
  });
});

describe("an anchor", () => {
  const anchor = 1_000_003n;
  const limit = (anchor * anchorRate) >> 20n;
  for (const [distance, strays] of [
    [0n, false],
    [limit, false],
    [limit + 1n, true],
    [-limit, false],
    [-limit - 1n, true],
  ] as const)
    it(`is ${strays ? "lost" : "kept"} by a median ${distance} ticks away`, () =>
      expect(hasStrayed({ anchor }, anchor + distance, { anchorRate })).to.equal(strays));

  const old: Anchor = { anchor, anchorAt: NOW };
  for (const [title, age, renewed] of [
    ["one second too young stays", anchorSec - 1n, false],
    ["old enough becomes the new mark", anchorSec, true],
    ["of the future stays", -5n, false],
  ] as const)
    it(title, () =>
      expect(nextAnchor(old, 77n, NOW + age, { anchorSec })).to.deep.equal(
        renewed ? { anchor: 77n, anchorAt: NOW + age } : old,
      ),
    );

  /** Walks by 1 / 1000 of the price every 12 s. */
  const walk = (market: OracleMarket, rounds: number, check: (step: MarketStep, before: OracleMarket) => void) => {
    let at = market;
    for (let count = 0; count < rounds; count++) {
      const step = round(at, at.mark + at.mark / 1000n, at.updatedAt + 12n);
      check(step, at);
      at = step.next;
    }
    return at;
  };

  it("shows a walk that no single round shows", () => {
    const first: { trip?: MarketStep } = {};
    walk(start, 250, (step, before) => {
      expect(step.next.median - before.mark <= step.reach, "within reach").to.equal(true);
      const strayed = step.next.median - start.mark > (start.mark * anchorRate) >> 20n;
      expect(step.tripped).to.equal(strayed);
      if (step.tripped) first.trip ??= step;
    });
    expect(first.trip?.next.breakerUntil).to.equal(first.trip!.next.updatedAt + COOLDOWN);
  });

  it("lets a walk make its rate twice in a window, across the renewal, and no more", () => {
    const about = { ...start, updatedAt: GENESIS_TIME + anchorSec - 222n * 12n }; // quiet until then
    const renewed = walk(about, 222, (step) => expect(step.tripped).to.equal(false));
    expect([renewed.anchor, renewed.anchorAt]).to.deep.equal([renewed.mark, GENESIS_TIME + anchorSec]);
    let [passed, trips] = [renewed.mark, 0];
    walk(renewed, 240, (step) => {
      if (step.tripped) trips += 1;
      else passed = step.next.mark;
    });
    expect(trips).to.be.greaterThan(0);
    const most = ((2n ** 20n + anchorRate) * (2n ** 20n + anchorRate) * start.mark) >> 40n;
    expect(passed > (start.mark * 3n) / 2n, "one and a half").to.equal(true);
    expect(passed <= most, "the rate twice").to.equal(true);
  });
});
