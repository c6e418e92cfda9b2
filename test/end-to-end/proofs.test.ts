/** Real proofs of both circuits through the deployed contracts: accepted as they are, refused when anything is changed. */
import { bn254 } from "@noble/curves/bn254.js";
import { expect } from "chai";
import { Contract } from "ethers";
import type { ProofBackend, ProvenSignals } from "../../prover/proving/backend.ts";
import { batchInputs } from "../../prover/witness/batchInputs.ts";
import { roundInputs } from "../../prover/witness/roundInputs.ts";
import { compose } from "../../scripts/demo/story/compose.ts";
import { VERIFIER_ABI } from "../../verifier/chain/abi.ts";
import { applyBatch } from "../../verifier/model/batch.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { applyRound } from "../../verifier/model/round.ts";
import { type CalldataProof, devBackend, negated, scaled, toCalldata } from "./support/proofs.ts";
import { reportWords } from "./support/reports.ts";
import {
  type BatchSubmission,
  batchArguments,
  batchSubmission,
  type RoundSubmission,
  roundArguments,
  roundSubmission,
} from "./support/submission.ts";
import { createWorld, mined, START_PRICES, START_SEC, type World } from "./support/world.ts";

/** What one settlement may cost with the real verifiers of the dev profile, gas. */
const ROUND_GAS_BUDGET = 380_000n;
const BATCH_GAS_BUDGET = 420_000n; // with a first claim, a first position and the first unauthorised operation of a sender

/** Public signals in the circuits' order. */
const SIGNALS = {
  OracleRound: [
    "oldOracleRoot",
    "newOracleRoot",
    "reporterSetRoot",
    "domain",
    "roundWord",
    "dataCommitment",
    "challenge",
    "evaluation",
    "priceWord of market 0",
    "priceWord of market 1",
  ],
  MarginBatch: [
    "oldStateRoot",
    "newStateRoot",
    "oracleRoot",
    "domain",
    "dataCommitment",
    "challenge",
    "evaluation",
    "outcomeWord",
    "box",
    "totalsWord",
    "lossWord",
  ],
} as const;
type Circuit = keyof typeof SIGNALS;

