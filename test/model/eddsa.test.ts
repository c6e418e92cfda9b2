import { babyjubjub } from "@noble/curves/misc.js";
import { expect } from "chai";
import { buildEddsa } from "circomlibjs";
import fc from "fast-check";
import {
  deriveKey,
  isOnCurve,
  isValidKey,
  type PublicKey,
  type Signature,
  SUBGROUP_ORDER,
  sign,
  verifySignature,
} from "../../verifier/model/eddsa.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { hasher } from "../helpers/model/instance.ts";

const { Point } = babyjubjub;
/** The calls of circomlibjs that the tests compare with; an element is in its own representation. */
interface Reference {
  readonly F: { e(value: bigint): Uint8Array; toObject(value: Uint8Array): bigint };
  prv2pub(secret: Uint8Array): readonly [Uint8Array, Uint8Array];
  signPoseidon(secret: Uint8Array, message: Uint8Array): { R8: readonly [Uint8Array, Uint8Array]; S: bigint };
  verifyPoseidon(message: Uint8Array, signature: { R8: Uint8Array[]; S: bigint }, key: Uint8Array[]): boolean;
}
const reference = (await buildEddsa()) as unknown as Reference; // its types are not complete
const element = fc.bigInt(0n, FIELD - 1n);
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
const key = deriveKey(new Uint8Array(32).fill(1));
const message = 42n;
const signature = sign(hasher, key, message);

/** A point of order 8, and with it the eight torsion points. */
const torsion = findTorsion();
const shifted = ({ x, y }: PublicKey, times: number): PublicKey => {
  const sum = Point.fromAffine({ x, y }).add(torsion[times]!).toAffine();
  return { x: sum.x, y: sum.y };
};

