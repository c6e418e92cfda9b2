import { expect } from "chai";
import { getAddress, id, keccak256 } from "ethers";
import { bloomMayContain } from "../../prover/chain/bloom.ts";
import { createChainClient } from "../../prover/chain/client.ts";
import { GUARD } from "../../prover/chain/events.ts";
import { retrying } from "../../prover/chain/retry.ts";
import { findRoundWords, RoundWordsError } from "../../prover/chain/roundWords.ts";
import { classifyRpcError, RpcBusyError, RpcRefusedError, RpcUnreachableError } from "../../prover/chain/rpcErrors.ts";
import { httpTransport } from "../../prover/chain/transport.ts";
import { AbortedError } from "../../prover/errors.ts";
import { type Mischief, startRpcBridge } from "./support/rpcBridge.ts";

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("classifyRpcError", () => {
  for (const { raw, family } of [
    { raw: { code: -32005, message: "limit exceeded" }, family: RpcBusyError },
    { raw: { code: -32603, message: "internal error" }, family: RpcBusyError },
    { raw: { code: 0, message: "Too many requests" }, family: RpcBusyError },
    { raw: { code: -32000, message: "header not found" }, family: RpcBusyError },
    { raw: { code: -32000, message: "nonce too low" }, family: RpcRefusedError },
    { raw: { code: 3, message: "execution reverted" }, family: RpcRefusedError },
    { raw: { code: -32603, message: "VM Exception: reverted with custom error" }, family: RpcRefusedError },
    { raw: { code: -32603, message: "x", data: "0x12345678" }, family: RpcRefusedError },
    { raw: { code: -32602, message: "invalid params" }, family: RpcRefusedError },
    { raw: null, family: RpcRefusedError },
  ]) {
    it(`sorts ${JSON.stringify(raw)}`, () => expect(classifyRpcError("m", raw)).to.be.instanceOf(family));
  }

  it("finds revert data wherever a node puts it", () => {
    for (const data of ["0xabcd", { data: "0xabcd" }, { result: "0xabcd" }, { data: { data: "0xabcd" } }]) {
      expect(classifyRpcError("m", { code: 3, message: "x", data })).to.have.property("revertBytes", "0xabcd");
    }
  });
});

describe("retrying", () => {
  const policy = { attempts: 3, baseMs: 0, ceilingMs: 0, random: () => 0 };
  const failing = (times: number, error: Error) => {
    let left = times;
    return async () => {
      if (left-- > 0) throw error;
      return "done";
    };
  };
  const passing = new RpcUnreachableError("m", "no answer");
  const final = new RpcRefusedError("m", 3, "reverted", null);

  it("repeats what may pass, as often as allowed", async () => {
    expect(await retrying(failing(2, passing), policy)).to.equal("done");
    expect(await failureOf(retrying(failing(3, passing), policy))).to.equal(passing);
  });
  it("repeats nothing else", async () => {
    expect(await failureOf(retrying(failing(1, final), policy))).to.equal(final);
    expect(await failureOf(retrying(failing(1, new TypeError("x")), policy))).to.be.instanceOf(TypeError);
  });
  it("stops waiting when it is told to", async () => {
    const stop = new AbortController();
    const waiting = failureOf(
      retrying(failing(9, passing), { ...policy, baseMs: 60_000, ceilingMs: 60_000, random: () => 1 }, stop.signal),
    );
    setTimeout(() => stop.abort(), 5);
    expect(await waiting).to.be.instanceOf(AbortedError);
  });
});

