import { expect } from "chai";
import { ProofRefusedError } from "../../prover/proving/errors.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { DIVISIONS } from "./support/operators.ts";
import { type BothWitnesses, bothWitnesses } from "./support/witnessLibrary.ts";

const VALUES = [0n, 1n, 7n, (1n << 61n) - 1n, 1n << 62n, 1n << 64n, 1n << 200n, SCALAR_FIELD - 1n];

describe("divisions in compiled witnesses", () => {
  let both: BothWitnesses;
  before(async function () {
    both = await bothWitnesses(await builtAddon(this), "divisions", DIVISIONS);
  });

  /** The witness, or the error in its words. */
  const outcome = (witnesses: BothWitnesses["wasm" | "native"], inputs: object): Promise<string> =>
    witnesses.calculate({ ...inputs }).then(
      (bytes) => Buffer.from(bytes).toString("hex"),
      (error: unknown) => {
        expect(error).to.be.instanceOf(ProofRefusedError);
        return String(error);
      },
    );

  for (const { title, kind, byZero } of [
    { title: "in the field", kind: 0n, byZero: /^[0-9a-f]+$/ },
    { title: "of integers", kind: 1n, byZero: /no witness: divide by zero$/ },
    { title: "with remainder", kind: 2n, byZero: /no witness: divide by zero$/ },
  ]) {
    it(`${title} by zero are what they are in the wasm, in every form of an element`, async () => {
      for (const value of VALUES)
        for (const minuend of VALUES) {
          const inputs = { kind, value, minuend, subtrahend: minuend };
          const claimed = await outcome(both.native, inputs);
          expect(claimed, `${value}, ${minuend} - ${minuend}`).to.match(byZero);
          expect(claimed).to.equal(await outcome(both.wasm, inputs));
        }
    });

    it(`${title} by something are what they are in the wasm, after one by zero too`, async () => {
      await outcome(both.native, { kind, value: 1n, minuend: 2n, subtrahend: 2n });
      for (const value of VALUES)
        for (const divisor of VALUES.slice(1)) {
          const inputs = { kind, value, minuend: divisor + 3n, subtrahend: 3n };
          const claimed = await outcome(both.native, inputs);
          expect(claimed).to.match(/^[0-9a-f]+$/);
          expect(claimed, `${value} by ${divisor}`).to.equal(await outcome(both.wasm, inputs));
        }
    });
  }
});