describe("EdDSA over BabyJubJub", () => {
  it("derives keys and signs byte for byte as circomlibjs does", () => {
    const property = fc.property(seed, element, (bytes, text) => {
      const mine = deriveKey(bytes);
      const [x, y] = reference.prv2pub(bytes).map((value: Uint8Array) => reference.F.toObject(value));
      expect(mine.publicKey).to.deep.equal({ x, y });
      const theirs = reference.signPoseidon(bytes, reference.F.e(text));
      const expected = {
        r8x: reference.F.toObject(theirs.R8[0]),
        r8y: reference.F.toObject(theirs.R8[1]),
        s: theirs.S,
      };
      expect(sign(hasher, mine, text)).to.deep.equal(expected);
      expect(verifySignature(hasher, mine.publicKey, text, expected)).to.equal(true);
    });
    fc.assert(property, { numRuns: 15 });
  });

  const mixedKey = shifted(key.publicKey, 3);
  const cases: readonly { title: string; key?: PublicKey; message?: bigint; signature?: Partial<Signature> }[] = [
    { title: "a good signature" },
    { title: "another message", message: 43n },
    { title: "another key", key: deriveKey(new Uint8Array(32).fill(2)).publicKey },
    { title: "S one more", signature: { s: signature.s + 1n } },
    { title: "S with the order added, which is the same scalar", signature: { s: signature.s + SUBGROUP_ORDER } },
    { title: "S = order", signature: { s: SUBGROUP_ORDER } },
    { title: "S = order - 1", signature: { s: SUBGROUP_ORDER - 1n } },
    { title: "S = 0", signature: { s: 0n } },
    { title: "S = field order - 1", signature: { s: FIELD - 1n } },
    { title: "R off the curve", signature: { r8x: 1n, r8y: 1n } },
    { title: "R = (0, 0)", signature: { r8x: 0n, r8y: 0n } },
    { title: "R the identity", signature: { r8x: 0n, r8y: 1n } },
    { title: "R the point of order two", signature: { r8x: 0n, r8y: FIELD - 1n } },
    { title: "R negated", signature: { r8x: FIELD - signature.r8x } },
    ...[1, 2, 4].map((times) => {
      const { x: r8x, y: r8y } = shifted({ x: signature.r8x, y: signature.r8y }, times);
      return { title: `R with torsion ${times} added`, signature: { r8x, r8y } };
    }),
    { title: "a key with torsion", key: mixedKey },
    {
      title: "a key with torsion that signed itself",
      key: mixedKey,
      signature: sign(hasher, { ...key, publicKey: mixedKey }, message),
    },
    { title: "a key off the curve", key: { x: 1n, y: 1n } },
    { title: "all zeros", key: { x: 0n, y: 0n }, signature: { r8x: 0n, r8y: 0n, s: 0n } },
  ];
  for (const given of cases) {
    it(`says of ${given.title} what circomlibjs says`, () => {
      const [by, text, signed] = [
        given.key ?? key.publicKey,
        given.message ?? message,
        { ...signature, ...given.signature },
      ];
      expect(verifySignature(hasher, by, text, signed)).to.equal(referenceVerifies(by, text, signed));
    });
  }

  it("accepts none but the good one of these, and the one of the key with torsion", () => {
    const accepted = cases.filter((given) =>
      verifySignature(hasher, given.key ?? key.publicKey, given.message ?? message, {
        ...signature,
        ...given.signature,
      }),
    );
    expect(accepted.map(({ title }) => title)).to.deep.equal([
      "a good signature",
      "a key with torsion that signed itself",
    ]);
  });

  it("never accepts a key of small order, for which every signature of S = r would do", () => {
    const r = 5n;
    const { x: r8x, y: r8y } = Point.BASE.multiply(r).toAffine();
    for (const point of torsion) {
      const { x, y } = point.toAffine();
      expect(verifySignature(hasher, { x, y }, message, { r8x, r8y, s: r })).to.equal(false);
    }
  });

  it("answers for any words at all", () => {
    const property = fc.property(element, element, element, element, element, element, (x, y, text, r8x, r8y, s) => {
      expect(verifySignature(hasher, { x, y }, text, { r8x, r8y, s })).to.equal(false);
      expect(isValidKey({ x, y })).to.equal(false);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe("isValidKey", () => {
  it("accepts derived keys", () => {
    fc.assert(
      fc.property(seed, (bytes) => isValidKey(deriveKey(bytes).publicKey)),
      { numRuns: 10 },
    );
  });

  it("refuses each point with torsion, which the curve has", () => {
    for (let times = 1; times < 8; times++) {
      const point = shifted(key.publicKey, times);
      expect(isOnCurve(point.x, point.y)).to.equal(true);
      expect(isValidKey(point)).to.equal(false);
      expect(isValidKey(torsion[times]!.toAffine())).to.equal(false);
    }
  });

  it("refuses the identity, points off the curve and coordinates not below the field's order", () => {
    const { x, y } = key.publicKey;
    for (const bad of [
      { x: 0n, y: 1n },
      { x: 0n, y: 0n },
      { x, y: y + 1n },
      { x: x + FIELD, y },
      { x: -x, y },
    ]) {
      expect(isValidKey(bad)).to.equal(false);
    }
  });
});

function referenceVerifies(by: PublicKey, text: bigint, { r8x, r8y, s }: Signature): boolean {
  const { F } = reference;
  return reference.verifyPoseidon(F.e(text), { R8: [F.e(r8x), F.e(r8y)], S: s }, [F.e(by.x), F.e(by.y)]);
}

function findTorsion() {
  for (let y = 2n; ; y++) {
    const x = xOf(y);
    if (x === undefined) continue;
    const point = Point.fromAffine({ x, y });
    const small = point.multiplyUnsafe(SUBGROUP_ORDER - 1n).add(point);
    if (small.double().double().is0()) continue; // order below eight
    return Array.from({ length: 8 }, (_, times) =>
      Array.from({ length: times }, () => small).reduce((sum, next) => sum.add(next), Point.ZERO),
    );
  }
}

function xOf(y: bigint): bigint | undefined {
  const { Fp } = Point;
  const square = Fp.div(Fp.sub(Fp.ONE, Fp.sqr(y)), Fp.sub(168700n, Fp.mul(168696n, Fp.sqr(y))));
  try {
    return Fp.sqrt(square);
  } catch {
    return undefined;
  }
}
