import { expect } from "chai";
import { fakeBackend } from "./support/fakeProver.ts";
import { proverBench } from "./support/proverBench.ts";

describe("startProver with bad nodes", function () {
  this.timeout(600_000);
  const bench = proverBench();

  describe("when the node leaves logs out", () => {
    for (const { title, hides } of [
      { title: "the genesis", hides: 0 },
      { title: "an operation", hides: 1 },
      { title: "the newest operation", hides: 2 },
    ]) {
      it(`notices that ${title} is missing, and reads the blocks again`, async () => {
        await bench.local.deposit(0, 1_000n);
        await bench.local.deposit(1, 1_000n);
        let answers = 0;
        const { send } = bench.local.transport;
        const transport = {
          label: "forgetful",
          async send(method: string, params: readonly unknown[]) {
            const answer = await send(method, params);
            return method === "eth_getLogs" && answers++ === hides ? [] : answer;
          },
        };
        const prover = await bench.start({ transport, fromBlock: bench.local.deployment.genesisBlock });
        await prover.idle();
        expect(answers).to.be.greaterThan(3);
        expect(bench.alarms).to.have.length(1);
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
        return bench.local.transport.send(method, params);
      },
    });

    it("proves nothing before the guard could be read at the followed block, and then goes on", async () => {
      const times = { left: 3 };
      const fault = () => {
        throw { code: -32000, message: "missing trie node" };
      };
      await bench.local.deposit(0, 1_000n);
      const prover = await bench.start({ transport: refusing(times, fault) });
      await prover.idle();
      expect(times.left).to.be.lessThan(1);
      expect(bench.alarms.join()).to.match(/GUARD_UNCHECKED.*missing trie node/);
      expect(prover.status().operationsSettled).to.equal(1);
    });

    it("proves nothing while a second node sees another guard", async () => {
      await bench.local.deposit(0, 1_000n);
      const other = `0x${"0".repeat(63)}5`;
      const backend = fakeBackend();
      const secondTransport = refusing({ left: Number.POSITIVE_INFINITY }, () => other);
      const prover = await bench.start({ secondTransport, backend });
      const failure = await prover.done.catch((error: unknown) => error);
      expect(failure).to.include({ code: "LEDGER_MISMATCH", what: "stateRoot", claimed: "5" });
      expect(prover.status()).to.deep.include({ phase: "failed", operationsSettled: 0 });
      expect(backend.proofs).to.equal(0);
    });
  });
});
