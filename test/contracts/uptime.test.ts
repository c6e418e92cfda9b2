import { expect } from "chai";
import { type Bench, CALM, deployBench, LIMITS, now, STALE_SEC } from "../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

const [NORMAL, HALTED] = [0n, 3n];
const [PROOF_LATE, ROUND_LATE] = [1n, 2n];
const [UP, DOWN] = [0n, 1n];
const GRACE = BigInt(LIMITS.graceSec);
const ROUND_DEADLINE = BigInt(LIMITS.roundDeadlineSec);
const PROOF_DEADLINE = BigInt(LIMITS.proofDeadlineSec);

interface Fed extends Bench {
  /** Unix seconds of the genesis prices. */
  readonly start: bigint;
  say(state: bigint, startedAt: bigint): Promise<void>;
  answer(words: readonly bigint[]): Promise<void>;
  refuse(): Promise<void>;
}

async function withFeed(): Promise<Fed> {
  const feed = await ethers.deployContract("UptimeFeedDouble");
  const bench = await deployBench({ uptimeFeed: await feed.getAddress() });
  const answer = async (words: readonly bigint[]) => void (await feed.setAnswer!([...words]));
  return {
    ...bench,
    start: await bench.guard.roundTimestamp!(),
    answer,
    say: (state, startedAt) => answer([1n, state, startedAt, startedAt, 1n]),
    refuse: async () => void (await feed.setRefusing!()),
  };
}
const fixture = () => networkHelpers.loadFixture(withFeed);
const travelTo = (time: bigint) => networkHelpers.time.increaseTo(time);

describe("an uptime feed", () => {
  it("changes nothing while the chain has been up for long", async () => {
    const bench = await fixture();
    await bench.say(UP, bench.start - 10n * GRACE);
    await travelTo(bench.start + ROUND_DEADLINE);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    await travelTo(bench.start + ROUND_DEADLINE + 1n);
    expect(await bench.guard.haltCauses!()).to.equal(ROUND_LATE);
  });

  it("keeps everything from being late while the chain is down", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 100n);
    await travelTo(bench.start + PROOF_DEADLINE + 1000n);
    await bench.say(DOWN, bench.start + 10n);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    expect(await bench.guard.globalStatus!()).to.equal(NORMAL);
  });

  it("gives grace after the chain is up again, to the second, and counts ages from there", async () => {
    const bench = await fixture();
    const upAt = bench.start + 10_000n;
    await travelTo(upAt);
    await bench.say(UP, upAt);
    await travelTo(upAt + ROUND_DEADLINE); // longer than the grace
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    await travelTo(upAt + ROUND_DEADLINE + 1n);
    expect(await bench.guard.haltCauses!()).to.equal(ROUND_LATE);
  });

  it("gives the whole grace where a deadline is shorter than it", async () => {
    const feed = await ethers.deployContract("UptimeFeedDouble");
    const limits = { ...LIMITS, roundDeadlineSec: 400, maxReportAgeSec: 300 };
    const bench = await deployBench({ uptimeFeed: await feed.getAddress(), limits });
    const upAt = (await bench.guard.roundTimestamp!()) + 10_000n;
    await travelTo(upAt);
    await feed.setAnswer!([1n, UP, upAt, upAt, 1n]);
    await travelTo(upAt + GRACE - 1n);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    await travelTo(upAt + GRACE);
    expect(await bench.guard.haltCauses!()).to.equal(ROUND_LATE);
  });

  it("counts an operation's age from the later of its logging and the chain's return", async () => {
    const bench = await fixture();
    await bench.say(UP, bench.start - 1n);
    await bench.deposit(bench.alice, 100n);
    const loggedAt = await now();
    await travelTo(loggedAt + PROOF_DEADLINE);
    expect((await bench.guard.haltCauses!()) & PROOF_LATE).to.equal(0n);
    await travelTo(loggedAt + PROOF_DEADLINE + 1n);
    expect((await bench.guard.haltCauses!()) & PROOF_LATE).to.equal(PROOF_LATE);
  });

  it("records the lateness of a round from the end of the grace, not of the outage", async () => {
    const bench = await fixture();
    const upAt = bench.start + 10_000n;
    await travelTo(upAt);
    await bench.say(UP, upAt);
    await travelTo(upAt + ROUND_DEADLINE + 50n);
    const detectedAt = upAt + ROUND_DEADLINE + 1n;
    await expect(bench.submitRound()).to.emit(bench.guard, "IncidentDetected").withArgs(6n, 255n, detectedAt, 0n);
  });

  it("does not make a stale price fresh", async () => {
    const bench = await fixture();
    const updatedAt = await now();
    await bench.submitRound({ markets: [{ ...CALM, updatedAt }, CALM] });
    await bench.say(DOWN, updatedAt);
    await travelTo(updatedAt + STALE_SEC + 1n);
    expect(await bench.guard.status!(0n)).to.equal(2n);
  });

  it("that says down for longer than exitDelaySec is heard no more", async () => {
    const bench = await fixture();
    const downAt = bench.start + 10n;
    await bench.say(DOWN, downAt);
    await travelTo(downAt + BigInt(LIMITS.exitDelaySec));
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    await travelTo(downAt + BigInt(LIMITS.exitDelaySec) + 1n);
    expect(await bench.guard.haltCauses!()).to.equal(ROUND_LATE);
  });

  const lies: readonly (readonly [string, (bench: Fed) => Promise<void>])[] = [
    ["reverts", (bench) => bench.refuse()],
    ["answers nothing", (bench) => bench.answer([])],
    ["answers four words", async (bench) => bench.answer([1n, DOWN, await now(), await now()])],
    ["answers neither up nor down", async (bench) => bench.say(2n, await now())],
    ["answers a negative number", async (bench) => bench.say(2n ** 256n - 1n, await now())],
    ["never began", (bench) => bench.say(DOWN, 0n)],
    ["will begin in the future", async (bench) => bench.say(DOWN, (await now()) + 1000n)],
  ];
  for (const [what, lie] of lies) {
    it(`that ${what} counts for nothing`, async () => {
      const bench = await fixture();
      await travelTo(bench.start + ROUND_DEADLINE + 5n);
      await lie(bench);
      expect(await bench.guard.haltCauses!()).to.equal(ROUND_LATE);
      expect(await bench.guard.globalStatus!()).to.equal(HALTED);
    });
  }

  it("whose round number is wider than its type is read all the same", async () => {
    const bench = await fixture();
    await travelTo(bench.start + ROUND_DEADLINE + 5n);
    await bench.answer([2n ** 256n - 1n, DOWN, await now(), 0n, 2n ** 256n - 1n]);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });

  it("without code counts for nothing", async () => {
    const bench = await deployBench({ uptimeFeed: `0x${"77".repeat(20)}` });
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 10);
    expect(await bench.guard.haltCauses!()).to.equal(ROUND_LATE);
  });
});
