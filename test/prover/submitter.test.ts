import { expect } from "chai";
import { Interface } from "ethers";
import { network } from "hardhat";
import { createChainClient } from "../../prover/chain/client.ts";
import { RpcUnreachableError } from "../../prover/chain/rpcErrors.ts";
import type { Transport } from "../../prover/chain/transport.ts";
import { InsufficientFundsError, NonceTakenError, SubmissionRevertedError } from "../../prover/settle/errors.ts";
import { DEFAULT_FEES, firstFees, raisedFees } from "../../prover/settle/fees.ts";
import { describeRevert } from "../../prover/settle/revert.ts";
import { createSigner } from "../../prover/settle/signer.ts";
import { createSubmitter, type Submitter } from "../../prover/settle/submitter.ts";
import { openStore, type Store } from "../../prover/store/store.ts";
import { IDENTITY, RING } from "./support/storeFixture.ts";

/** First account of the public test mnemonic. */
const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
/** Stores 1 when it is called for the first time and reverts after that. */
const ONCE = "0x601280600b6000396000f3600054600c57600160005500" + "5b60006000fd";

type Provider = Awaited<ReturnType<typeof network.create>>["provider"];

describe("createSubmitter", function () {
  this.timeout(600_000);
  let provider: Provider;
  let store: Store;
  let contract: string;
  let done: boolean;
  /** Misbehaviour of the connection, per method: before or after the node has acted. */
  let fault: { before?: (method: string) => void; after?: (method: string) => void };
  const stuck: string[] = [];

  const transport: Transport = {
    label: "hardhat",
    async send(method, params) {
      fault.before?.(method);
      const answer: unknown = await provider.request({ method, params: [...params] });
      fault.after?.(method);
      return answer;
    },
  };
  const client = createChainClient(transport, { attempts: 3, baseMs: 0, ceilingMs: 0, random: () => 0 });
  const submitterOf = (fees = DEFAULT_FEES, key = KEY): Submitter =>
    createSubmitter({
      client,
      submissions: store.submissions,
      signer: createSigner(key, 31337n),
      fees,
      pollMs: 1,
      interfaces: [],
      onStuck: ({ hash }) => stuck.push(hash),
    });
  const intent = () => ({ purpose: "first", to: contract, data: "0x01" });
  const isDone = async () => done;
  const request = (method: string, ...params: unknown[]): Promise<unknown> => provider.request({ method, params });
  const sender = createSigner(KEY, 31337n).address;
  const nonce = async () => Number(await request("eth_getTransactionCount", sender, "latest"));
  const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => null,
      (error: unknown) => error,
    );

  beforeEach(async () => {
    ({ provider } = await network.create());
    fault = {};
    done = false;
    stuck.length = 0;
    store = openStore(":memory:", IDENTITY, RING);
    const hash = await request("eth_sendTransaction", { from: sender, data: ONCE });
    contract = ((await request("eth_getTransactionReceipt", hash)) as { contractAddress: string }).contractAddress;
  });
  afterEach(async () => {
    store.close();
  });

  it("sends what the contract accepts and closes it", async () => {
    const before = await nonce();
    const outcome = await submitterOf().submit(intent(), isDone);
    expect(outcome).to.include({ status: "mined" });
    expect(await nonce()).to.equal(before + 1);
    expect(store.submissions.open()).to.deep.equal([]);
  });

  it("pays nothing for what somebody else has done", async () => {
    await submitterOf().submit(intent(), isDone);
    const before = await nonce();
    done = true;
    expect(await submitterOf().submit(intent(), isDone)).to.deep.equal({ status: "obsolete" });
    expect(await nonce()).to.equal(before);
  });

  it("names a revert that nobody else explains", async () => {
    await submitterOf().submit(intent(), isDone);
    const failure = await failureOf(submitterOf().submit({ ...intent(), purpose: "second" }, isDone));
    expect(failure).to.be.instanceOf(SubmissionRevertedError).and.have.property("purpose", "second");
  });

  it("says that the account cannot pay", async () => {
    const poor = `0x${"11".repeat(32)}`;
    expect(await failureOf(submitterOf(DEFAULT_FEES, poor).submit(intent(), isDone))).to.be.instanceOf(
      InsufficientFundsError,
    );
    expect(store.submissions.open()).to.deep.equal([]);
  });

  it("takes submissions of one account one after the other", async () => {
    const submitter = submitterOf();
    const before = await nonce();
    const outcomes = await Promise.allSettled([submitter.submit(intent(), isDone), submitter.submit(intent(), isDone)]);
    expect(outcomes.map((outcome) => outcome.status)).to.deep.equal(["fulfilled", "rejected"]);
    expect(await nonce()).to.equal(before + 1);
  });

  describe("when the reply to a broadcast is lost", () => {
    it("finds the transaction by its hash and sends nothing twice", async () => {
      let lost = 0;
      fault.after = (method) => {
        if (method !== "eth_sendRawTransaction") return;
        lost++;
        throw new RpcUnreachableError(method, "connection reset");
      };
      const before = await nonce();
      expect(await submitterOf().submit(intent(), isDone)).to.include({ status: "mined" });
      expect(lost).to.equal(1);
      expect(await nonce()).to.equal(before + 1);
    });
  });

  describe("when the service dies", () => {
    /** Stops the submitter at the first call of a method, before or after the node has acted. */
    async function dieAt(when: "before" | "after"): Promise<void> {
      const death = new Error("killed");
      fault[when] = (method) => {
        if (method === "eth_sendRawTransaction") throw death;
      };
      const stop = new AbortController();
      const submitting = failureOf(submitterOf().submit(intent(), isDone, stop.signal));
      while (store.submissions.open().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setTimeout(resolve, 50));
      stop.abort();
      await submitting;
      fault = {};
    }

    it("sends the same bytes again when they never left", async () => {
      await request("evm_setAutomine", false); // so that the aborted run cannot see a receipt
      await dieAt("before");
      const [left] = store.submissions.open();
      await request("evm_setAutomine", true);
      await submitterOf().recover();
      expect(store.submissions.open()).to.deep.equal([]);
      expect(await client.receipt(left!.hash)).to.include({ status: 1 });
    });

    it("finds them mined when they did", async () => {
      await request("evm_setAutomine", false);
      await dieAt("after");
      const [left] = store.submissions.open();
      await request("evm_mine");
      let broadcasts = 0;
      fault.before = (method) => {
        if (method === "eth_sendRawTransaction") broadcasts++;
      };
      await submitterOf().recover();
      expect(await client.receipt(left!.hash)).to.include({ status: 1 });
      expect(broadcasts).to.equal(0);
    });

    it("drops what never left and is obsolete by now", async () => {
      await request("evm_setAutomine", false);
      await dieAt("before");
      await request("evm_setAutomine", true);
      await request("eth_sendTransaction", { from: (await accounts())[1], to: contract });
      const before = await nonce();
      await submitterOf().recover();
      expect(store.submissions.open()).to.deep.equal([]);
      expect(await nonce()).to.equal(before);
    });

    const accounts = async () => (await request("eth_accounts")) as string[];
  });

  describe("when a reorganisation takes its transaction out", () => {
    it("sends the same bytes again", async () => {
      const snapshot = await request("evm_snapshot");
      const first = await submitterOf().submit(intent(), isDone);
      await request("evm_revert", snapshot);
      expect(await submitterOf().submit(intent(), isDone)).to.deep.equal(first);
      expect(store.submissions.open()).to.deep.equal([]);
    });
  });

  describe("when the transaction is not mined", () => {
    it("raises the offer for the same nonce by at least an eighth, up to the cap, and says when it is stuck", async () => {
      await request("evm_setAutomine", false);
      const policy = { priorityWei: 1_000_000_000n, maxFeeWei: 4_000_000_000n, bumpAfterMs: 5 };
      const before = await nonce();
      const submitting = submitterOf(policy).submit(intent(), isDone);
      while (stuck.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const tries = store.submissions.open();
      expect(tries.length).to.be.greaterThan(1);
      for (const [index, next] of tries.slice(1).entries()) {
        expect(next.nonce).to.equal(before);
        expect(next.maxFee * 8n >= tries[index]!.maxFee * 9n).to.equal(true);
        expect(next.priorityFee * 8n >= tries[index]!.priorityFee * 9n).to.equal(true);
        expect(next.maxFee <= policy.maxFeeWei).to.equal(true);
      }
      await request("evm_mine");
      expect(await submitting).to.include({ status: "mined" });
      expect(await nonce()).to.equal(before + 1);
    });

    it("names a nonce that another program used with the same key", async () => {
      await request("evm_setAutomine", false);
      fault.before = (method) => {
        if (method === "eth_sendRawTransaction") throw new RpcUnreachableError(method, "connection reset");
      };
      const submitting = failureOf(submitterOf().submit(intent(), isDone));
      while (store.submissions.open().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      await request("eth_sendTransaction", { from: sender, to: sender });
      await request("evm_mine");
      expect(await submitting).to.be.instanceOf(NonceTakenError);
      expect(store.submissions.open()).to.deep.equal([]);
    });
  });
});

describe("raisedFees", () => {
  const policy = { priorityWei: 10n, maxFeeWei: 1000n, bumpAfterMs: 0 };
  it("raises both parts by an eighth, rounded up, or more when the base fee asks for it", () => {
    expect(raisedFees({ maxFee: 100n, priorityFee: 10n }, 1n, policy)).to.deep.equal({
      maxFee: 113n,
      priorityFee: 12n,
    });
    expect(raisedFees({ maxFee: 100n, priorityFee: 10n }, 200n, policy)).to.deep.equal({
      maxFee: 410n,
      priorityFee: 12n,
    });
  });
  it("stops at the cap", () => {
    expect(firstFees(10_000n, policy)).to.deep.equal({ maxFee: 1000n, priorityFee: 10n });
    expect(raisedFees({ maxFee: 888n, priorityFee: 10n }, 0n, policy)).to.deep.equal({
      maxFee: 999n,
      priorityFee: 12n,
    });
    expect(raisedFees({ maxFee: 889n, priorityFee: 10n }, 0n, policy)).to.equal(null);
  });
});

describe("describeRevert", () => {
  const known = new Interface(["error BatchAlreadyProven(uint256 claimedFirst, uint256 settled)"]);
  for (const { bytes, text } of [
    { bytes: known.encodeErrorResult("BatchAlreadyProven", [3n, 5n]), text: "BatchAlreadyProven(3, 5)" },
    { bytes: new Interface(["error Error(string)"]).encodeErrorResult("Error", ["no"]), text: "Error(no)" },
    { bytes: "0xdeadbeef", text: "an unknown error 0xdeadbeef" },
    { bytes: "0x", text: "without a reason" },
    { bytes: null, text: "without a reason" },
  ]) {
    it(`says "${text}"`, () => expect(describeRevert(bytes, [known])).to.equal(text));
  }
});
