import { expect } from "chai";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { applyBatch, type BatchResult } from "../../../verifier/model/batch.ts";
import { FIELD } from "../../../verifier/model/field.ts";
import { BATCH_SIGNALS, batchCircuit } from "../../helpers/batchCircuit.ts";
import { tellStory } from "../../helpers/batchStory.ts";
import type { CircuitInput, TestCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";
import { applyTwo, randomWords } from "../../helpers/randomOperation.ts";
import { profile, randomSituation, type Situation } from "../../helpers/randomSituation.ts";

const RANDOM_SEEDS = 16;

function inputOf({ state, oracle, context }: Situation, result: BatchResult): CircuitInput {
  return batchInputs(state, oracle, context, result);
}

/** The input with one number inside changed by one. */
function bump(input: CircuitInput, name: string, ...path: readonly number[]): CircuitInput {
  const change = (value: CircuitInput[string], [at, ...rest]: readonly number[]): CircuitInput[string] =>
    at === undefined
      ? BigInt(value as bigint) + 1n // the path ends at a number
      : ((value as readonly bigint[]).map((item, index) =>
          index === at ? change(item, rest) : item,
        ) as readonly bigint[]);
  return { ...input, [name]: change(input[name]!, path) };
}

describe("MarginBatch", () => {
  const story = tellStory();
  const [trading] = story.filter(({ title }) => title.startsWith("a trade, and one"));
  const input = inputOf(trading!.situation, trading!.result);
  let circuit: TestCircuit;

  before(async () => {
    circuit = await batchCircuit(profile);
  });

  describe("when it follows a history", () => {
    for (const { title, outcomes, situation, result } of story) {
      it(`proves that ${title}`, async () => {
        expect(result.outcomes.map(({ kind }) => kind ?? "valid")).to.deep.equal(outcomes);
        await circuit.expectPass(inputOf(situation, result));
      });
    }
    it("shows a deficit in the totals until its loss is shared", () => {
      const deficits = story.slice(-4).map(({ result }) => result.signals.totalsWord >> 126n);
      expect(deficits.map((deficit) => deficit > 0n)).to.deep.equal([true, false, false, false]);
    });
  });

  describe("when a public signal says something else", () => {
    for (const name of BATCH_SIGNALS) it(`refuses ${name}`, () => circuit.expectFail(bump(input, name)));
  });

  describe("when a private input is not what the roots were made of", () => {
    for (const [name, ...path] of [
      ["words", 0, 2],
      ["words", 1, 8],
      ["oracleParametersHash"],
      ["marginParameters", 0],
      ["timeWord"],
      ["priceWords", 0],
      ["riskWords", 1],
      ["oldTreeHash"],
      ["oldTreeBox"],
      ["oldSumQuote"],
      ["oldInsurance"],
      ["oldOpenInterest", 1],
      ["oldLossLong", 0],
      ["oldLossShort", 1],
      ["accounts", 0, 0],
      ["accounts", 1, 4],
      ["accounts", 2, 3],
      ["accounts", 3, 6],
      ["accounts", 4, 4],
      ["boxes", 0, 0],
      ["boxes", 4, 2],
      ["siblingHashes", 1, 0],
      ["siblingHashes", 4, 2],
      ["siblingBoxes", 3, 1],
    ] as const) {
      it(`refuses ${name}[${path.join("][")}]`, () => circuit.expectFail(bump(input, name, ...path)));
    }
  });

  describe("when the words are adversarial", () => {
    const { state, oracle, context } = story.at(-1)!.situation;
    const ones = [(1n << 192n) - 16n, (1n << 130n) - 1n, (1n << 241n) - 1n, ...new Array<bigint>(6).fill(FIELD - 1n)];
    for (let type = 0n; type < 16n; type += 2n) {
      for (const [title, words] of [
        ["zero", new Array<bigint>(9).fill(0n)],
        ["all ones", ones],
        [
          "all ones but for the accounts",
          [ones[0]! - (((1n << 64n) - 1n) << 8n) + (2n << 8n) + (3n << 40n), ...ones.slice(1)],
        ],
      ] as const) {
        it(`proves what becomes of types ${type} and ${type + 1n} when the rest is ${title}`, async () => {
          const pair = [type, type + 1n].map((kind) => [words[0]! + kind, ...words.slice(1)]);
          const result = applyBatch(state, oracle, pair, context);
          await circuit.expectPass(inputOf({ state, oracle, context }, result));
        });
      }
    }
  });

  describe("when the state is anything legal", () => {
    for (let seed = 0; seed < RANDOM_SEEDS; seed++) {
      it(`agrees with the model on situation ${seed}`, async () => {
        const random = new Random(seed);
        const situation = randomSituation(random);
        await circuit.expectPass(
          inputOf(
            situation,
            applyTwo(situation, (now) => randomWords(random, now)),
          ),
        );
      });
    }
  });
});
