/** One random history, three judges: the model, the circuits' witness programs and the contracts agree on every word. */
import { expect } from "chai";
import { batchInputs } from "../../prover/witness/batchInputs.ts";
import { roundInputs } from "../../prover/witness/roundInputs.ts";
import { PROFILE } from "../../scripts/demo/parameters.ts";
import { senderOf } from "../../scripts/demo/stage/engineCalls.ts";
import { compose } from "../../scripts/demo/story/compose.ts";
import { followOperation, type Ledger, owed } from "../../scripts/demo/story/ledger.ts";
import { applyBatch } from "../../verifier/model/batch.ts";
import { applyRound } from "../../verifier/model/round.ts";
import { Random } from "../helpers/random.ts";
import { EMPTY_PROOF } from "./support/proofs.ts";
import { randomAction } from "./support/randomActions.ts";
import { reportWords } from "./support/reports.ts";
import { batchArguments, batchSubmission, roundArguments, roundSubmission } from "./support/submission.ts";
import { publicSignalsOf } from "./support/witness.ts";
import { createWorld, START_PRICES, START_SEC, type World } from "./support/world.ts";

/** A history with a valid liquidation, backstop and takeover among the rest; any other seed agrees too. */
const SEED = 283n;
/** Mark of each round in thousandths of the first: a calm, a crash that trips the breakers, a calm again. */
const ROUNDS = [1001n, 999n, 940n, 938n, 941n] as const;
const BATCHES_A_ROUND = 4;
const ROUND_SEC = 60;
const ROUND_SIGNALS = 8 + PROFILE.markets;
const BATCH_SIGNALS = 11;

describe(`model, witness and contract over a random history (seed ${SEED})`, () => {
  let world: World;
  const fates: Record<string, number> = {};

  before(async () => {
    world = await createWorld({ mockVerifiers: true });
  });
  after(() => world?.close());

  it("agree on every root, box, total, outcome and claim", async () => {
    const random = new Random(SEED);
    const roundWitness = await publicSignalsOf("OracleRound", ROUND_SIGNALS);
    const batchWitness = await publicSignalsOf("MarginBatch", BATCH_SIGNALS);
    const { context, guard, engine } = world;
    const read = (name: string, ...given: unknown[]) => guard.getFunction(name).staticCall(...given);
    let ledger: Ledger = world.genesis;
    let settled = 0n;
    let claimed = 0n;
    let tvl = 0n;
    for (const [index, thousandths] of ROUNDS.entries()) {
      const timeSec = START_SEC + (index + 1) * ROUND_SEC;
      const prices = START_PRICES.map((price) => (price * thousandths) / 1000n);
      const words = reportWords(timeSec, prices, context);
      const roundContext = { ...context, tvl };
      const next = applyRound(ledger.oracle, words, roundContext);
      const claimedSignals = await roundWitness(roundInputs(ledger.oracle, words, roundContext, next));
      expect(claimedSignals).to.deep.equal(next.publicSignals);
      await world.atTime(timeSec + 5);
      await world.submit("submitRound", roundArguments(roundSubmission(next, words), EMPTY_PROOF));
      tvl = owed(ledger, context);
      expect(await read("nextRoundTvl")).to.equal(tvl);
      expect(await read("oracleRoot")).to.equal(next.signals.newOracleRoot);
      ledger = { ...ledger, oracle: next.next };

      for (let batch = 0; batch < BATCHES_A_ROUND; batch++) {
        const before = ledger;
        const operations: (readonly bigint[])[] = [];
        for (let slot = 0; slot < PROFILE.operations; slot++) {
          const action = randomAction(random, ledger, context);
          const operation = compose(action, ledger, context);
          operations.push(await world.log(operation, await world.wallet(senderOf(action))));
          const { ledger: after, step } = followOperation(ledger, operation, context);
          ledger = after;
          const fate = `${action.type} ${step.outcome.kind ?? "valid"}`;
          fates[fate] = (fates[fate] ?? 0) + 1;
          if (step.outcome.valid && operation.type === "withdraw") claimed += operation.amount;
          if (!step.outcome.valid && operation.type === "deposit") claimed += operation.amount;
        }
        const result = applyBatch(before.state, before.oracle, operations, context);
        const witnessed = await batchWitness(batchInputs(before.state, before.oracle, context, result));
        expect(witnessed).to.deep.equal(result.publicSignals);
        const submission = batchSubmission(result, operations, settled);
        await world.submit("settleBatch", batchArguments(submission, EMPTY_PROOF));
        settled += BigInt(operations.length);
        ledger = { ...ledger, state: result.next };
        for (const name of ["box", "totalsWord", "lossWord"] as const) {
          expect(await read(name), name).to.equal(result.signals[name]);
        }
        expect(await read("stateRoot")).to.equal(result.signals.newStateRoot);
        expect(await read("unpaidClaims")).to.equal(claimed);
        expect(await engine.getFunction("vaulted").staticCall()).to.equal(owed(ledger, context) + claimed);
      }
    }
    expect(await read("settled")).to.equal(settled);
  });

  it("saw valid and invalid operations of many kinds", () => {
    console.log(
      `      ${Object.entries(fates)
        .map(([fate, count]) => `${count} ${fate}`)
        .join(", ")}`,
    );
    const seen = Object.keys(fates);
    for (const action of ["deposit", "withdraw", "trade", "liquidate", "backstop", "takeover", "recertify"]) {
      expect(seen, action).to.include(`${action} valid`);
    }
    for (const kind of ["unauthorised", "margin", "price", "malformed"]) {
      expect(
        seen.some((fate) => fate.endsWith(kind)),
        kind,
      ).to.equal(true);
    }
  });
});
