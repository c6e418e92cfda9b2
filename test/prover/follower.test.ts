import { expect } from "chai";
import { type ChainClient, createChainClient } from "../../prover/chain/client.ts";
import { type ChainStep, follow } from "../../prover/chain/follower.ts";
import { ReorgTooDeepError } from "../../prover/chain/followerErrors.ts";
import type { RetryPolicy } from "../../prover/chain/retry.ts";
import { RpcContradictionError } from "../../prover/chain/rpcErrors.ts";
import { FakeChain, seeded, WATCHED } from "./support/fakeChain.ts";

const QUICK: RetryPolicy = { attempts: 3, baseMs: 0, ceilingMs: 0, random: () => 0 };
const clientOf = (chain: FakeChain): ChainClient => createChainClient(chain.transport(), QUICK);

function start(chain: FakeChain, options: { ringCapacity?: number; confirmations?: number; fromBlock?: number } = {}) {
  const stop = new AbortController();
  const steps = follow(
    {
      client: clientOf(chain),
      addresses: [WATCHED],
      fromBlock: options.fromBlock ?? 0,
      confirmations: options.confirmations ?? 0,
      ringCapacity: options.ringCapacity ?? 64,
      pollMs: 0,
      retry: { baseMs: 0, ceilingMs: 0, random: () => 0 },
    },
    stop.signal,
  );
  const next = async (): Promise<ChainStep> => {
    const step = await steps.next();
    if (step.done === true) throw new Error("the follower ended");
    return step.value;
  };
  return { next, stop };
}

describe("follow", function () {
  this.timeout(600_000);
  it("yields every block once, in order, with its logs", async () => {
    const chain = new FakeChain();
    for (let block = 0; block < 5; block++) chain.mine("a", block % 2);
    const { next } = start(chain);
    for (let number = 0; number <= 5; number++) {
      const step = await next();
      expect(step).to.deep.include({ type: "block" });
      if (step.type === "block") {
        expect(step.block.hash).to.equal(chain.canonical[number]!.hash);
        expect(step.logs).to.have.length(chain.canonical[number]!.logs.length);
      }
    }
  });

  it("stays the confirmations behind the newest block", async () => {
    const chain = new FakeChain();
    for (let block = 0; block < 5; block++) chain.mine("a", 0);
    const { next } = start(chain, { confirmations: 3 });
    for (const number of [0, 1, 2]) expect(await next()).to.have.nested.property("block.number", number);
    const waiting = next();
    chain.mine("a", 0);
    expect(await waiting).to.have.nested.property("block.number", 3);
  });

  describe("when the branch changes", () => {
    for (const { title, grow } of [
      { title: "grows past the old height", grow: 5 },
      { title: "has the same height, so that no new block shows it", grow: 3 },
      { title: "is shorter than what was followed", grow: 2 },
    ]) {
      it(`names the common ancestor when the new branch ${title}`, async () => {
        const chain = new FakeChain();
        for (let block = 0; block < 6; block++) chain.mine("a", 1);
        const { next } = start(chain);
        for (let number = 0; number <= 6; number++) await next();
        const old = chain.canonical.slice();
        chain.drop(3);
        for (let block = 0; block < grow; block++) chain.mine("b", 1);

        const step = await next();
        expect(step.type).to.equal("reorg");
        if (step.type !== "reorg") return;
        expect(step.ancestor.hash).to.equal(old[3]!.hash);
        expect(step.dropped.map((link) => link.hash)).to.deep.equal([old[6]!.hash, old[5]!.hash, old[4]!.hash]);
        for (let number = 4; number < 4 + grow; number++) {
          expect(await next()).to.have.nested.property("block.hash", chain.canonical[number]!.hash);
        }
      });
    }

    it("accepts a reorganisation as deep as the ring allows and names one that is deeper", async () => {
      for (const { depth, deeper } of [
        { depth: 7, deeper: false },
        { depth: 8, deeper: true },
      ]) {
        const chain = new FakeChain();
        for (let block = 0; block < 20; block++) chain.mine("a", 0);
        const { next } = start(chain, { ringCapacity: 8 });
        for (let number = 0; number <= 20; number++) await next();
        chain.drop(depth);
        for (let block = 0; block < depth + 1; block++) chain.mine("b", 0);
        const failure = await next().then(
          (step) => step.type,
          (error: unknown) => error,
        );
        if (deeper) expect(failure).to.be.instanceOf(ReorgTooDeepError).and.include({ oldestBlock: 13, capacity: 8 });
        else expect(failure).to.equal("reorg");
      }
    });
  });

  describe("when the node misbehaves", () => {
    it("waits for a node that fell behind and never follows it backwards", async () => {
      const chain = new FakeChain();
      for (let block = 0; block < 4; block++) chain.mine("a", 0);
      const { next } = start(chain);
      for (let number = 0; number <= 4; number++) await next();
      let looks = 0;
      chain.lie = (method) => (method === "eth_blockNumber" && looks++ < 5 ? "0x2" : undefined);
      chain.mine("a", 0);
      expect(await next()).to.have.nested.property("block.number", 5);
      expect(looks).to.be.greaterThan(5);
    });

    for (const { title, lie } of [
      { title: "of another block", lie: (log: object) => ({ ...log, blockHash: `0x${"1".repeat(64)}` }) },
      { title: "of another address", lie: (log: object) => ({ ...log, address: `0x${"2".repeat(40)}` }) },
      { title: "that was removed", lie: (log: object) => ({ ...log, removed: true }) },
      { title: "that has no shape", lie: () => ({ address: 5 }) },
    ]) {
      it(`refuses a log ${title}`, async () => {
        const chain = new FakeChain();
        const block = chain.mine("a", 1);
        chain.lie = (method) => (method === "eth_getLogs" ? [lie(chain.log(block, 0))] : undefined);
        const client = clientOf(chain);
        const header = await client.blockByHash(block.hash);
        const failure = await client.logsOf(header!, [WATCHED]).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(RpcContradictionError);
      });
    }

    it("refuses the same log twice and a block of another height", async () => {
      const chain = new FakeChain();
      const block = chain.mine("a", 1);
      const client = clientOf(chain);
      const header = await client.blockByHash(block.hash);
      chain.lie = (method) =>
        method === "eth_getLogs"
          ? [chain.log(block, 0), chain.log(block, 0)]
          : method === "eth_getBlockByNumber"
            ? chain.header(block)
            : undefined;
      expect(await client.logsOf(header!, [WATCHED]).catch((error: unknown) => error)).to.be.instanceOf(
        RpcContradictionError,
      );
      expect(await client.blockByNumber(0).catch((error: unknown) => error)).to.be.instanceOf(RpcContradictionError);
    });

    it("gives the canonical branch under random faults, lies and reorganisations", async () => {
      for (let seed = 1; seed <= 40; seed++) await simulate(seed);
    });
  });
});

