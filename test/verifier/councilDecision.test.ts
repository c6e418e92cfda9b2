import { expect } from "chai";
import { checkLiftDecision } from "../../verifier/check/councilDecision.ts";
import { NO_RESTRICTION } from "../../verifier/check/restriction.ts";
import { EVERY_MARKET, type LiftDecision } from "../../verifier/replay/councilHistory.ts";

const [OLDER, NEWER] = [3n, 5n];
const MIN_DELAY_SEC = 21_600n; // contracts/council/SecurityCouncil.sol
const NOW = 1_700_000_000n;
const ADDRESS = `0x${"07".repeat(20)}`;

describe("checkLiftDecision", () => {
  const old = [OLDER, NEWER].map((id) => ({ ...NO_RESTRICTION, id }));
  const valid: LiftDecision = {
    ...{ name: "lifted", market: 0n, restriction: OLDER, nonce: 6n },
    ...{ executed: "0x01", proposed: "0x01", derived: "0x01", isCancelled: false },
    ...{ proposedAt: NOW - MIN_DELAY_SEC, readyAt: NOW, sent: new Error("not asked here") },
  };
  const statusOf = (check: string, decision: LiftDecision, liftDelaySec = 0n) => {
    const terms = { ...{ chainId: 1n, guard: ADDRESS, council: ADDRESS, threshold: 1n }, liftDelaySec };
    const findings = checkLiftDecision({ name: "lifted", market: 0n }, decision, old, NOW, terms);
    return findings.find((finding) => finding.check === check)?.verdict.status;
  };

  for (const { title, market, restriction, status } of [
    { title: "a market's last restriction", market: 0n, restriction: OLDER, status: "holds" },
    { title: "another market's", market: 0n, restriction: NEWER, status: "violated" },
    { title: "the newest for all markets", market: EVERY_MARKET, restriction: NEWER, status: "holds" },
    { title: "an older one for all markets", market: EVERY_MARKET, restriction: OLDER, status: "violated" },
  ]) {
    it(`says of the end of ${title}: ${status}`, () => {
      expect(statusOf("council.decision", { ...valid, market, restriction })).to.equal(status);
    });
  }

  for (const { title, change, delaySec, status } of [
    { title: "after the least delay that a council may have", change: {}, delaySec: 0n, status: "holds" },
    { title: "a second before", change: { proposedAt: valid.proposedAt + 1n }, delaySec: 0n, status: "violated" },
    { title: "before the delay of this council", change: {}, delaySec: MIN_DELAY_SEC + 1n, status: "violated" },
    { title: "before what the proposal said", change: { readyAt: NOW + 1n }, delaySec: 0n, status: "violated" },
  ]) {
    it(`says of a lift ${title}: ${status}`, () => {
      expect(statusOf("council.delay", { ...valid, ...change }, delaySec)).to.equal(status);
    });
  }
});
