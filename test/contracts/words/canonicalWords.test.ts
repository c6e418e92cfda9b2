/** Each word of a logged operation is read up to its greatest value, and makes nine zeros of the operation from the next on. */
import { expect } from "chai";
import { deployHostileEngine } from "../../helpers/contracts/hostile.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { FIELD_ORDER } from "../../helpers/fieldOrder.ts";

/** First values that are too great, by word. The log writes the third word itself. */
const LIMITS = {
  0: 2n ** 192n,
  1: 2n ** 130n,
  3: FIELD_ORDER,
  4: FIELD_ORDER,
  5: FIELD_ORDER,
  6: FIELD_ORDER,
  7: FIELD_ORDER,
  8: FIELD_ORDER,
} as const;
const UNKNOWN_TYPE = 15n; // moves no money
const WORDS = [UNKNOWN_TYPE, 0n, 0n, 1n, 2n, 3n, 4n, 5n, 6n];

describe("the words of a logged operation", () => {
  for (const [word, limit] of Object.entries(LIMITS)) {
    it(`are read as they are up to the greatest of word ${word}, and no further`, async () => {
      const { bench, hostile } = await networkHelpers.loadFixture(deployHostileEngine);
      for (const value of [limit - 1n, limit]) await hostile.log!(WORDS.with(Number(word), value));
      await bench.settle(2); // the bench's verifier accepts these very words, and zeros for the second
      expect(await bench.guard.settled!()).to.equal(2n);
    });
  }
});