/** One seeded run: whatever happens, what was yielded (less what was dropped) is the canonical branch in the end. */
async function simulate(seed: number): Promise<void> {
  const random = seeded(seed);
  const chain = new FakeChain();
  let faultsFired = 0;
  let calm = false;
  chain.lie = (method) => {
    if (calm || random() > 0.25) return undefined;
    faultsFired++;
    const kind = random();
    if (kind < 0.25) throw { code: -32005, message: "rate limit" };
    if (kind < 0.5) return "<html>";
    if (kind < 0.7) return null;
    if (method === "eth_getLogs") return [];
    if (method === "eth_blockNumber") return `0x${Math.floor(random() * 10).toString(16)}`;
    return undefined;
  };
  const { next, stop } = start(chain);
  const followed: string[] = [];
  let waiting: Promise<void> | null = null;
  const take = (): Promise<void> =>
    next().then((step) => {
      if (step.type === "block") followed.push(step.block.hash);
      else followed.splice(step.ancestor.number + 1);
    });
  for (let turn = 0; turn < 60; turn++) {
    if (random() < 0.15 && chain.head.number > 4) {
      const depth = 1 + Math.floor(random() * 4);
      chain.drop(depth);
      for (let block = 0; block < depth + (random() < 0.5 ? 1 : 0); block++) chain.mine(`fork${turn}`, 0);
    } else if (random() < 0.7) chain.mine("main", random() < 0.3 ? 1 : 0);
    waiting ??= take().then(() => {
      waiting = null;
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  calm = true;
  for (let tries = 0; followed.at(-1) !== chain.head.hash && tries < 500; tries++) await (waiting ?? take());
  stop.abort();
  const message = `seed ${seed}: npx mocha test/prover/follower.test.ts`;
  expect(followed, message).to.deep.equal(chain.canonical.map((block) => block.hash));
  expect(faultsFired, message).to.be.greaterThan(0);
}
