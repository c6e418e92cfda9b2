import { expect } from "chai";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { VerdictReport } from "../../verifier/replay/report.ts";
import type { RpcProvider } from "../../verifier/replay/rpc.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { type Fault, faulty, fields } from "./helpers/faultyRpc.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";
import { KEYS } from "./helpers/syntheticHistory.ts";

const keys = { OracleRound: KEYS.OracleRound.key, MarginBatch: KEYS.MarginBatch.key };
const ZERO_HASH = `0x${"00".repeat(32)}`;

function complaints({ entries }: VerdictReport): readonly string[] {
  return entries.flatMap(({ what, findings }) =>
    findings.flatMap(({ check, verdict }) => {
      if (verdict.status === "holds") return [];
      return [`${what}: ${check}: ${verdict.status === "violated" ? verdict.invariant : verdict.cause.message}`];
    }),
  );
}

describe("verifyHistory", () => {
  let hasher: Hasher;
  let honest: LocalGuard;
  before(async () => {
    hasher = await createHasher();
    honest = await LocalGuard.deploy(hasher);
    await honest.live();
  });
  const verify = (guard: LocalGuard, provider: RpcProvider = chain) =>
    verifyHistory({ provider, guard: guard.at.guard, keys, fromBlock: honest.at.genesisBlock });

  it("finds that the history of an honest guard holds", async () => {
    const report = await verify(honest);
    expect(complaints(report)).to.deep.equal([]);
    expect(report.status).to.equal("holds");
    expect(report.profile).to.equal("dev");
    expect(report.counts).to.deep.include({ rounds: 2, batches: 2, operations: 5, claims: 1 });
  });

  it("holds at every earlier block too, from the genesis on", async () => {
    const { number } = (await verify(honest)).head;
    for (let headBlock = honest.at.genesisBlock; headBlock <= number; headBlock += 3) {
      const report = await verifyHistory({ provider: chain, guard: honest.at.guard, keys, headBlock });
      expect(complaints(report), `to block ${headBlock}`).to.deep.equal([]);
    }
  });

  it("finds a state root that only the toxic waste of the key could prove", async () => {
    const guard = await LocalGuard.deploy(hasher);
    await guard.deposit(0, 1_000n);
    await guard.settle(1, { newStateRoot: 7n });
    const report = await verify(guard);
    expect(report.status).to.equal("violated");
    expect(complaints(report)).to.include(
      "batch of operations 0 to 0: batch.newStateRoot: the state root is the one that the operations force",
    );
    expect(complaints(report).join()).not.to.include("batch.proof");
  });

  it("need not find a withdrawal without funds that the toxic waste of the key made valid: the guard refuses it", async () => {
    const guard = await LocalGuard.deploy(hasher);
    await guard.deposit(0, 1_000n);
    await guard.settle(1);
    await guard.withdraw(0, 5_000n, 1n);
    const answer = await guard.settle(1, { outcomeWord: 3n }).then(
      () => "it was settled",
      (error: Error) => error.message,
    );
    expect(answer).to.include("LiabilitiesMismatch(1000, 6000)");
    expect(complaints(await verify(guard))).to.deep.equal([]);
  });

  it("finds a guard whose verifiers accept everything", async () => {
    const guard = await LocalGuard.deploy(hasher, "accepting");
    expect(complaints(await verify(guard))).to.deep.equal([
      "head: key.OracleRound: the contract names the key that the circuit's build gives",
      "head: key.OracleRound.code: the contract's code holds every number of the key",
      "head: key.MarginBatch: the contract names the key that the circuit's build gives",
      "head: key.MarginBatch.code: the contract's code holds every number of the key",
    ]);
  });

  it("reads a history of more blocks than an endpoint lists at once", async () => {
    const guard = await LocalGuard.deploy(hasher);
    await guard.deposit(0, 1_000n);
    await chain.send("hardhat_mine", ["0x1388"]);
    await guard.settle(1);
    const report = await verify(guard);
    expect(complaints(report)).to.deep.equal([]);
    expect(report.counts).to.deep.include({ batches: 1, operations: 1 });
  });

  it("cannot check a settlement through another contract", async () => {
    const guard = await LocalGuard.deploy(hasher);
    await guard.deposit(0, 1_000n);
    await guard.throughForwarder();
    await guard.settle(1);
    const report = await verify(guard);
    expect(report.status).to.equal("unknown");
    expect(complaints(report)[0]).to.match(
      /^batch from operation 0: chain.calldata: transaction 0x[0-9a-f]{64} does not call the guard directly$/,
    );
  });

  it("cannot check an address without a contract", async () => {
    const report = await verifyHistory({ provider: chain, guard: `0x${"12".repeat(20)}`, keys });
    expect(complaints(report)[0]).to.match(/^chain: chain.read: there is no contract at 0x1212/);
  });

  it("cannot check a contract that is no guard", async () => {
    const report = await verifyHistory({ provider: chain, guard: honest.at.token, keys });
    expect(report.status).to.equal("unknown");
  });

  it("cannot check without keys", async () => {
    const report = await verifyHistory({ provider: chain, guard: honest.at.guard, keys: null });
    expect(report.status).to.equal("unknown");
  });

  describe("when the endpoint fails", () => {
    const methods = [
      "eth_chainId",
      "eth_blockNumber",
      "eth_getBlockByNumber",
      "eth_getLogs",
      "eth_getTransactionByHash",
      "eth_getTransactionReceipt",
      "eth_call",
      "eth_getCode",
    ];
    for (const method of methods) {
      it(`cannot check when ${method} throws, now or later`, async () => {
        for (const from of [0, 1]) {
          const broken = faulty(chain, method, (answer, call) => {
            if (call >= from) throw new Error("connection reset");
            return answer;
          });
          const report = await verify(honest, broken);
          if (from === 1 && ["eth_chainId", "eth_blockNumber"].includes(method)) continue; // asked once
          expect(report.status).to.equal("unknown");
          expect(complaints(report)[0]).to.include(`${method} failed: connection reset`);
        }
      });

      for (const garbage of [null, "<html>502</html>", {}, "0xzz"]) {
        it(`cannot check when ${method} answers ${JSON.stringify(garbage)}`, async () => {
          const report = await verify(
            honest,
            faulty(chain, method, () => garbage),
          );
          expect(report.status).to.equal("unknown");
        });
      }
    }
  });

  describe("when the endpoint lies", () => {
    interface Lie {
      readonly title: string;
      readonly method: string;
      readonly fault: Fault;
      readonly complaint: RegExp;
    }
    const list = (answer: unknown) => answer as Record<string, unknown>[];
    const lies: readonly Lie[] = [
      {
        title: "a log of another block hash",
        method: "eth_getLogs",
        fault: (a) => list(a).map((log) => fields(log, { blockHash: ZERO_HASH })),
        complaint: /the block of that number has another hash/,
      },
      {
        title: "a log of another contract",
        method: "eth_getLogs",
        fault: (a) => list(a).map((log) => fields(log, { address: `0x${"11".repeat(20)}` })),
        complaint: /was not asked for/,
      },
      {
        title: "a log with other data",
        method: "eth_getLogs",
        fault: (a) => list(a).map((log) => fields(log, { data: "0x" })),
        complaint: /its receipt does not hold it/,
      },
      {
        title: "logs in another order",
        method: "eth_getLogs",
        fault: (a) => list(a).toReversed(),
        complaint: /out of order or twice/,
      },
      {
        title: "logs twice",
        method: "eth_getLogs",
        fault: (a) => list(a).flatMap((log) => [log, log]),
        complaint: /out of order or twice/,
      },
      {
        title: "a list of logs without the last",
        method: "eth_getLogs",
        fault: (a) => list(a).slice(0, -1),
        complaint: /the endpoint lists .* but its contracts count|leaves out log/,
      },
      {
        title: "a list of logs without the first",
        method: "eth_getLogs",
        fault: (a, call) => (call === 0 ? list(a).slice(1) : a),
        complaint: /the guard has 0 Genesis events/,
      },
      {
        title: "a list of logs without one in the middle",
        method: "eth_getLogs",
        fault: (a, call) => (call === 0 ? list(a).filter((_, i) => i !== 2) : a),
        complaint: /the endpoint lists .* but its contracts count|leaves out log/,
      },
      { title: "no logs", method: "eth_getLogs", fault: () => [], complaint: /the guard has 0 Genesis events/ },
      {
        title: "a failed transaction",
        method: "eth_getTransactionReceipt",
        fault: (a) => fields(a, { status: "0x0" }),
        complaint: /its transaction failed/,
      },
      {
        title: "a receipt of another block",
        method: "eth_getTransactionReceipt",
        fault: (a) => fields(a, { blockHash: ZERO_HASH }),
        complaint: /its receipt is of another block/,
      },
      {
        title: "a block of another hash",
        method: "eth_getBlockByNumber",
        fault: (a, call) => (call === 1 ? fields(a, { hash: ZERO_HASH }) : a),
        complaint: /the block of that number has another hash/,
      },
      {
        title: "a head that is replaced meanwhile",
        method: "eth_getBlockByNumber",
        fault: (a, _, [number]) => (number === headSeen(number) ? fields(a, { hash: ZERO_HASH }) : a),
        complaint: /was replaced while it was read/,
      },
      {
        title: "other calldata",
        method: "eth_getTransactionByHash",
        fault: (a) => fields(a, { input: "0x00" }),
        complaint: /does not have that hash/,
      },
      {
        title: "another target",
        method: "eth_getTransactionByHash",
        fault: (a) => fields(a, { to: `0x${"11".repeat(20)}` }),
        complaint: /does not have that hash/,
      },
      {
        title: "another transaction",
        method: "eth_getTransactionByHash",
        fault: (a) => fields(a, { hash: ZERO_HASH }),
        complaint: /is another one/,
      },
      { title: "no code", method: "eth_getCode", fault: () => "0x", complaint: /there is no contract/ },
    ];
    const seen = new Set<unknown>();
    /** The block when it is asked for the second time. */
    const headSeen = (number: unknown) => {
      if (seen.has(number)) return number;
      seen.add(number);
      return null;
    };

    for (const { title, method, fault, complaint } of lies) {
      it(`cannot check when it shows ${title}`, async () => {
        seen.clear();
        const report = await verify(honest, faulty(chain, method, fault));
        expect(complaints(report)[0]).to.match(complaint);
        expect(report.status).to.equal("unknown");
      });
    }

    it("cannot check when it leaves out any single log", async () => {
      const sizes: number[] = [];
      await verify(
        honest,
        faulty(chain, "eth_getLogs", (answer) => {
          sizes.push(list(answer).length);
          return answer;
        }),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).to.equal(14); // seven of the guard, seven of the engine
      for (const [asked, size] of sizes.entries()) {
        for (let left = 0; left < size; left++) {
          const without = (answer: unknown, call: number) =>
            call === asked ? list(answer).filter((_, index) => index !== left) : answer;
          const report = await verify(honest, faulty(chain, "eth_getLogs", without));
          expect(report.status, `log ${left} of list ${asked}`).to.equal("unknown");
        }
      }
    });

    it("never says that a history holds when one answer is another history's", async () => {
      const other = await LocalGuard.deploy(hasher);
      await other.live();
      const swap = (text: string) =>
        text.replaceAll(honest.at.guard.slice(2).toLowerCase(), other.at.guard.slice(2).toLowerCase());
      const provider: RpcProvider = {
        send: (method, params) =>
          chain.send(method, method === "eth_call" ? JSON.parse(swap(JSON.stringify(params).toLowerCase())) : params),
      };
      expect((await verify(honest, provider)).status).not.to.equal("holds");
    });
  });
});
