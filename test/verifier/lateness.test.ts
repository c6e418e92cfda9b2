import { expect } from "chai";
import type { UptimeAnswers } from "../../verifier/check/uptime.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { BatchRecord, History } from "../../verifier/replay/history.ts";
import { readHistory } from "../../verifier/replay/readHistory.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import { createRpc } from "../../verifier/replay/rpc.ts";
import { complaintsOf } from "./helpers/complaints.ts";
import { edit } from "./helpers/edit.ts";
import { shortVault } from "./helpers/histories.ts";
import { chain, connection, LocalGuard } from "./helpers/localGuard.ts";
import { trapdoorProver } from "./helpers/prover.ts";

const [UP, DOWN] = [0n, 1n];
const LATE_SEC = 4_000n; // later than the deadline of 3,600
const WEEK_SEC = 7n * 86_400n;
const INCIDENTS = "batch of operations 0 to 0: batch.incidents: incidents begin and end when they do";

/** A guard with a feed; deposits that are all settled late, each with another answer of the feed. */
async function lateBatches(hasher: Hasher): Promise<History> {
  const { ethers, networkHelpers } = connection;
  const feed = await ethers.deployContract("UptimeFeedDouble");
  const say = async (...words: bigint[]) => void (await feed.getFunction("setAnswer").send(words));
  const since = async (state: bigint, secondsAgo: bigint) =>
    say(1n, state, BigInt(await networkHelpers.time.latest()) - secondsAgo, 0n, 1n);
  const guard = await LocalGuard.deploy(hasher, "trapdoor", trapdoorProver, { uptimeFeed: await feed.getAddress() });
  const answers: readonly (() => Promise<void>)[] = [
    () => since(UP, 10n * WEEK_SEC),
    () => since(UP, 3_700n), // ages count from there: late for a little while
    () => since(UP, 700n),
    () => since(DOWN, 60n),
    () => since(DOWN, 2n * WEEK_SEC),
    () => since(2n, 60n),
    () => say(1n, 1n),
  ];
  for (const answer of answers) {
    await guard.deposit(0, 1_000n);
    await networkHelpers.time.increase(LATE_SEC);
    await answer();
    await guard.settle(1);
  }
  await since(UP, 3_900n);
  await guard.round([10_000n, 20_000n]);
  return readHistory(createRpc(chain), guard.at.guard, { fromBlock: guard.at.genesisBlock });
}

describe("lateness where an uptime feed is bound", () => {
  let hasher: Hasher;
  let honest: History;
  before(async () => {
    hasher = await createHasher();
    honest = await lateBatches(hasher);
  });
  const complaints = (history: History) => complaintsOf(replayHistory(history, hasher, null));
  const firstBatch = (change: Partial<BatchRecord>) => edit(honest, "batch", 0, (record) => ({ ...record, ...change }));

  it("is what the feed's answers at each block make it", () => {
    expect(complaints(honest)).to.deep.equal([]);
    const late = honest.records.flatMap((record) => (record.kind === "batch" ? [record.incidents.length] : []));
    expect(late).to.deep.equal([2, 2, 0, 0, 2, 2, 2]);
    const rounds = honest.records.filter((record) => record.kind === "round");
    expect(rounds.map(({ incidents }) => incidents.length)).to.deep.equal([2]);
  });

  it("is found left out", () => {
    expect(complaints(firstBatch({ incidents: [] }))).to.include(`${INCIDENTS}: length`);
  });

  it("is found with another second", () => {
    const moved = edit(honest, "batch", 1, (record) => ({
      ...record,
      incidents: record.incidents.map((event) => ({ ...event, detectedAt: event.detectedAt - 1n })),
    }));
    expect(complaints(moved)).to.include(`${INCIDENTS.replace("0 to 0", "1 to 1")}, element 0`);
  });

  it("is found invented", () => {
    const first = honest.records.find((record) => record.kind === "batch")?.incidents ?? [];
    const invented = edit(honest, "batch", 3, (record) => ({ ...record, incidents: first }));
    expect(complaints(invented)).to.include(`${INCIDENTS.replace("0 to 0", "3 to 3")}: length`);
  });

  it("is found where the feed said that the chain was down", () => {
    const startedAt = honest.head.time;
    const down = [0, 1].map(() => ({ state: DOWN, startedAt: startedAt - 40_000n }));
    expect(complaints(firstBatch({ uptime: down }))).to.include(`${INCIDENTS}: length`);
  });

  it("cannot be checked when nobody knows what the feed said, or when it changed in the block", () => {
    const changed: UptimeAnswers = [
      { state: UP, startedAt: 1n },
      { state: DOWN, startedAt: honest.genesis.place.blockTime },
    ];
    for (const uptime of [null, [], changed]) {
      const report = replayHistory(firstBatch({ uptime }), hasher, null);
      expect(complaintsOf(report)[0]).to.match(/^batch of operations 0 to 0: batch.lateness: what the uptime feed/);
      expect(report.status).to.equal("unknown");
    }
    const unread = edit(honest, "round", 0, (record) => ({ ...record, uptime: null }));
    expect(complaints(unread)[0]).to.match(/^round 1: round.lateness: what the uptime feed answered/);
  });

  it("delays a rollback as it delays a halt", () => {
    const short = shortVault(hasher).build();
    const withFeed = (uptime: UptimeAnswers): History => ({
      ...edit(short, "rollback", 0, (record) => ({ ...record, uptime })),
      stored: { ...short.stored, limits: { ...short.stored.limits, hasUptimeFeed: true } },
    });
    const up = (startedAt: bigint): UptimeAnswers => [{ state: UP, startedAt }];
    expect(complaints(withFeed(up(1n)))).to.deep.equal([]);
    const rule = "rollback from 5 to 3 operations: rollback.rule:";
    const justUp = up(short.records.find(({ kind }) => kind === "rollback")?.place.blockTime ?? 0n);
    expect(complaints(withFeed(justUp))).to.deep.equal([`${rule} a rule allows the rollback, to this state and now`]);
    expect(complaints(withFeed(null))[0]).to.match(/rollback.rule: what the uptime feed answered there is not known/);
  });
});
