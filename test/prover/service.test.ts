import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { ProverConfig } from "../../prover/service/config.ts";
import type { ProverHandle } from "../../prover/service/handle.ts";
import { startProver } from "../../prover/service/startProver.ts";
import { openDatabase } from "../../prover/store/database.ts";
import { seeded } from "./support/fakeChain.ts";
import { fakeBackend, PROVER_KEYS } from "./support/fakeProver.ts";
import { createLocalGuard, type LocalGuard, proverConfig } from "./support/localGuard.ts";

describe("startProver", function () {
  this.timeout(120_000);
  let local: LocalGuard;
  let folder: string;
  const running: ProverHandle[] = [];
  const alarms: string[] = [];
  const start = async (changes: Partial<ProverConfig> = {}): Promise<ProverHandle> => {
    const handle = await startProver(proverConfig(local, changes));
    handle.events.on("alarm", ({ code, message }) => alarms.push(`${code} ${message}`));
    running.push(handle);
    return handle;
  };
  beforeEach(async () => {
    local = await createLocalGuard();
    folder = mkdtempSync(join(tmpdir(), "homeostat-prover-"));
    alarms.length = 0;
  });
  afterEach(async () => {
    for (const handle of running.splice(0)) await handle.stop();
    rmSync(folder, { recursive: true });
  });

  it("settles what was logged before and after it started", async () => {
    await local.deposit(0, 1_000n);
    const prover = await start();
    await prover.idle();
    for (const user of [1, 2, 0]) await local.deposit(user, 500n);
    await prover.idle();
    expect(prover.status()).to.include({ phase: "following", operationsLogged: 4, operationsSettled: 4 });
    expect(alarms).to.deep.equal([]);
  });

  it("proves rounds and judges later operations by them", async () => {
    const prover = await start();
    await prover.idle();
    const proven: bigint[] = [];
    prover.events.on("batchProven", ({ round }) => proven.push(round));
    await local.deposit(0, 1_000n);
    const first = await prover.submitRound(local.roundWords(10, [100_100n, 50_010n]));
    expect(first.round).to.equal(1n);
    await local.deposit(1, 1_000n);
    const second = await prover.submitRound(local.roundWords(20, [100_200n, 50_020n]));
    expect(second.round).to.equal(2n);
    await local.deposit(2, 1_000n);
    await prover.idle();
    expect(proven).to.deep.equal([0n, 1n, 2n]);
    expect(prover.roundContext()).to.include({ round: 2n, timestampSec: local.startSec + 20n });
    expect(alarms).to.deep.equal([]);
  });

  it("refuses a round without a quorum by name", async () => {
    const prover = await start();
    await prover.idle();
    const words = local.roundWords(10, [100_000n, 50_000n]).map((word, index) => (index < 8 ? 0n : word));
    const failure = await prover.submitRound(words).catch((error: unknown) => error);
    expect(failure).to.have.property("code", "ROUND_QUORUM");
  });

  it("starts nothing while it is paused", async () => {
    const prover = await start();
    await prover.idle();
    prover.pause();
    await local.deposit(0, 1_000n);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(prover.status()).to.include({ phase: "paused", operationsLogged: 1, operationsSettled: 0 });
    prover.resume();
    await prover.idle();
    expect(prover.status().operationsSettled).to.equal(1);
  });

  describe("when it starts again", () => {
    it("goes on from its file, with the same roots as one that reads everything from the chain", async () => {
      const storePath = join(folder, "prover.sqlite");
      const first = await start({ storePath });
      await local.deposit(0, 1_000n);
      await first.submitRound(local.roundWords(10, [100_100n, 50_010n]));
      await first.idle();
      await first.stop();
      await local.deposit(1, 2_000n);
      const again = await start({ storePath });
      await again.idle();
      const fresh = await start({ settleBatches: false, signerKey: PROVER_KEYS[1] });
      await fresh.idle();
      expect(fresh.status().stateRoot).to.equal(again.status().stateRoot);
      expect(fresh.status().oracleRoot).to.equal(again.status().oracleRoot);
      expect(again.status().operationsSettled).to.equal(2);
    });

    it("settles what was logged while it was away, without a new block", async () => {
      const storePath = join(folder, "prover.sqlite");
      const follower = await start({ storePath, settleBatches: false });
      await local.deposit(0, 1_000n);
      await follower.idle();
      await follower.stop();
      const prover = await start({ storePath });
      await prover.idle();
      expect(prover.status().operationsSettled).to.equal(1);
    });

    it("goes on from a file from which the past was pruned", async () => {
      const storePath = join(folder, "prover.sqlite");
      const first = await start({ storePath, ringCapacity: 8 });
      for (const user of [0, 1]) await local.deposit(user, 1_000n);
      await first.submitRound(local.roundWords(10, [100_100n, 50_010n]));
      await local.deposit(2, 1_000n);
      await first.idle();
      for (let block = 0; block < 256; block++) await local.request("evm_mine");
      await local.deposit(0, 1_000n);
      await first.idle();
      const { stateRoot } = first.status();
      await first.stop();
      const pruned = openDatabase(storePath);
      for (const table of ["operation", "version"]) {
        expect(pruned.all(`SELECT * FROM ${table}`).length, table).to.be.lessThan(4);
      }
      pruned.close();
      const again = await start({ storePath, ringCapacity: 8 });
      await again.idle();
      expect(again.status()).to.include({ operationsLogged: 4, operationsSettled: 4, round: 1n, stateRoot });
      await local.deposit(3, 1_000n);
      await again.idle();
      expect(again.status().operationsSettled).to.equal(5);
      expect(alarms).to.deep.equal([]);
    });

    it("refuses a file of another guard", async () => {
      const storePath = join(folder, "prover.sqlite");
      await (await start({ storePath })).stop();
      local = await createLocalGuard();
      await local.deposit(0, 1n); // so that the next guard has another address
      const artefacts = proverConfig(local).artefacts;
      const other = { ...artefacts.MarginBatch, digests: { ...artefacts.MarginBatch.digests, zkey: "other" } };
      const failure = await start({ storePath, artefacts: { ...artefacts, MarginBatch: other } }).catch(
        (error: unknown) => error,
      );
      expect(failure).to.have.property("code", "STORE_IDENTITY");
    });
  });

  describe("when a bit of its file has flipped", () => {
    it("never goes on from a false state: it rebuilds from the chain, or refuses by name", async () => {
      const storePath = join(folder, "prover.sqlite");
      const first = await start({ storePath, settleBatches: false });
      for (const user of [0, 1, 2]) await local.deposit(user, 1_000n);
      await first.submitRound(local.roundWords(10, [100_100n, 50_010n]));
      await first.idle();
      await first.stop();
      const settling = await start({ storePath });
      await settling.idle();
      await settling.stop();
      await (await start({ settleBatches: false, storePath })).stop();
      const truth = readFileSync(storePath);
      const random = seeded(99);
      const endings = { unharmed: 0, rebuilt: 0, refused: 0 };
      for (let flip = 0; flip < 60; flip++) {
        const bytes = Buffer.from(truth);
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        const path = join(folder, `flip${flip}.sqlite`);
        writeFileSync(path, bytes);
        const before = alarms.length;
        const prover = await start({ storePath: path, settleBatches: false }).catch(() => null);
        const idle = await prover?.idle().catch(() => null);
        if (prover === null || idle === null) {
          endings.refused++;
          if (prover !== null)
            expect(prover.status().failure?.code, `flip ${flip}`).to.match(/^(STORE_CORRUPT|REORG_TOO_DEEP)$/);
        } else {
          expect(prover.status(), `flip ${flip} at ${at}`).to.include({
            operationsLogged: 3,
            operationsSettled: 3,
            round: 1n,
          });
          expect(prover.status().stateRoot).to.equal(settling.status().stateRoot);
          endings[alarms.length > before ? "rebuilt" : "unharmed"]++;
        }
        await prover?.stop();
      }
      console.log(`        60 flips: ${JSON.stringify(endings)}`);
      expect(endings.rebuilt).to.be.greaterThan(0);
    });
  });

  describe("when the chain is reorganised", () => {
    it("settles again what the new branch has lost", async () => {
      const prover = await start();
      await local.deposit(0, 1_000n);
      await prover.idle();
      const snapshot = await local.request("evm_snapshot");
      await local.deposit(1, 1_000n);
      await prover.idle();
      expect(prover.status().operationsSettled).to.equal(2);
      const reorganised = new Promise((resolve) => prover.events.once("reorg", resolve));
      await local.request("evm_revert", snapshot);
      await local.deposit(2, 7_000n);
      for (let block = 0; block < 4; block++) await local.request("evm_mine");
      await reorganised;
      await prover.idle();
      expect(prover.status()).to.include({ operationsLogged: 2, operationsSettled: 2 });
      const fresh = await start({ settleBatches: false, signerKey: PROVER_KEYS[1] });
      await fresh.idle();
      expect(fresh.status().stateRoot).to.equal(prover.status().stateRoot);
    });
  });

  describe("when a reorganisation removes its own settlement only", () => {
    it("sends the same bytes again, and proves nothing twice", async () => {
      const backend = fakeBackend();
      const prover = await start({ backend });
      await prover.idle();
      prover.pause();
      await local.deposit(0, 1_000n);
      const snapshot = await local.request("evm_snapshot");
      const sent: string[] = [];
      prover.events.on("settled", ({ transactionHash }) => sent.push(transactionHash));
      const settled = new Promise((resolve) => prover.events.once("batchProven", resolve));
      while (prover.status().operationsLogged === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      prover.resume();
      await settled;
      const reorganised = new Promise((resolve) => prover.events.once("reorg", resolve));
      const again = new Promise((resolve) => prover.events.once("batchProven", resolve));
      await local.request("evm_revert", snapshot);
      await local.request("evm_increaseTime", 5); // so that the new branch has other blocks
      await local.request("evm_mine");
      await reorganised;
      await again;
      await prover.idle();
      expect(prover.status().operationsSettled).to.equal(1);
      expect(backend.proofs).to.equal(1);
      expect(sent).to.have.length(2);
      expect(alarms).to.deep.equal([]);
    });
  });

  describe("when two provers settle", () => {
    it("takes turns without harm", async () => {
      const provers = [await start(), await start({ signerKey: PROVER_KEYS[1], backend: fakeBackend(3) })];
      for (const user of [0, 1, 2, 0, 1]) await local.deposit(user, 100n);
      for (const prover of provers) await prover.idle();
      const [one, two] = provers.map((prover) => prover.status());
      expect(one!.operationsSettled).to.equal(5);
      expect(one!.stateRoot).to.equal(two!.stateRoot);
      expect(alarms).to.deep.equal([]);
    });
  });

  describe("when a proof fails", () => {
    it("says so, tries again, and keeps the order", async () => {
      const backend = fakeBackend();
      const { prove } = backend;
      let failures = 2;
      backend.prove = async (...call) => {
        if (failures-- > 0) throw new Error("the prover tripped");
        return prove(...call);
      };
      const prover = await start({ backend });
      for (const user of [0, 1, 2]) await local.deposit(user, 100n);
      await prover.idle();
      expect(alarms.length).to.be.greaterThan(0);
      expect(prover.status().operationsSettled).to.equal(3);
    });
  });

  describe("when the node leaves logs out", () => {
    for (const { title, hides } of [
      { title: "the genesis", hides: 0 },
      { title: "an operation", hides: 1 },
      { title: "the newest operation", hides: 2 },
    ]) {
      it(`notices that ${title} is missing, and reads the blocks again`, async () => {
        await local.deposit(0, 1_000n);
        await local.deposit(1, 1_000n);
        let answers = 0;
        const { send } = local.transport;
        const transport = {
          label: "forgetful",
          async send(method: string, params: readonly unknown[]) {
            const answer = await send(method, params);
            return method === "eth_getLogs" && answers++ === hides ? [] : answer;
          },
        };
        const prover = await start({ transport, fromBlock: local.deployment.genesisBlock });
        await prover.idle();
        expect(answers).to.be.greaterThan(3);
        expect(alarms).to.have.length(1);
        expect(prover.status().operationsSettled).to.equal(2);
      });
    }
  });

  describe("when a node is of no help", () => {
    const refusing = (times: { left: number }, fault: () => unknown) => ({
      label: "unhelpful",
      async send(method: string, params: readonly unknown[]) {
        const atBlock = typeof params[1] === "object" && params[1] !== null;
        if (method === "eth_call" && atBlock && times.left-- > 0) return fault();
        return local.transport.send(method, params);
      },
    });

    it("proves nothing before the guard could be read at the followed block, and then goes on", async () => {
      const times = { left: 3 };
      const fault = () => {
        throw { code: -32000, message: "missing trie node" };
      };
      await local.deposit(0, 1_000n);
      const prover = await start({ transport: refusing(times, fault) });
      await prover.idle();
      expect(times.left).to.be.lessThan(1);
      expect(alarms.join()).to.match(/GUARD_UNCHECKED.*missing trie node/);
      expect(prover.status().operationsSettled).to.equal(1);
    });

    it("proves nothing while a second node sees another guard", async () => {
      await local.deposit(0, 1_000n);
      const other = `0x${"0".repeat(63)}5`;
      const backend = fakeBackend();
      const secondTransport = refusing({ left: Number.POSITIVE_INFINITY }, () => other);
      const prover = await start({ secondTransport, backend });
      const failure = await prover.done.catch((error: unknown) => error);
      expect(failure).to.include({ code: "LEDGER_MISMATCH", what: "stateRoot", claimed: "5" });
      expect(prover.status()).to.deep.include({ phase: "failed", operationsSettled: 0 });
      expect(backend.proofs).to.equal(0);
    });
  });
});