describe("httpTransport", () => {
  let kind: Mischief;
  let bridge: Awaited<ReturnType<typeof startRpcBridge>>;
  let answers: number;
  before(async () => {
    const node = {
      label: "node",
      send: async (method: string) => {
        answers++;
        return method === "slow" ? new Promise(() => {}) : "0x1";
      },
    };
    bridge = await startRpcBridge(node, () => kind);
  });
  beforeEach(() => {
    kind = "none";
    answers = 0;
  });
  after(() => bridge.close());
  const send = (method: string, { timeoutMs = 60_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    httpTransport(bridge.url, { timeoutMs }).send(method, [], signal);

  it("gives the result", async () => expect(await send("fast")).to.equal("0x1"));

  for (const bad of ["drop", "error 500", "html", "truncated", "lost reply"] as const) {
    it(`calls "${bad}" unreachable, and does not repeat the call by itself`, async () => {
      kind = bad;
      expect(await failureOf(send("fast"))).to.be.instanceOf(RpcUnreachableError);
      expect(answers).to.be.lessThan(2);
    });
  }
  it("calls a rate limit busy", async () => {
    kind = "busy";
    expect(await failureOf(send("fast"))).to.be.instanceOf(RpcBusyError);
  });
  it("gives up after its time, and at once when it is told to", async () => {
    expect(await failureOf(send("slow", { timeoutMs: 200 }))).to.be.instanceOf(RpcUnreachableError);
    const stop = new AbortController();
    const waiting = failureOf(send("slow", { signal: stop.signal }));
    stop.abort();
    expect(await waiting).to.be.instanceOf(AbortedError);
  });
  it("shows no path or key of its URL", () => {
    expect(httpTransport("https://node.example/v3/secret").label).to.equal("node.example");
  });
});

describe("bloomMayContain", () => {
  /** A filter built bit by bit, the slow way. */
  function filterOf(values: readonly string[]): string {
    let bits = 0n;
    for (const value of values) {
      const digest = keccak256(value).slice(2);
      for (const pair of [0, 1, 2]) bits |= 1n << (BigInt(`0x${digest.slice(4 * pair, 4 * pair + 4)}`) & 2047n);
    }
    return `0x${bits.toString(16).padStart(512, "0")}`;
  }
  const values = Array.from({ length: 40 }, (_, index) => keccak256(`0x${index.toString(16).padStart(2, "0")}`));

  it("admits everything that was put in", () => {
    const filter = filterOf(values);
    for (const value of values) expect(bloomMayContain(filter, value)).to.equal(true);
  });
  it("agrees with the filter of one value on all others", () => {
    for (const value of values.slice(1)) {
      const alone = filterOf([value]);
      expect(bloomMayContain(alone, values[0]!)).to.equal(filterOf([value, values[0]!]) === alone);
    }
  });
});

describe("findRoundWords", () => {
  const words = Array.from({ length: 16 }, (_, index) => BigInt(index));
  const proof = {
    a: [1n, 2n],
    b: [
      [1n, 2n],
      [3n, 4n],
    ],
    c: [1n, 2n],
  };
  const update = { round: 1n, timestamp: 2n, newOracleRoot: 3n, dataCommitment: 4n };
  const call = GUARD.encodeFunctionData("submitRound", [update, words, [7n, 8n], proof]);
  const hash = id("transaction");
  const clientFor = (input: string) =>
    createChainClient({
      label: "one transaction",
      send: async () => ({
        hash,
        nonce: "0x1",
        from: getAddress(`0x${"01".repeat(20)}`),
        to: null,
        input,
        blockHash: null,
        blockNumber: null,
      }),
    });

  it("reads a direct call", async () => expect(await findRoundWords(clientFor(call), hash)).to.deep.equal([words]));

  it("reads a call inside the call of another contract, and takes the selector's bytes elsewhere for another candidate", async () => {
    const selector = call.slice(2, 10);
    const wrapped = `0xdeadbeef${selector}${"00".repeat(60)}${call.slice(2)}${selector}`;
    expect(await findRoundWords(clientFor(wrapped), hash)).to.deep.include(words);
  });

  it("says when there is none", async () => {
    expect(await failureOf(findRoundWords(clientFor("0xdeadbeef"), hash))).to.be.instanceOf(RoundWordsError);
  });
});
