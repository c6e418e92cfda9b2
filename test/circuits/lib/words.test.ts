import { createHasher, type Hasher } from "../../../verifier/model/hasher.ts";
import { evaluateWords, hashWords } from "../../../verifier/model/words.ts";
import { testCircuit } from "../../helpers/circuit.ts";
import { FIELD_ORDER, toFieldElement } from "../../helpers/fieldOrder.ts";
import { Random } from "../../helpers/random.ts";

describe("HashWords", () => {
  let hasher: Hasher;
  before(async () => {
    hasher = await createHasher();
  });

  for (const count of [1, 2, 15, 16, 17, 31, 32]) {
    it(`agrees with the model on ${count} words`, async () => {
      const circuit = await testCircuit({ file: "lib/HashWords.circom", parameters: [count] });
      const random = new Random(count);
      const words = Array.from({ length: count }, () => toFieldElement(random.bits(256)));
      for (const list of [words, words.map(() => 0n), words.map(() => FIELD_ORDER - 1n)]) {
        await circuit.expectPass({ words: list }, { out: hashWords(hasher, list) });
      }
      await circuit.expectBound({ words }, "out");
    });
  }
});

describe("EvaluateWords", () => {
  for (const count of [2, 3, 16]) {
    it(`agrees with the model on ${count} words`, async () => {
      const circuit = await testCircuit({ file: "lib/EvaluateWords.circom", parameters: [count] });
      const random = new Random(count);
      const words = Array.from({ length: count }, () => toFieldElement(random.bits(256)));
      for (const challenge of [0n, 1n, FIELD_ORDER - 1n, random.bits(248)]) {
        await circuit.expectPass({ words, challenge }, { out: evaluateWords(words, challenge) });
      }
      await circuit.expectBound({ words, challenge: 3n }, "out");
    });
  }
});
