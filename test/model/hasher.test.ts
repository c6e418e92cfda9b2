import { expect } from "chai";
import { buildPoseidon } from "circomlibjs";
import fc from "fast-check";
import { FIELD } from "../../verifier/model/field.ts";
import { createHasher } from "../../verifier/model/hasher.ts";

const hasher = await createHasher();
const reference = await buildPoseidon();
const element = fc.oneof(
  fc.bigInt(0n, FIELD - 1n),
  fc.constantFrom(0n, 1n, FIELD - 1n, 2n ** 64n, 2n ** 128n - 1n, 2n ** 192n),
);

describe("the hasher", () => {
  it("hashes as circomlibjs does, at every width and in any order of widths", () => {
    const property = fc.property(
      fc.array(fc.array(element, { minLength: 1, maxLength: 16 }), { minLength: 1, maxLength: 4 }),
      (lists) => {
        for (const list of lists) expect(hasher.hash(list)).to.equal(reference.F.toObject(reference(list)));
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  it("gives the published vector of circomlib for 1 and 2", () => {
    expect(hasher.hash([1n, 2n])).to.equal(
      7853200120776062878684798364095072458815029376092732009249414926327459813530n,
    );
  });

  it("tells apart lists that differ in width only", () => {
    expect(hasher.hash([1n, 0n])).not.to.equal(hasher.hash([1n]));
  });

  for (const length of [0, 17]) {
    it(`refuses ${length} inputs`, () => {
      expect(() => hasher.hash(new Array<bigint>(length).fill(1n)))
        .to.throw()
        .with.property("code", "HASH_WIDTH");
    });
  }

  it("is one per process", async () => expect(await createHasher()).to.equal(hasher));
});
