import { expect } from "chai";
import { lateSince, type UptimeAnswer, type UptimeAnswers } from "../../verifier/check/uptime.ts";

const [UP, DOWN, NO_STATE] = [0n, 1n, 2n];
const START = 1_000n;
const limits = { hasUptimeFeed: true, graceSec: 600n, exitDelaySec: 7_200n };

describe("lateSince", () => {
  const since = (time: bigint, uptime: UptimeAnswers, deadline = 60n) =>
    lateSince({ start: START, deadline }, { time, limits, uptime });

  it("needs no answer for what is in time", () => {
    expect(since(1_060n, null)).to.equal(0n);
  });

  it("needs no answer without a feed", () => {
    const moment = { time: 1_061n, limits: { ...limits, hasUptimeFeed: false }, uptime: [] };
    expect(lateSince({ start: START, deadline: 60n }, moment)).to.equal(1_061n);
  });

  const rows: readonly (readonly [string, bigint, UptimeAnswer | "nonsense", bigint, bigint?])[] = [
    ["a chain that is up for long", 1_061n, { state: UP, startedAt: 400n }, 1_061n],
    ["the last second of the grace", 1_061n, { state: UP, startedAt: 462n }, 0n],
    ["the second after it", 1_062n, { state: UP, startedAt: 462n }, 1_062n],
    [
      "an age that counts from the chain's return, to its last second",
      3_000n,
      { state: UP, startedAt: 2_000n },
      0n,
      1_000n,
    ],
    ["an age that counts from the chain's return, late", 3_001n, { state: UP, startedAt: 2_000n }, 3_001n, 1_000n],
    ["a return that lies ahead", 1_100n, { state: UP, startedAt: 1_101n }, 1_061n],
    ["a return in this very second", 1_100n, { state: UP, startedAt: 1_100n }, 0n],
    ["a feed that never began", 1_100n, { state: UP, startedAt: 0n }, 1_061n],
    ["a state that no feed has", 1_100n, { state: NO_STATE, startedAt: 1_000n }, 1_061n],
    ["nonsense", 1_100n, "nonsense", 1_061n],
    ["a chain that is down", 10_000n, { state: DOWN, startedAt: 2_800n }, 0n],
    ["a chain that is down for too long", 10_001n, { state: DOWN, startedAt: 2_800n }, 1_061n],
  ];
  for (const [title, time, answer, derived, deadline] of rows) {
    it(`is what the guard says with ${title}`, () => {
      expect(since(time, [answer, answer], deadline)).to.equal(derived);
    });
  }

  it("is not known where the answers around a block differ in what follows, and only there", () => {
    const down = { state: DOWN, startedAt: 1_000n };
    expect(since(1_100n, [down, { state: UP, startedAt: 400n }])).to.equal(null);
    expect(since(1_100n, [down, { state: UP, startedAt: 1_100n }])).to.equal(0n);
  });
});
