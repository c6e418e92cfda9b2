import { expect } from "chai";
import { pause } from "../../prover/chain/clock.ts";
import { createStatusServer } from "../../prover/service/statusServer.ts";
import { fakeBackend, PROVER_KEYS } from "./support/fakeProver.ts";
import { proverBench } from "./support/proverBench.ts";

describe("startProver", function () {
  this.timeout(600_000);
  const bench = proverBench();

  it("settles what was logged before and after it started", async () => {
    await bench.local.deposit(0, 1_000n);
    const prover = await bench.start();
    await prover.idle();
    for (const user of [1, 2, 0]) await bench.local.deposit(user, 500n);
    await prover.idle();
    expect(prover.status()).to.include({ phase: "following", operationsLogged: 4, operationsSettled: 4 });
    expect(bench.alarms).to.deep.equal([]);
  });

  it("proves rounds and judges later operations by them", async () => {
    const prover = await bench.start();
    await prover.idle();
    const proven: bigint[] = [];
    prover.events.on("batchProven", ({ round }) => proven.push(round));
    await bench.local.deposit(0, 1_000n);
    const first = await prover.submitRound(bench.local.roundWords(10, [100_100n, 50_010n]));
    expect(first.round).to.equal(1n);
    await bench.local.deposit(1, 1_000n);
    const second = await prover.submitRound(bench.local.roundWords(20, [100_200n, 50_020n]));
    expect(second.round).to.equal(2n);
    await bench.local.deposit(2, 1_000n);
    await prover.idle();
    expect(proven).to.deep.equal([0n, 1n, 2n]);
    expect(prover.roundContext()).to.include({ round: 2n, timestampSec: bench.local.startSec + 20n });
    expect(bench.alarms).to.deep.equal([]);
  });

  it("refuses a round without a quorum by name", async () => {
    const prover = await bench.start();
    await prover.idle();
    const words = bench.local.roundWords(10, [100_000n, 50_000n]).map((word, index) => (index < 8 ? 0n : word));
    const failure = await prover.submitRound(words).catch((error: unknown) => error);
    expect(failure).to.have.property("code", "ROUND_QUORUM");
  });

  it("starts nothing while it is paused", async () => {
    const prover = await bench.start();
    await prover.idle();
    prover.pause();
    await bench.local.deposit(0, 1_000n);
    while (prover.status().operationsLogged === 0) await pause(5);
    await pause(100); // time to do what it must not
    expect(prover.status()).to.include({ phase: "paused", operationsLogged: 1, operationsSettled: 0 });
    prover.resume();
    await prover.idle();
    expect(prover.status().operationsSettled).to.equal(1);
  });

  describe("when two provers settle", () => {
    it("takes turns without harm", async () => {
      const provers = [await bench.start(), await bench.start({ signerKey: PROVER_KEYS[1], backend: fakeBackend(3) })];
      for (const user of [0, 1, 2, 0, 1]) await bench.local.deposit(user, 100n);
      for (const prover of provers) await prover.idle();
      const [one, two] = provers.map((prover) => prover.status());
      expect(one!.operationsSettled).to.equal(5);
      expect(one!.stateRoot).to.equal(two!.stateRoot);
      expect(bench.alarms).to.deep.equal([]);
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
      const prover = await bench.start({ backend });
      for (const user of [0, 1, 2]) await bench.local.deposit(user, 100n);
      await prover.idle();
      expect(bench.alarms.length).to.be.greaterThan(0);
      expect(prover.status().operationsSettled).to.equal(3);
    });
  });

  describe("when its status is asked for over HTTP", () => {
    it("answers with the status as JSON, and with metrics", async () => {
      const prover = await bench.start();
      const server = createStatusServer(prover);
      await bench.local.deposit(0, 100n);
      await prover.idle();
      const answer = async (url: string) => server.inject({ url });
      expect((await answer("/healthz")).json()).to.deep.equal({ phase: "following" });
      const { stateRoot, operationsSettled } = (await answer("/v1/status")).json<Record<string, unknown>>();
      expect({ stateRoot, operationsSettled }).to.deep.equal({
        stateRoot: String(prover.status().stateRoot),
        operationsSettled: 1,
      });
      const metrics = (await answer("/metrics")).body;
      expect(metrics)
        .to.match(/^homeostat_operations_settled 1$/m)
        .and.match(/^homeostat_proofs_total 1$/m);
      await prover.stop();
      expect((await answer("/healthz")).statusCode).to.equal(503);
      await server.close();
    });
  });
});
