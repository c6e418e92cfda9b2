import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createChainClient } from "../../prover/chain/client.ts";
import { followChain } from "../../prover/service/followChain.ts";
import type { ProverEvents } from "../../prover/service/handle.ts";
import { createLedger, type Ledger } from "../../prover/service/ledger.ts";
import type { Constants, View } from "../../prover/service/view.ts";
import { openDatabase } from "../../prover/store/database.ts";
import { openStore, type Store } from "../../prover/store/store.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { stateRoot } from "../../verifier/model/state.ts";
import { seeded } from "./support/fakeChain.ts";
import { ENGINE_ADDRESS, GUARD_ADDRESS, ScriptedGuard } from "./support/scriptedGuard.ts";
import { IDENTITY, RING } from "./support/storeFixture.ts";

describe("a prover's ledger on a chain that goes back", function () {
  this.timeout(600_000);
  let constants: Constants;
  let chain: ScriptedGuard;
  let folder: string;
  const opened: Store[] = [];
  before(async () => {
    constants = { hasher: await createHasher(), profile: PROFILES.dev, domain: 5n };
  });
  beforeEach(() => {
    chain = new ScriptedGuard(constants);
    folder = mkdtempSync(join(tmpdir(), "homeostat-rollback-"));
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(folder, { recursive: true });
  });

  /** A follower of the scripted chain that can be brought to its head and stopped again. */
  function open(path = ":memory:", rollbackReachSec = 1_000_000) {
    const store = openStore(path, IDENTITY, RING);
    opened.push(store);
    const client = createChainClient(chain.transport());
    const ledger: Ledger = createLedger({
      ...{ store, storePath: path, client, constants },
      guard: GUARD_ADDRESS,
      rollbackReachSec,
    });
    const alarms: string[] = [];
    const events = new EventEmitter<ProverEvents>();
    events.on("alarm", ({ code }) => alarms.push(code));
    async function follow(): Promise<View> {
      const stop = new AbortController();
      const { hash } = chain.head;
      if (store.blocks.ring().at(-1)?.hash === hash) return ledger.view()!;
      const config = {
        ...{ client, second: null, store, ledger, events, guard: GUARD_ADDRESS, engine: ENGINE_ADDRESS },
        ...{ fromBlock: 0, confirmations: 0, ringCapacity: RING, pollMs: 1, retry: {}, onReorg: () => undefined },
        onBlock: (block: { hash: string }) => block.hash === hash && stop.abort(),
      };
      await followChain(config, stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
      return ledger.view()!;
    }
    return { store, ledger, alarms, follow };
  }

  /** What the scripted guard has at its head, as a view shows it. */
  function truth() {
    const { log, settled, state, forks } = chain.head.world;
    return { logged: log.length, settled, rollbacks: forks, stateRoot: stateRoot(constants.hasher, state) };
  }

  function story(): void {
    for (const account of [1, 2, 3]) chain.deposit(account, 1_000n * BigInt(account));
    chain.batch(2);
    chain.batch(1);
    chain.deposit(1, 7n);
    chain.deposit(2, 8n);
    chain.batch(2);
    chain.deposit(3, 9n);
  }

  it("drops what was logged since, and goes on from the version", async () => {
    const { ledger, follow, alarms } = open();
    story();
    await follow();
    chain.rollBack(2);
    expect(await follow()).to.deep.include(truth());
    expect(ledger.operationsFrom(0, 9).map(({ position }) => position)).to.deep.equal([0, 1]);
    chain.deposit(2, 55n);
    chain.batch(1);
    expect(await follow()).to.deep.include(truth());
    expect(ledger.view()!.head).to.equal(chain.head.world.log.at(-1)!.head);
    expect(alarms).to.deep.equal([]);
  });

  it("goes back to the very beginning", async () => {
    const { follow } = open();
    story();
    await follow();
    chain.rollBack(0);
    chain.deposit(1, 55n);
    expect(await follow()).to.deep.include({ ...truth(), liabilities: 0n });
  });

  it("has the same state after a restart as one that reads everything", async () => {
    const path = join(folder, "prover.sqlite");
    const first = open(path);
    story();
    chain.rollBack(3);
    chain.deposit(3, 55n);
    chain.batch(1);
    chain.rollBack(2);
    chain.deposit(2, 66n);
    const followed = await first.follow();
    opened.splice(0)[0]!.close();
    const again = open(path);
    for (const view of [again.ledger.view()!, await open().follow()]) {
      expect(view).to.deep.include(truth());
      expect(view.head).to.equal(followed.head);
    }
  });

  describe("when a reorganisation removes the rollback", () => {
    it("is on the old branch again", async () => {
      const { ledger, follow, alarms } = open();
      story();
      const before = await follow();
      chain.rollBack(2);
      chain.deposit(2, 55n);
      chain.batch(1);
      await follow();
      chain.drop(3);
      for (let block = 0; block < 4; block++) chain.mine("other");
      const after = await follow();
      expect(after).to.deep.include(truth());
      expect(after.head).to.equal(before.head);
      expect(ledger.operationsFrom(0, 9)).to.have.length(6);
      chain.batch(1);
      expect(await follow()).to.deep.include(truth());
      expect(alarms).to.deep.equal([]);
    });

    it("follows any mixture of batches, rollbacks and reorganisations, 30 seeded runs", async () => {
      for (let seed = 0; seed < 30; seed++) {
        chain = new ScriptedGuard(constants);
        const random = seeded(seed);
        const pick = (limit: number): number => Math.floor(random() * limit);
        const { follow, alarms } = open();
        for (let step = 0; step < 40; step++) {
          const { log, settled, versions } = chain.head.world;
          const choice = pick(10);
          const below = [...versions.keys()].filter((version) => version < settled);
          if (choice < 4) chain.deposit(1 + pick(3), BigInt(1 + step), String(step));
          else if (choice < 7 && log.length > settled) chain.batch(Math.min(2, log.length - settled));
          else if (choice === 7 && below.length > 0) chain.rollBack(below[pick(below.length)]!);
          else if (choice === 8 && chain.head.number > 6) {
            const depth = 1 + pick(5);
            chain.drop(depth);
            for (let block = 0; block <= depth; block++) chain.mine(`${seed}:${step}`);
          } else chain.mine(String(step));
          if (pick(3) === 0) expect(await follow(), `seed ${seed} step ${step}`).to.deep.include(truth());
        }
        expect(await follow(), `seed ${seed}`).to.deep.include(truth());
        expect(alarms, `seed ${seed}`).to.deep.equal([]);
      }
    });
  });

  describe("when the version is out of the store's reach", () => {
    it("reads everything from the chain again, and keeps the version this time", async () => {
      const path = join(folder, "prover.sqlite");
      const { store, follow, alarms } = open(path, 60);
      story();
      for (let block = 0; block < 300; block++) chain.mine();
      chain.deposit(1, 11n);
      chain.batch(2);
      await follow();
      expect(store.versions.at(2), "pruned").to.equal(null);
      for (let block = 0; block < 300; block++) chain.mine();
      chain.rollBack(2);
      chain.deposit(1, 12n);
      chain.batch(1);
      expect(await follow()).to.deep.include(truth());
      expect(alarms).to.deep.equal(["VERSION_LOST"]);
      for (let block = 0; block < 300; block++) chain.mine();
      await follow();
      const file = openDatabase(path);
      for (const table of ["pin", "abandoned_operation", "abandoned_version", "abandoned_account"]) {
        expect(file.all(`SELECT * FROM ${table}`), table).to.deep.equal([]);
      }
      file.close();
    });

    it("keeps a version as long as it is in reach, however many blocks have passed", async () => {
      const { store, follow, alarms } = open(":memory:", 1_000_000);
      story();
      for (let block = 0; block < 300; block++) chain.mine();
      await follow();
      expect(store.versions.at(2)?.settled).to.equal(2);
      chain.rollBack(2);
      expect(await follow()).to.deep.include(truth());
      expect(alarms).to.deep.equal([]);
    });

    it("rebuilds a version that has rotted", async () => {
      const path = join(folder, "prover.sqlite");
      const { follow, alarms } = open(path);
      story();
      await follow();
      const file = openDatabase(path);
      file.run("UPDATE account SET fields = replace(fields, '\"2000\"', '\"2001\"') WHERE settled = 2");
      file.close();
      chain.rollBack(3);
      expect(await follow()).to.deep.include(truth());
      expect(alarms).to.deep.equal(["VERSION_LOST"]);
    });
  });

  describe("when a node lies about it", () => {
    const failing = async (follow: () => Promise<View>) => follow().catch((error: unknown) => error);

    it("refuses a rollback to another root", async () => {
      const { follow } = open();
      story();
      chain.rollBack(2, { stateRoot: 7n });
      expect(await failing(follow)).to.include({ code: "LEDGER_MISMATCH", claimed: "7" });
    });

    it("refuses a rollback to where no batch ended", async () => {
      const { follow, alarms } = open();
      story();
      chain.rollBack(1);
      expect(await failing(follow)).to.include({ code: "LEDGER_MISMATCH", claimed: "1" });
      expect(alarms).to.deep.equal(["VERSION_LOST"]);
    });

    for (const hidden of ["fork", "rollback"] as const) {
      it(`notices that the ${hidden} is missing, and reads the blocks again`, async () => {
        const { follow, alarms } = open();
        story();
        chain.rollBack(3);
        const { hash } = chain.head;
        let lies = 1;
        const truthful = chain.transport();
        chain.lie = (method, params) => {
          if (method !== "eth_getLogs" || (params[0] as { blockHash: string }).blockHash !== hash || lies-- <= 0)
            return undefined;
          chain.lie = () => undefined;
          const kept = hidden === "fork" ? GUARD_ADDRESS : ENGINE_ADDRESS;
          return truthful
            .send(method, params)
            .then((logs) => (logs as { address: string }[]).filter(({ address }) => address === kept));
        };
        expect(await follow()).to.deep.include(truth());
        expect(alarms).to.deep.equal(["LEDGER_MISMATCH"]);
      });
    }

    it("refuses a fork that abandons something else than was logged", async () => {
      const { follow } = open();
      story();
      const abandonedHead = `0x${"77".repeat(32)}`;
      chain.rollBack(3, { abandonedHead });
      expect(await failing(follow)).to.include({ code: "LEDGER_MISMATCH", claimed: abandonedHead });
    });
  });
});
