import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { StoreCorruptError, StoreIdentityError } from "../../prover/store/errors.ts";
import { proofKey } from "../../prover/store/proofs.ts";
import { openStore, type Store } from "../../prover/store/store.ts";
import { emptyAccount } from "../../verifier/model/account.ts";
import { seeded } from "./support/fakeChain.ts";
import { IDENTITY, RING } from "./support/storeFixture.ts";

const words = (first: bigint): readonly bigint[] => [first, ...new Array<bigint>(8).fill(-5n)];

/** A store with one block per number, an operation and a version in each. */
function fill(store: Store, blocks: number): void {
  for (let number = 1; number <= blocks; number++) {
    store.transaction(() => {
      store.blocks.append({ number, hash: `h${number}`, parentHash: `h${number - 1}` });
      store.operations.append({
        position: number - 1,
        blockNumber: number,
        words: words(BigInt(number)),
        head: `0x${number}`,
      });
      store.rounds.append({
        round: number,
        blockNumber: number,
        oracleWords: [1n],
        oracleRoot: BigInt(number),
        nextTvl: 0n,
      });
      store.versions.append(
        {
          settled: number,
          blockNumber: number,
          provenAt: 12 * number,
          stateRoot: 7n,
          sumQuote: -1n,
          insurance: 0n,
          markets: [0n],
          liabilities: 0n,
        },
        new Map([[number % 3, { ...emptyAccount(2), quote: -BigInt(number), lanes: [1n, 2n, 3n, 4n] }]]),
      );
    });
  }
}

