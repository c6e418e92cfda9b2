import { expect } from "chai";
import { fakeBackend, PROVER_KEYS } from "./support/fakeProver.ts";
import { proverBench } from "./support/proverBench.ts";

describe("startProver on a chain that changes its mind", function () {
  this.timeout(600_000);
  const bench = proverBench();

  describe("when the chain is reorganised", () => {
    it("settles again what the new branch has lost", async () => {
      const prover = await bench.start();
      await bench.local.deposit(0, 1_000n);
      await prover.idle();
      const snapshot = await bench.local.request("evm_snapshot");
      await bench.local.deposit(1, 1_000n);
      await prover.idle();
      expect(prover.status().operationsSettled).to.equal(2);
      const reorganised = new Promise((resolve) => prover.events.once("reorg", resolve));
      await bench.local.request("evm_revert", snapshot);
      await bench.local.deposit(2, 7_000n);
      for (let block = 0; block < 4; block++) await bench.local.request("evm_mine");
      await reorganised;
      await prover.idle();
      expect(prover.status()).to.include({ operationsLogged: 2, operationsSettled: 2 });
      const fresh = await bench.start({ settleBatches: false, signerKey: PROVER_KEYS[1] });
      await fresh.idle();
      expect(fresh.status().stateRoot).to.equal(prover.status().stateRoot);
    });
  });

  describe("when a reorganisation removes its own settlement only", () => {
    it("sends the same bytes again, and proves nothing twice", async () => {
      const backend = fakeBackend();
      const prover = await bench.start({ backend });
      await prover.idle();
      prover.pause();
      await bench.local.deposit(0, 1_000n);
      const snapshot = await bench.local.request("evm_snapshot");
      const sent: string[] = [];
      prover.events.on("settled", ({ transactionHash }) => sent.push(transactionHash));
      const settled = new Promise((resolve) => prover.events.once("batchProven", resolve));
      while (prover.status().operationsLogged === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      prover.resume();
      await settled;
      const reorganised = new Promise((resolve) => prover.events.once("reorg", resolve));
      const again = new Promise((resolve) => prover.events.once("batchProven", resolve));
      await bench.local.request("evm_revert", snapshot);
      await bench.local.request("evm_increaseTime", 5); // so that the new branch has other blocks
      await bench.local.request("evm_mine");
      await reorganised;
      await again;
      await prover.idle();
      expect(prover.status().operationsSettled).to.equal(1);
      expect(backend.proofs).to.equal(1);
      expect(sent).to.have.length(2);
      expect(bench.alarms).to.deep.equal([]);
    });
  });
});