describe("real proofs through the deployed contracts", () => {
  let world: World;
  let backend: ProofBackend;
  const proven: Partial<Record<Circuit, ProvenSignals>> = {};
  let round: RoundSubmission;
  let batch: BatchSubmission;
  let secondBatch: { readonly submission: BatchSubmission; readonly proof: CalldataProof };

  const provenOf = (circuit: Circuit): ProvenSignals => {
    const found = proven[circuit];
    if (found === undefined) throw new RangeError(`${circuit} is not proven`);
    return found;
  };
  const submitRound = (submission: RoundSubmission, proof: CalldataProof) =>
    world.guard.getFunction("submitRound").send(...roundArguments(submission, proof));
  const settleBatch = (submission: BatchSubmission, proof: CalldataProof) =>
    world.guard.getFunction("settleBatch").send(...batchArguments(submission, proof));

  before("two deposits, a withdrawal and a forged one are logged; a round and both batches are proven", async () => {
    world = await createWorld();
    backend = await devBackend(2);
    const { context, genesis } = world;
    const [mira, liv] = [await world.wallet("Mira"), await world.wallet("Liv")];
    const deposits = [
      await world.log(compose({ type: "deposit", who: "Mira", amount: "500" }, genesis, context), mira),
      await world.log(compose({ type: "deposit", who: "Liv", amount: "800" }, genesis, context), liv),
    ];
    const first = applyBatch(genesis.state, genesis.oracle, deposits, context);
    const funded = { ...genesis, state: first.next };
    const withdrawals = [
      await world.log(compose({ type: "withdraw", who: "Mira", amount: "200" }, funded, context), mira),
      await world.log(
        compose({ type: "withdraw", who: "Liv", amount: "800", forgedBy: "Mira" }, funded, context),
        mira,
      ),
    ];
    const second = applyBatch(first.next, genesis.oracle, withdrawals, context);
    expect(second.outcomes.map(({ kind }) => kind)).to.deep.equal([undefined, "unauthorised"]);

    const words = reportWords(
      START_SEC + 24,
      START_PRICES.map((price) => (price * 1003n) / 1000n),
      context,
    );
    const roundContext = { ...context, tvl: 0n };
    const roundResult = applyRound(genesis.oracle, words, roundContext);
    const [provenRound, provenBatch, provenSecond] = await Promise.all([
      backend.prove("OracleRound", roundInputs(genesis.oracle, words, roundContext, roundResult)),
      backend.prove("MarginBatch", batchInputs(genesis.state, genesis.oracle, context, first)),
      backend.prove("MarginBatch", batchInputs(first.next, genesis.oracle, context, second)),
    ]);
    expect(provenRound.publicSignals).to.deep.equal(roundResult.publicSignals);
    expect(provenBatch.publicSignals).to.deep.equal(first.publicSignals);
    Object.assign(proven, { OracleRound: provenRound, MarginBatch: provenBatch });
    round = roundSubmission(roundResult, words);
    batch = batchSubmission(first, deposits, 0n);
    const submission = batchSubmission(second, withdrawals, 2n);
    secondBatch = { submission, proof: toCalldata(provenSecond.proof) };
  });

  after(async () => {
    await backend?.close();
    await world?.close();
  });

  for (const circuit of Object.keys(SIGNALS) as Circuit[]) {
    describe(`the verifier of ${circuit}`, () => {
      const accepts = (proof: CalldataProof, signals: readonly bigint[]): Promise<boolean> => {
        const { roundVerifier, batchVerifier } = world.addresses;
        const address = circuit === "OracleRound" ? roundVerifier : batchVerifier;
        const verify = new Contract(address, VERIFIER_ABI, world.deployer).getFunction("verifyProof");
        return verify.staticCall(proof.a, proof.b, proof.c, [...signals]);
      };
      const given = () => {
        const { proof, publicSignals } = provenOf(circuit);
        return { proof: toCalldata(proof), signals: publicSignals };
      };

      it("accepts the proof with its own signals", async () => {
        const { proof, signals } = given();
        expect(await accepts(proof, signals)).to.equal(true);
      });

      for (const [index, name] of SIGNALS[circuit].entries()) {
        it(`refuses another ${name}`, async () => {
          const { proof, signals } = given();
          const value = signals[index] ?? 0n;
          expect(await accepts(proof, signals.with(index, (value + 1n) % FIELD))).to.equal(false);
          expect(await accepts(proof, signals.with(index, value + FIELD))).to.equal(false);
        });
      }

      it("refuses a missing and a surplus signal", async () => {
        const { proof, signals } = given();
        expect(await accepts(proof, signals.slice(0, -1))).to.equal(false);
        expect(await accepts(proof, [...signals, 0n])).to.equal(false);
      });

      const flips: Readonly<Record<string, (proof: CalldataProof) => CalldataProof>> = {
        "a negated": (proof) => ({ ...proof, a: negated(proof.a) }),
        "c negated": (proof) => ({ ...proof, c: negated(proof.c) }),
        "a and c exchanged": ({ a, b, c }) => ({ a: c, b, c: a }),
        "the parts of b exchanged": (proof) => ({
          ...proof,
          b: [
            [proof.b[0][1], proof.b[0][0]],
            [proof.b[1][1], proof.b[1][0]],
          ],
        }),
        "a at infinity": (proof) => ({ ...proof, a: [0n, 0n] }),
        "c off the curve": (proof) => ({ ...proof, c: [proof.c[0] + 1n, proof.c[1]] }),
        "a coordinate beyond its field": (proof) => ({ ...proof, a: [proof.a[0] + bn254.fields.Fp.ORDER, proof.a[1]] }),
      };
      for (const [title, flip] of Object.entries(flips)) {
        it(`refuses a proof with ${title}`, async () => {
          const { proof, signals } = given();
          expect(await accepts(flip(proof), signals)).to.equal(false);
        });
      }

      it("accepts a re-randomised copy: it says the same, so it can only repeat what is proven already", async () => {
        const { proof, signals } = given();
        expect(await accepts(scaled(proof, 7n), signals)).to.equal(true);
      });
    });
  }

  describe("the guard", () => {
    it("refuses a round of which anything was changed", async () => {
      await world.atTime(START_SEC + 30);
      const proof = toCalldata(provenOf("OracleRound").proof);
      const { update, words, priceWords } = round;
      const changed: readonly RoundSubmission[] = [
        { ...round, update: { ...update, newOracleRoot: update.newOracleRoot + 1n } },
        { ...round, update: { ...update, timestamp: update.timestamp + 1n } },
        { ...round, update: { ...update, dataCommitment: update.dataCommitment + 1n } },
        { ...round, words: words.with(0, (words[0] ?? 0n) + 1n) },
        { ...round, words: words.map((word, index) => (index >= 12 ? 0n : word)) },
        { ...round, priceWords: priceWords.with(1, (priceWords[1] ?? 0n) + 1n) },
      ];
      for (const submission of changed) {
        await expect(submitRound(submission, proof))
          .to.be.revertedWithCustomError(world.guard, "ProofRejected")
          .withArgs(await world.guard.getFunction("oracleRoot").staticCall(), submission.update.newOracleRoot);
      }
    });

    it("refuses a batch of which anything was changed", async () => {
      const proof = toCalldata(provenOf("MarginBatch").proof);
      const { update } = batch;
      const keys = ["newStateRoot", "outcomeWord", "box", "totalsWord", "lossWord", "dataCommitment"] as const;
      for (const key of keys) {
        const submission = { ...batch, update: { ...update, [key]: update[key] + 1n } };
        await expect(settleBatch(submission, proof))
          .to.be.revertedWithCustomError(world.guard, "ProofRejected")
          .withArgs(await world.guard.getFunction("stateRoot").staticCall(), submission.update.newStateRoot);
      }
      const operations = batch.operations.map((words, index) => (index === 0 ? words.with(1, 1n) : words));
      await expect(settleBatch({ ...batch, operations }, proof)).to.be.revertedWithCustomError(world.guard, "NotInLog");
    });

    it("accepts both, stores what the model says, and stays within the gas budgets", async () => {
      const roundReceipt = await mined(submitRound(round, toCalldata(provenOf("OracleRound").proof)));
      await mined(settleBatch(batch, toCalldata(provenOf("MarginBatch").proof)));
      const batchReceipt = await mined(settleBatch(secondBatch.submission, secondBatch.proof));
      const read = (name: string, ...given: unknown[]) => world.guard.getFunction(name).staticCall(...given);
      expect(await read("oracleRoot")).to.equal(round.update.newOracleRoot);
      expect(await read("priceWord", 0)).to.equal(round.priceWords[0]);
      expect(await read("stateRoot")).to.equal(secondBatch.submission.update.newStateRoot);
      expect(await read("totalsWord")).to.equal(secondBatch.submission.update.totalsWord);
      expect(await read("settled")).to.equal(4n);
      expect((await read("claim", 0))[1]).to.equal(200_000_000n);
      expect(await read("unauthorisedLevel")).to.equal(1n);
      console.log(`      gas: round ${roundReceipt.gasUsed}, batch with a withdrawal ${batchReceipt.gasUsed}`);
      expect(roundReceipt.gasUsed <= ROUND_GAS_BUDGET, `round: ${roundReceipt.gasUsed}`).to.equal(true);
      expect(batchReceipt.gasUsed <= BATCH_GAS_BUDGET, `batch: ${batchReceipt.gasUsed}`).to.equal(true);
    });

    it("refuses both again, also re-randomised", async () => {
      const [roundProof, batchProof] = [
        toCalldata(provenOf("OracleRound").proof),
        toCalldata(provenOf("MarginBatch").proof),
      ];
      for (const factor of [1n, 7n]) {
        await expect(submitRound(round, scaled(roundProof, factor)))
          .to.be.revertedWithCustomError(world.guard, "RoundAlreadyProven")
          .withArgs(1n, 1n);
        await expect(settleBatch(batch, scaled(batchProof, factor)))
          .to.be.revertedWithCustomError(world.guard, "BatchAlreadyProven")
          .withArgs(0n, 4n);
      }
    });

    it("refuses a proven batch in another place of the log", async () => {
      const update = { ...batch.update, firstOperation: 4n };
      const refused = settleBatch({ ...batch, update }, toCalldata(provenOf("MarginBatch").proof));
      await expect(refused).to.be.revertedWithCustomError(world.engine, "NoSuchEntry");
    });
  });
});
