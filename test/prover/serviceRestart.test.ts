import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openDatabase } from "../../prover/store/database.ts";
import { seeded } from "./support/fakeChain.ts";
import { PROVER_KEYS } from "./support/fakeProver.ts";
import { proverConfig } from "./support/localGuard.ts";
import { proverBench } from "./support/proverBench.ts";

/** More of them, or others: FLIPS=1000 SEED=5 npx mocha test/prover/serviceRestart.test.ts */
const FLIPS = Number(process.env.FLIPS ?? 60);
const SEED = Number(process.env.SEED ?? 99);

describe("startProver on an old file", function () {
  this.timeout(600_000 + 2_000 * FLIPS);
  const bench = proverBench();

  describe("when it starts again", () => {
    it("goes on from its file, with the same roots as one that reads everything from the chain", async () => {
      const storePath = join(bench.folder, "prover.sqlite");
      const first = await bench.start({ storePath });
      await bench.local.deposit(0, 1_000n);
      await first.submitRound(bench.local.roundWords(10, [100_100n, 50_010n]));
      await first.idle();
      await first.stop();
      await bench.local.deposit(1, 2_000n);
      const again = await bench.start({ storePath });
      await again.idle();
      const fresh = await bench.start({ settleBatches: false, signerKey: PROVER_KEYS[1] });
      await fresh.idle();
      expect(fresh.status().stateRoot).to.equal(again.status().stateRoot);
      expect(fresh.status().oracleRoot).to.equal(again.status().oracleRoot);
      expect(again.status().operationsSettled).to.equal(2);
    });

    it("settles what was logged while it was away, without a new block", async () => {
      const storePath = join(bench.folder, "prover.sqlite");
      const follower = await bench.start({ storePath, settleBatches: false });
      await bench.local.deposit(0, 1_000n);
      await follower.idle();
      await follower.stop();
      const prover = await bench.start({ storePath });
      await prover.idle();
      expect(prover.status().operationsSettled).to.equal(1);
    });

    it("goes on from a file from which the past was pruned", async () => {
      const storePath = join(bench.folder, "prover.sqlite");
      const first = await bench.start({ storePath, ringCapacity: 8, rollbackReachSec: 0 });
      for (const user of [0, 1]) await bench.local.deposit(user, 1_000n);
      await first.submitRound(bench.local.roundWords(10, [100_100n, 50_010n]));
      await bench.local.deposit(2, 1_000n);
      await first.idle();
      for (let block = 0; block < 256; block++) await bench.local.request("evm_mine");
      await bench.local.deposit(0, 1_000n);
      await first.idle();
      const { stateRoot } = first.status();
      await first.stop();
      const pruned = openDatabase(storePath);
      for (const table of ["operation", "version"]) {
        expect(pruned.all(`SELECT * FROM ${table}`).length, table).to.be.lessThan(4);
      }
      pruned.close();
      const again = await bench.start({ storePath, ringCapacity: 8 });
      await again.idle();
      expect(again.status()).to.include({ operationsLogged: 4, operationsSettled: 4, round: 1n, stateRoot });
      await bench.local.deposit(3, 1_000n);
      await again.idle();
      expect(again.status().operationsSettled).to.equal(5);
      expect(bench.alarms).to.deep.equal([]);
    });

    it("refuses a file of another guard", async () => {
      const storePath = join(bench.folder, "prover.sqlite");
      await (await bench.start({ storePath })).stop();
      await bench.renew();
      await bench.local.deposit(0, 1n); // so that the next guard has another address
      const artefacts = proverConfig(bench.local).artefacts;
      const other = { ...artefacts.MarginBatch, digests: { ...artefacts.MarginBatch.digests, zkey: "other" } };
      const failure = await bench
        .start({ storePath, artefacts: { ...artefacts, MarginBatch: other } })
        .catch((error: unknown) => error);
      expect(failure).to.have.property("code", "STORE_IDENTITY");
    });
  });

  describe("when a bit of its file has flipped", () => {
    it("never goes on from a false state: it rebuilds from the chain, or refuses by name", async () => {
      const storePath = join(bench.folder, "prover.sqlite");
      const first = await bench.start({ storePath, settleBatches: false });
      for (const user of [0, 1, 2]) await bench.local.deposit(user, 1_000n);
      await first.submitRound(bench.local.roundWords(10, [100_100n, 50_010n]));
      await first.idle();
      await first.stop();
      const settling = await bench.start({ storePath });
      await settling.idle();
      await settling.stop();
      await (await bench.start({ settleBatches: false, storePath })).stop();
      const truth = readFileSync(storePath);
      const random = seeded(SEED);
      const endings = { unharmed: 0, rebuilt: 0, refused: 0 };
      for (let flip = 0; flip < FLIPS; flip++) {
        const bytes = Buffer.from(truth);
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        const path = join(bench.folder, `flip${flip}.sqlite`);
        writeFileSync(path, bytes);
        const before = bench.alarms.length;
        const refusal = { code: "" };
        const prover = await bench.start({ storePath: path, settleBatches: false }).catch((error: { code: string }) => {
          refusal.code = error.code;
          return null;
        });
        const idle = await prover?.idle().catch(() => null);
        if (prover === null || idle === null) {
          endings.refused++;
          const code = prover?.status().failure?.code ?? refusal.code;
          expect(code, `flip ${flip} at ${at}`).to.match(/^(STORE_CORRUPT|STORE_IDENTITY|REORG_TOO_DEEP)$/);
        } else {
          expect(prover.status(), `flip ${flip} at ${at}`).to.include({
            operationsLogged: 3,
            operationsSettled: 3,
            round: 1n,
          });
          expect(prover.status().stateRoot).to.equal(settling.status().stateRoot);
          endings[bench.alarms.length > before ? "rebuilt" : "unharmed"]++;
        }
        await prover?.stop();
      }
      console.log(`        ${FLIPS} flips with SEED=${SEED}: ${JSON.stringify(endings)}`);
      expect(endings.rebuilt).to.be.greaterThan(0);
    });
  });
});