describe("openStore", function () {
  this.timeout(600_000);
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "homeostat-store-"));
    path = join(folder, "prover.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("gives back what was written, after it was closed and opened again", () => {
    const store = openStore(path, IDENTITY, RING);
    fill(store, 3);
    store.close();
    const again = openStore(path, IDENTITY, RING);
    expect(again.operations.from(1, 9).map((operation) => operation.words[0])).to.deep.equal([2n, 3n]);
    expect(again.operations.count()).to.equal(3);
    expect(again.rounds.get(2)?.oracleRoot).to.equal(2n);
    expect(again.versions.last()?.sumQuote).to.equal(-1n);
    expect(again.blocks.ring().map((link) => link.number)).to.deep.equal([1, 2, 3]);
    again.close();
  });

  it("knows every account as of any version", () => {
    const store = openStore(":memory:", IDENTITY, RING);
    fill(store, 7);
    const quotesAt = (settled: number) =>
      Object.fromEntries([...store.versions.accountsAt(settled, 2)].map(([index, account]) => [index, account.quote]));
    expect(quotesAt(7)).to.deep.equal({ 0: -6n, 1: -7n, 2: -5n });
    expect(quotesAt(4)).to.deep.equal({ 0: -3n, 1: -4n, 2: -2n });
    expect([...store.versions.accountsAt(7, 2)][0]?.[1].lanes).to.deep.equal([1n, 2n, 3n, 4n]);
  });

  it("forgets everything above the ancestor, and keeps proofs and submissions", () => {
    const store = openStore(":memory:", IDENTITY, RING);
    fill(store, 7);
    const proof = {
      a: [1n, 2n],
      b: [
        [3n, 4n],
        [5n, 6n],
      ],
      c: [7n, 8n],
    } as const;
    store.proofs.put("key", "MarginBatch", { proof, publicSignals: [9n] });
    store.submissions.append({ purpose: "key", hash: "0x1", nonce: 4, raw: "0x02", maxFee: 5n, priorityFee: 1n });
    store.rewindTo(4);
    expect(store.operations.count()).to.equal(4);
    expect(store.rounds.last()?.round).to.equal(4);
    expect(store.versions.last()?.settled).to.equal(4);
    expect([...store.versions.accountsAt(99, 2)].map(([, account]) => account.quote)).to.deep.equal([-3n, -4n, -2n]);
    expect(store.blocks.ring().at(-1)?.number).to.equal(4);
    expect(store.proofs.get("key")).to.deep.equal({ proof, publicSignals: [9n] });
    expect(store.submissions.open().map((submission) => submission.nonce)).to.deep.equal([4]);
    store.submissions.close(4);
    expect(store.submissions.open()).to.deep.equal([]);
  });

  it("remembers as many blocks as the ring holds", () => {
    const store = openStore(":memory:", IDENTITY, RING);
    fill(store, RING + 5);
    expect(store.blocks.ring()).to.have.length(RING);
    expect(store.operations.count()).to.equal(RING + 5);
  });

  it("takes nothing of a transaction that fails", () => {
    const store = openStore(":memory:", IDENTITY, RING);
    fill(store, 2);
    const failing = () =>
      store.transaction(() => {
        store.blocks.append({ number: 3, hash: "h3", parentHash: "h2" });
        throw new Error("in the middle");
      });
    expect(failing).to.throw("in the middle");
    expect(store.blocks.ring()).to.have.length(2);
  });

  it("writes a proof once under one key and keeps the newest when it prunes", () => {
    const store = openStore(":memory:", IDENTITY, RING);
    const proof = {
      a: [1n, 2n],
      b: [
        [3n, 4n],
        [5n, 6n],
      ],
      c: [7n, 8n],
    } as const;
    for (const signal of [1n, 1n, 2n, 3n]) {
      store.proofs.put(proofKey("aa", [signal]), "OracleRound", { proof, publicSignals: [signal] });
    }
    store.proofs.prune(2);
    expect(store.proofs.get(proofKey("aa", [1n]))).to.equal(null);
    expect(store.proofs.get(proofKey("aa", [3n]))?.publicSignals).to.deep.equal([3n]);
    expect(proofKey("aa", [3n])).to.not.equal(proofKey("bb", [3n]));
  });

  for (const [field, other] of Object.entries({
    chainId: "1",
    guard: "0x00",
    profile: "large",
    roundCircuit: "cc",
    batchCircuit: "cc",
  })) {
    it(`refuses a database of another ${field}`, () => {
      openStore(path, IDENTITY, RING).close();
      expect(() => openStore(path, { ...IDENTITY, [field]: other }, RING))
        .to.throw(StoreIdentityError)
        .that.includes({ field, wanted: other });
      openStore(path, IDENTITY, RING).close();
    });
  }

  it("refuses a file that is not a database", () => {
    writeFileSync(path, "not a database, but long enough to be taken for one".repeat(100));
    expect(() => openStore(path, IDENTITY, RING)).to.throw(StoreCorruptError);
  });

  describe("when the process is killed", () => {
    it("loses no acknowledged block and tears none, at 25 seeded moments", async () => {
      const random = seeded(20_261_122);
      let acknowledged = 0;
      for (let run = 0; run < 25; run++) {
        acknowledged = (await killWriter(path, 1 + Math.floor(random() * 40))) ?? acknowledged;
        const store = openStore(path, IDENTITY, RING);
        const head = store.blocks.ring().at(-1)?.number ?? 0;
        // The one that was not acknowledged may be there: a further block, or two blocks dropped for the next one.
        expect(head).to.be.within(acknowledged - 2, acknowledged + 1);
        expect(store.operations.count(), "operations").to.equal(head);
        expect(store.versions.last()?.settled ?? 0, "versions").to.equal(head);
        const quotes = [...store.versions.accountsAt(head, 2)].map(([, account]) => account.quote);
        expect(quotes, "accounts").to.deep.equal(head === 0 ? [] : new Array(20).fill(BigInt(head)));
        store.close();
      }
    });
  });
});

/** Starts a writer, kills it after some acknowledgements at an arbitrary instruction. @returns the last acknowledged block */
async function killWriter(path: string, acknowledgements: number): Promise<number | null> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, "support/storeWriter.ts"), path], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((resolve) => writer.once("close", resolve));
  let heard = "";
  writer.stdout.on("data", (chunk: Buffer) => {
    heard += chunk.toString();
    if (heard.split("\n").length > acknowledgements) writer.kill("SIGKILL");
  });
  await ended;
  const last = heard.split("\n").slice(0, -1).at(-1);
  return last === undefined ? null : Number(last);
}
