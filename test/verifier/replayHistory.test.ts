import { expect } from "chai";
import { checkGenesis } from "../../verifier/check/genesis.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { History, HistoryRecord } from "../../verifier/replay/history.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import type { VerdictReport } from "../../verifier/replay/report.ts";
import { edit, editBatch, editGenesis, editRound, editStored, withElement } from "./helpers/edit.ts";
import { honestHistory, KEYS } from "./helpers/syntheticHistory.ts";

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
    expect(notes).to.include("buffer of market 0: 957 bps");
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

  interface Lie {
    readonly title: string;
    readonly change: (history: History) => History;
    /** The first complaint. */
    readonly complaint: string;
  }

  const genesisLies: readonly Lie[] = [
    {
      title: "a first state that is not empty",
      change: (h) => editGenesis(h, { stateRoot: h.genesis.stateRoot + 1n }),
      complaint: "genesis: genesis.stateRoot: the first state is empty",
    },
    {
      title: "an oracle root of other words",
      change: (h) => editGenesis(h, { oracleRoot: 5n }),
      complaint: "genesis: genesis.oracleRoot: the root commits to words and parameters",
    },
    {
      title: "a first price that the words do not fit",
      change: (h) => editGenesis(h, { oracleWords: withElement(h.genesis.oracleWords, 1, (w) => w + 1n) }),
      complaint: "genesis: genesis.oracleRoot: the root commits to words and parameters",
    },
    {
      title: "a first variance that nobody measured",
      change: (h) => editGenesis(h, { oracleWords: withElement(h.genesis.oracleWords, 2, (w) => w + 1n) }),
      complaint: "genesis: genesis.oracleRoot: the root commits to words and parameters",
    },
    {
      title: "a parameter out of its range",
      change: (h) => editGenesis(h, { oracleParameters: withElement(h.genesis.oracleParameters, 3, () => 4096n) }),
      complaint: "genesis: genesis.parameters: every parameter is in its range",
    },
    {
      title: "a discount beyond the margin",
      change: (h) => editGenesis(h, { marginParameters: withElement(h.genesis.marginParameters, 5, () => 60_000n) }),
      complaint: "genesis: genesis.parameters: every parameter is in its range",
    },
    {
      title: "a parameter too few",
      change: (h) => editGenesis(h, { marginParameters: h.genesis.marginParameters.slice(1) }),
      complaint: "genesis: genesis.parameters: the lists have the length of the profile",
    },
    {
      title: "sizes of no profile",
      change: (h) => editGenesis(h, { reporterKeys: h.genesis.reporterKeys.slice(2) }),
      complaint: "genesis: genesis.profile: the sizes are those of a profile",
    },
    {
      title: "a reporter key off the curve",
      change: (h) => editGenesis(h, { reporterKeys: withElement(h.genesis.reporterKeys, 0, (x) => x + 1n) }),
      complaint: "genesis: genesis.reporterKeys: every key is on the curve and of prime order",
    },
    {
      title: "one reporter in two slots",
      change: (h) =>
        editGenesis(h, {
          reporterKeys: [...h.genesis.reporterKeys.slice(0, 6), ...h.genesis.reporterKeys.slice(0, 2)],
        }),
      complaint: "genesis: genesis.reporterKeys: every reporter has a key of its own",
    },
    {
      title: "fewer reporters than a quorum",
      change: (h) => editGenesis(h, { reporterKeys: h.genesis.reporterKeys.map((x, i) => (i < 4 ? x : 0n)) }),
      complaint: "genesis: genesis.reporterKeys: a quorum of reporters exists",
    },
  ];

  const roundLies: readonly Lie[] = [
    {
      title: "a skipped round number",
      change: (h) => editRound(h, 1, { round: 3n }),
      complaint: "round 3: round.number: rounds follow one another",
    },
    {
      title: "another time",
      change: (h) => editRound(h, 1, { timestamp: h.head.time }),
      complaint: "round 2: round.timestamp: the time is the median of the counted reports",
    },
    {
      title: "another oracle root",
      change: (h) => editRound(h, 1, { newOracleRoot: 7n }),
      complaint: "round 2: round.newOracleRoot: the oracle root is the one that the reports force",
    },
    {
      title: "another commitment",
      change: (h) => editRound(h, 1, { dataCommitment: 7n }),
      complaint: "round 2: round.dataCommitment: the commitment is to the reports in the calldata",
    },
    {
      title: "another price word",
      change: (h) => edit(h, "round", 1, (r) => ({ ...r, priceWords: withElement(r.priceWords, 0, (w) => w + 1n) })),
      complaint: "round 2: round.priceWords: the price words are those that the reports force, element 0",
    },
    {
      title: "a changed report, whose signature fails",
      change: (h) => edit(h, "round", 1, (r) => ({ ...r, words: withElement(r.words, 0, (w) => w + (1n << 40n)) })),
      complaint: "round 2: round.quorum: a quorum of reporters signed newer reports",
    },
    {
      title: "a report too few",
      change: (h) => edit(h, "round", 1, (r) => ({ ...r, words: r.words.map((w, i) => (i < 4 ? 0n : w)) })),
      complaint: "round 2: round.quorum: a quorum of reporters signed newer reports",
    },
    {
      title: "a word above the field's order",
      change: (h) => edit(h, "round", 1, (r) => ({ ...r, words: withElement(r.words, 0, () => 1n << 255n) })),
      complaint: "round 2: round.words: the words make a round",
    },
    {
      title: "an event that says something else",
      change: (h) => edit(h, "round", 1, (r) => ({ ...r, event: { ...r.event, timestamp: 1n } })),
      complaint: "round 2: round.event: the event repeats the calldata, element 1",
    },
    {
      title: "a proof of something else",
      change: (h) => edit(h, "round", 1, (r) => ({ ...r, proof: { ...r.proof, a: [1n, 2n] } })),
      complaint: "round 2: round.proof: the proof proves the claimed signals",
    },
    {
      title: "a round left out",
      change: (h) => edit(h, "round", 0, () => null),
      complaint: "operation 2: operation.round: an operation carries the round in force when it was logged",
    },
  ];

  const batchLies: readonly Lie[] = [
    {
      title: "another state root",
      change: (h) => editBatch(h, 1, { newStateRoot: 7n }),
      complaint: "batch of operations 2 to 3: batch.newStateRoot: the state root is the one that the operations force",
    },
    {
      title: "an outcome that calls a valid operation invalid",
      change: (h) => editBatch(h, 1, { outcomeWord: 1n | (1n << 32n) }),
      complaint: "batch of operations 2 to 3: batch.outcomeWord: validity is a function of the log and the oracle",
    },
    {
      title: "a wider box",
      change: (h) => editBatch(h, 1, { box: 0n }),
      complaint: "batch of operations 2 to 3: batch.box: the box holds the tightest bound of every market and side",
    },
    {
      title: "smaller liabilities",
      change: (h) =>
        edit(h, "batch", 1, (r) => ({ ...r, update: { ...r.update, totalsWord: r.update.totalsWord - 1n } })),
      complaint:
        "batch of operations 2 to 3: batch.totalsWord: liabilities, insurance and deficit are those of the new state",
    },
    {
      title: "another loss index",
      change: (h) => editBatch(h, 1, { lossWord: 0n }),
      complaint: "batch of operations 2 to 3: batch.lossWord: the loss indices are those of the new state",
    },
    {
      title: "another commitment",
      change: (h) => editBatch(h, 1, { dataCommitment: 7n }),
      complaint: "batch of operations 2 to 3: batch.dataCommitment: the commitment is to the canonical words",
    },
    {
      title: "operations that were not logged",
      change: (h) =>
        edit(h, "batch", 1, (r) => ({
          ...r,
          operations: withElement(r.operations, 1, (w) => withElement(w, 1, (x) => x + 1n)),
        })),
      complaint: "batch of operations 2 to 3: batch.operations: the operations are those of the log, element 10",
    },
    {
      title: "operations in another order",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, operations: r.operations.toReversed() })),
      complaint: "batch of operations 2 to 3: batch.operations: the operations are those of the log, element 0",
    },
    {
      title: "a skipped operation",
      change: (h) => editBatch(h, 1, { firstOperation: 3n }),
      complaint: "batch of operations 3 to 4: batch.firstOperation: no operation is skipped or settled twice",
    },
    {
      title: "a batch left out",
      change: (h) => edit(h, "batch", 0, () => null),
      complaint: "batch of operations 2 to 3: batch.firstOperation: no operation is skipped or settled twice",
    },
    {
      title: "a batch settled twice",
      change: (h) => twice(h, "batch"),
      complaint: "batch of operations 0 to 1: batch.firstOperation: no operation is skipped or settled twice",
    },
    {
      title: "more operations than a batch has",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, operations: [...r.operations, ...r.operations] })),
      complaint: "batch of operations 2 to 5: batch.count: a batch fits the circuit",
    },
    {
      title: "an empty batch",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, operations: [] })),
      complaint: "batch of operations 2 to 1: batch.count: a batch fits the circuit",
    },
    {
      title: "operations of two rounds",
      change: (h) => mixRounds(h),
      complaint: "operation 3: operation.round: an operation carries the round in force when it was logged",
    },
    {
      title: "an event that says something else",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, event: { ...r.event, round: 0n } })),
      complaint: "batch of operations 2 to 3: batch.event: the event repeats the calldata, element 2",
    },
    {
      title: "a proof of something else",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, proof: { ...r.proof, c: [1n, 2n] } })),
      complaint: "batch of operations 2 to 3: batch.proof: the proof proves the claimed signals",
    },
    {
      title: "a claim that is larger than the withdrawal",
      change: (h) =>
        edit(h, "batch", 1, (r) => ({ ...r, claims: r.claims.map((c) => ({ ...c, amount: c.amount + 1n })) })),
      complaint:
        "batch of operations 2 to 3: batch.claims: each valid withdrawal and each refund is claimed once, in full, element 0",
    },
    {
      title: "a claim of somebody else",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, claims: r.claims.map((c) => ({ ...c, owner: h.guard })) })),
      complaint:
        "batch of operations 2 to 3: batch.claims: each valid withdrawal and each refund is claimed once, in full, element 0",
    },
    {
      title: "a claim left out",
      change: (h) => edit(h, "batch", 2, (r) => ({ ...r, claims: [] })),
      complaint:
        "batch of operations 4 to 5: batch.claims: each valid withdrawal and each refund is claimed once, in full: length",
    },
    {
      title: "a claim made twice",
      change: (h) => edit(h, "batch", 1, (r) => ({ ...r, claims: [...r.claims, ...r.claims] })),
      complaint:
        "batch of operations 2 to 3: batch.claims: each valid withdrawal and each refund is claimed once, in full: length",
    },
  ];

  const otherLies: readonly Lie[] = [
    {
      title: "an operation left out of the log",
      change: (h) => edit(h, "operation", 1, () => null),
      complaint: "batch of operations 0 to 1: batch.operations: the operations are those of the log: length",
    },
    {
      title: "an operation logged at another time",
      change: (h) =>
        edit(h, "operation", 6, (r) => ({ ...r, place: { ...r.place, blockTime: r.place.blockTime + 1n } })),
      complaint: "operation 6: operation.loggedAt: an operation carries the time of its block",
    },
    {
      title: "an operation of eight words",
      change: (h) => edit(h, "operation", 6, (r) => ({ ...r, words: r.words.slice(1) })),
      complaint: "operation 6: operation.words: an operation has nine words",
    },
    {
      title: "a payment of a claim that does not exist",
      change: (h) => edit(h, "payment", 0, (r) => ({ ...r, id: 9n })),
      complaint: "payment of claim 9: payment.claim: only claims are paid",
    },
    {
      title: "a payment made twice",
      change: (h) => twice(h, "payment"),
      complaint: "payment of claim 0: payment.once: a claim is paid once",
    },
    {
      title: "a payment of more than is owed",
      change: (h) => edit(h, "payment", 0, (r) => ({ ...r, amount: r.amount + 1n })),
      complaint: "payment of claim 0: payment.amount: a claim is paid in full",
    },
    {
      title: "a payment to somebody else",
      change: (h) => edit(h, "payment", 0, (r) => ({ ...r, owner: h.guard })),
      complaint: "payment of claim 0: payment.owner: a claim is paid to its owner",
    },
    {
      title: "a changed word of the last operation",
      change: (h) => edit(h, "operation", 6, (r) => ({ ...r, words: withElement(r.words, 0, (w) => w + 1n) })),
      complaint: "head: stored.logHead: the keccak chain over the events is the log's",
    },
  ];

  const stored = "the guard stores what the replay derives";
  const storedLies: readonly Lie[] = [
    {
      title: "another chain's domain",
      change: (h) => editStored(h, { domain: 1n }),
      complaint: "head: stored.domain: signatures and proofs are bound to this guard on this chain",
    },
    {
      title: "other reporters",
      change: (h) => editStored(h, { reporterSetRoot: 1n }),
      complaint: "head: stored.reporterSetRoot: proofs are bound to the published reporters",
    },
    {
      title: "a batch size of another circuit",
      change: (h) => editStored(h, { shape: withElement(h.stored.shape, 1, (size) => size + 1n) }),
      complaint: "head: stored.shape: the guard's sizes are the circuits', element 1",
    },
    {
      title: "another time until a price is stale",
      change: (h) => editStored(h, { staleSec: 3_600n }),
      complaint: "head: stored.staleSec: the guard and the circuit agree when a price is stale",
    },
    ...(
      [
        "round",
        "roundTimestamp",
        "oracleRoot",
        "nextRoundTvl",
        "stateRoot",
        "box",
        "totalsWord",
        "lossWord",
        "settled",
      ] as const
    ).map((name) => ({
      title: `another ${name}`,
      change: (h: History) => editStored(h, { [name]: h.stored[name] + 1n }),
      complaint: `head: stored.${name}: ${stored}`,
    })),
    {
      title: "another price word",
      change: (h) => editStored(h, { priceWords: withElement(h.stored.priceWords, 1, (w) => w + 1n) }),
      complaint: `head: stored.priceWords: ${stored}, element 1`,
    },
    {
      title: "a wider margin buffer",
      change: (h) => editStored(h, { buffers: withElement(h.stored.buffers, 0, (b) => b + 1n) }),
      complaint: "head: stored.buffers: the margin buffer follows from box and mark, element 0",
    },
    {
      title: "an operation that no event shows",
      change: (h) => editStored(h, { operationCount: 8n }),
      complaint: "head: stored.operationCount: every operation of the log was seen",
    },
    {
      title: "a claim that is marked unpaid",
      change: (h) => editStored(h, { claims: withElement(h.stored.claims, 0, (c) => ({ ...c, paid: false })) }),
      complaint: `head: stored.claims: ${stored}, element 0`,
    },
    {
      title: "a vault that is one unit short",
      change: (h) => editStored(h, { vaultBalance: 60_000n + 90_000n - 5_000n + 777n - 1n }),
      complaint: "head: stored.vault: the vault covers liabilities and unpaid claims",
    },
    {
      title: "a verifier of another key",
      change: (h) =>
        editStored(h, {
          verifiers: { ...h.stored.verifiers, MarginBatch: { ...h.stored.verifiers.MarginBatch, keyDigest: "00" } },
        }),
      complaint: "head: key.MarginBatch: the contract names the key that the circuit's build gives",
    },
    {
      title: "a verifier that only names the key",
      change: (h) =>
        editStored(h, {
          verifiers: { ...h.stored.verifiers, OracleRound: { ...h.stored.verifiers.OracleRound, code: "0x6001" } },
        }),
      complaint: "head: key.OracleRound.code: the contract's code holds every number of the key",
    },
  ];

  for (const { name, lies } of [
    { name: "genesis", lies: genesisLies },
    { name: "a round", lies: roundLies },
    { name: "a batch", lies: batchLies },
    { name: "the log or a payment", lies: otherLies },
    { name: "the stored state", lies: storedLies },
  ]) {
    describe(`when ${name} lies`, () => {
      for (const { title, change, complaint } of lies) {
        it(`finds ${title}`, () => {
          const report = replayLie(change(honest), complaint);
          expect(complaints(report).filter(isNotAboutKeys)[0]).to.equal(complaint);
          expect(report.status).to.equal("violated");
        });
      }
    });
  }

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
      "round 5: round: could not check: it builds on block 15, which did not hold or could not be read",
      "round 6: round: could not check: it builds on block 15, which did not hold or could not be read",
      "operation 6: operation: could not check: it builds on block 15, which did not hold or could not be read",
      "head: stored: could not check: the replay stopped at block 15",
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

/** The history with every record of a kind repeated at once. */
function twice(history: History, kind: HistoryRecord["kind"]): History {
  return {
    ...history,
    records: history.records.flatMap((record) => (record.kind === kind ? [record, record] : [record])),
  };
}

/** Operation 3 claims to have been logged in round 0; the batch repeats it. */
function mixRounds(history: History): History {
  const aged = (words: readonly bigint[]) => withElement(words, 2, (word) => word - 1n);
  const logged = edit(history, "operation", 3, (record) => ({ ...record, words: aged(record.words) }));
  return edit(logged, "batch", 1, (record) => ({ ...record, operations: withElement(record.operations, 1, aged) }));
}
