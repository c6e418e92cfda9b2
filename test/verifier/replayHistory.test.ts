import { expect } from "chai";
import { checkGenesis } from "../../verifier/check/genesis.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { History, HistoryRecord } from "../../verifier/replay/history.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import type { VerdictReport } from "../../verifier/replay/report.ts";
import { edit, editRound, editStored } from "./helpers/edit.ts";
import { honestHistory } from "./helpers/histories.ts";
import { KEYS } from "./helpers/syntheticHistory.ts";
import { batchLies } from "./lies/batchLies.ts";
import { genesisLies } from "./lies/genesisLies.ts";
import { otherLies } from "./lies/otherLies.ts";
import { roundLies } from "./lies/roundLies.ts";
import { storedLies } from "./lies/storedLies.ts";

const keys = { OracleRound: KEYS.OracleRound.key, MarginBatch: KEYS.MarginBatch.key };

/** All findings that do not hold, as "entry: check: invariant or error". */
function complaints(report: VerdictReport): readonly string[] {
  return report.entries.flatMap(({ what, findings }) =>
    findings.flatMap(({ check, verdict }) => {
      if (verdict.status === "holds") return [];
      return [
        `${what}: ${check}: ${verdict.status === "violated" ? verdict.invariant : `could not check: ${verdict.cause.message}`}`,
      ];
    }),
  );
}

const isNotAboutKeys = (complaint: string) => !complaint.endsWith("no verification key was given");

describe("replayHistory", () => {
  let hasher: Hasher;
  let honest: History;
  before(async () => {
    hasher = await createHasher();
    honest = honestHistory(hasher).build();
  });
  const replay = (history: History) => replayHistory(history, hasher, keys);
  /** Pairings and signatures are most of the work: only lies about proofs and keys need the keys. */
  const replayLie = (history: History, complaint: string) =>
    replayHistory(history, hasher, /proof|key/.test(complaint) ? keys : null);

  it("finds that an honest history holds", () => {
    const report = replay(honest);
    expect(complaints(report)).to.deep.equal([]);
    expect(report.status).to.equal("holds");
    expect(report.counts).to.deep.include({ rounds: 6, batches: 3, operations: 7, claims: 2 });
  });

  it("says what was nullified, how wide the margin is and what still waits", () => {
    const notes = replay(honest).entries.flatMap((entry) => entry.notes);
    expect(notes).to.include("nullified: malformed, unauthorised");
    expect(notes).to.include("buffer of market 0: 870 bps");
    expect(notes).to.include("1 operations wait for their proof");
  });

  it("cannot check proofs without a key", () => {
    const report = replayHistory(honest, hasher, null);
    expect(report.status).to.equal("unknown");
    expect(
      new Set(
        report.entries.flatMap(({ findings }) =>
          findings.filter((f) => f.verdict.status !== "holds").map((f) => f.check),
        ),
      ),
    ).to.deep.equal(new Set(["round.proof", "batch.proof", "key.OracleRound", "key.MarginBatch"]));
  });

  for (const { name, lies } of [
    { name: "genesis", lies: genesisLies },
    { name: "a round", lies: roundLies },
    { name: "a batch", lies: batchLies },
    { name: "the log or a payment", lies: otherLies },
    { name: "the stored state", lies: storedLies },
  ]) {
    describe(`when ${name} lies`, () => {
      for (const { title, change, at = 0, complaint } of lies) {
        it(`finds ${title}`, () => {
          const report = replayLie(change(honest, hasher), complaint);
          expect(complaints(report).filter(isNotAboutKeys)[at]).to.equal(complaint);
          expect(report.status).to.equal("violated");
        });
      }
    });
  }

  it("makes no check that no lie of this file fails", () => {
    const made = replay(honest).entries.flatMap(({ findings }) => findings.map(({ check }) => check));
    const lies = [...genesisLies, ...roundLies, ...batchLies, ...otherLies, ...storedLies];
    const failed = new Set(lies.map(({ complaint }) => complaint.split(": ")[1] ?? ""));
    const tested = (check: string) => failed.has(check) || /^solvency\.|\.setup$|\.void$/.test(check); // solvency.test.ts; below; replayRollback.test.ts
    expect([...new Set(made)].filter((check) => !tested(check))).to.deep.equal([]);
  });

  it("accepts a vault that holds exactly what is owed", () => {
    expect(replay(editStored(honest, { vaultBalance: 60_000n + 90_000n - 5_000n + 777n })).status).to.equal("holds");
  });

  it("finds a development key on a public chain", () => {
    const report = replay({ ...honest, chainId: 1n });
    expect(complaints(report)).to.include("head: key.OracleRound.setup: a development key stays on a local chain");
  });

  it("judges nothing that builds on what did not hold", () => {
    const report = replay(editRound(honest, 3, { newOracleRoot: 7n }));
    expect(complaints(report)).to.deep.equal([
      "round 4: round.newOracleRoot: the oracle root is the one that the reports force",
      "round 4: round.event: the event repeats the calldata, element 2",
      "round 4: round.proof: the proof proves the claimed signals",
      "payment of claim 0: payment: could not check: it builds on block 14, which did not hold or could not be read",
      "round 5: round: could not check: it builds on block 14, which did not hold or could not be read",
      "round 6: round: could not check: it builds on block 14, which did not hold or could not be read",
      "operation 6: operation: could not check: it builds on block 14, which did not hold or could not be read",
      "head: stored: could not check: the replay stopped at block 14",
    ]);
  });

  it("goes on after a bad proof, because the values are known without it", () => {
    const report = replay(
      edit(honest, "batch", 0, (record) => ({ ...record, proof: { ...record.proof, c: [1n, 2n] } })),
    );
    expect(complaints(report)).to.deep.equal([
      "batch of operations 0 to 1: batch.proof: the proof proves the claimed signals",
    ]);
  });

  it("cannot check what follows a transaction that it cannot read", () => {
    const report = replay(
      edit(
        honest,
        "batch",
        1,
        ({ place }): HistoryRecord => ({
          kind: "unreadable",
          place,
          what: "batch",
          cause: new Error("through another contract"),
        }),
      ),
    );
    expect(report.status).to.equal("unknown");
    expect(complaints(report)[0]).to.equal("batch: chain.calldata: could not check: through another contract");
  });

  it("cannot check what the model cannot take", () => {
    let calls = 0;
    const counting: Hasher = {
      hash: (inputs) => {
        calls += 1;
        return hasher.hash(inputs);
      },
    };
    checkGenesis(counting, honest.genesis);
    let left = calls;
    const failing: Hasher = {
      hash: (inputs) => {
        if (left-- <= 0) throw new Error("out of memory");
        return hasher.hash(inputs);
      },
    };
    const report = replayHistory(honest, failing, keys);
    expect(report.status).to.equal("unknown");
    expect(complaints(report)[0]).to.equal("batch: replay.model: could not check: out of memory");
  });
});
