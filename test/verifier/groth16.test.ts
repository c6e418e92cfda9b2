import { bn254 } from "@noble/curves/bn254.js";
import { expect } from "chai";
import { type Groth16Proof, verifyGroth16 } from "../../verifier/check/groth16.ts";
import type { G1, G2 } from "../../verifier/check/points.ts";
import { parseVerificationKey, VerificationKeyError } from "../../verifier/check/verificationKey.ts";
import { makeTinyCircuit, type TinyCircuit } from "./helpers/tinyCircuit.ts";

const FIELD = bn254.fields.Fr.ORDER;
const MODULUS = bn254.fields.Fp.ORDER;

const fromG1 = (point: G1): Groth16Proof["a"] => {
  const { x, y } = point.toAffine();
  return [x, y];
};
const fromG2 = (point: G2): Groth16Proof["b"] => {
  const { x, y } = point.toAffine();
  return [
    [x.c1, x.c0],
    [y.c1, y.c0],
  ];
};
const g1 = ([x, y]: Groth16Proof["a"]): G1 => bn254.G1.Point.fromAffine({ x, y });
const g2 = ([[x1, x0], [y1, y0]]: Groth16Proof["b"]): G2 =>
  bn254.G2.Point.fromAffine({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } });

/** A point of the twist that is on the curve, outside the prime-order subgroup. */
function outsideSubgroup(): G2 {
  const { Fp2 } = bn254.fields;
  for (let c0 = 1n; ; c0++) {
    const x = { c0, c1: 0n };
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.mul(x, x), x), bn254.G2.Point.CURVE().b));
      const point = bn254.G2.Point.fromAffine({ x, y });
      if (!point.isTorsionFree()) return point;
    } catch {} // no square root: not an x of the curve
  }
}

describe("verifyGroth16", () => {
  let tiny: TinyCircuit;
  before(async () => {
    tiny = await makeTinyCircuit();
  });
  const verify = (proof: Groth16Proof, signals = tiny.signals) =>
    verifyGroth16(parseVerificationKey(tiny.key), signals, proof);

  it("accepts a proof that snarkjs made", () => {
    expect(tiny.signals).to.deep.equal([3n, 21n]);
    expect(verify(tiny.proof)).to.deep.equal({ accepted: true });
  });

  it("accepts re-randomised copies, which no verifier can tell apart", () => {
    const key = parseVerificationKey(tiny.key);
    const { a, b, c } = tiny.proof;
    const inverse = bn254.fields.Fr.inv(5n);
    expect(verify({ a: fromG1(g1(a).negate()), b: fromG2(g2(b).negate()), c })).to.deep.equal({ accepted: true });
    expect(verify({ a: fromG1(g1(a).multiply(5n)), b: fromG2(g2(b).multiply(inverse)), c })).to.deep.equal({
      accepted: true,
    });
    const shifted = { a, b: fromG2(g2(b).add(key.delta.multiply(9n))), c: fromG1(g1(c).add(g1(a).multiply(9n))) };
    expect(verify(shifted)).to.deep.equal({ accepted: true });
  });

  const tampered: readonly { title: string; change: (proof: Groth16Proof) => Groth16Proof; reason: string }[] = [
    {
      title: "another point a",
      change: (p) => ({ ...p, a: fromG1(bn254.G1.Point.BASE) }),
      reason: "the pairing equation does not hold",
    },
    {
      title: "another point b",
      change: (p) => ({ ...p, b: fromG2(bn254.G2.Point.BASE) }),
      reason: "the pairing equation does not hold",
    },
    {
      title: "another point c",
      change: (p) => ({ ...p, c: fromG1(bn254.G1.Point.BASE) }),
      reason: "the pairing equation does not hold",
    },
    {
      title: "a and c exchanged",
      change: (p) => ({ ...p, a: p.c, c: p.a }),
      reason: "the pairing equation does not hold",
    },
    {
      title: "the identity everywhere",
      change: () => ({
        a: [0n, 0n],
        b: [
          [0n, 0n],
          [0n, 0n],
        ],
        c: [0n, 0n],
      }),
      reason: "the pairing equation does not hold",
    },
    {
      title: "a off the curve",
      change: (p) => ({ ...p, a: [p.a[0], p.a[1] ^ 1n] }),
      reason: "a: a point is not on the curve or not in the subgroup of G1",
    },
    {
      title: "c off the curve",
      change: (p) => ({ ...p, c: [p.c[0] ^ 1n, p.c[1]] }),
      reason: "c: a point is not on the curve or not in the subgroup of G1",
    },
    {
      title: "b off the curve",
      change: (p) => ({ ...p, b: [p.b[1], p.b[0]] }),
      reason: "b: a point is not on the curve or not in the subgroup of G2",
    },
    {
      title: "b with the real part first",
      change: (p) => ({
        ...p,
        b: [
          [p.b[0][1], p.b[0][0]],
          [p.b[1][1], p.b[1][0]],
        ],
      }),
      reason: "b: a point is not on the curve or not in the subgroup of G2",
    },
    {
      title: "b outside the subgroup",
      change: (p) => ({ ...p, b: fromG2(outsideSubgroup()) }),
      reason: "b: a point is not on the curve or not in the subgroup of G2",
    },
    {
      title: "an alias of a's coordinate",
      change: (p) => ({ ...p, a: [p.a[0] + MODULUS, p.a[1]] }),
      reason: "a: a G1 coordinate is not below the field modulus",
    },
    {
      title: "an alias of b's coordinate",
      change: (p) => ({ ...p, b: [[p.b[0][0] + MODULUS, p.b[0][1]], p.b[1]] }),
      reason: "b: a G2 coordinate is not below the field modulus",
    },
  ];
  for (const { title, change, reason } of tampered) {
    it(`refuses ${title}`, () => {
      expect(verify(change(tiny.proof))).to.deep.equal({ accepted: false, reason });
    });
  }

  const wrongSignals: readonly { title: string; signals: readonly bigint[]; reason: string }[] = [
    { title: "a changed signal", signals: [4n, 21n], reason: "the pairing equation does not hold" },
    { title: "exchanged signals", signals: [21n, 3n], reason: "the pairing equation does not hold" },
    {
      title: "an alias of a signal",
      signals: [3n + FIELD, 21n],
      reason: "signal 0 is not below the scalar field's order",
    },
    { title: "a negative signal", signals: [3n, -1n], reason: "signal 1 is not below the scalar field's order" },
    { title: "one signal too few", signals: [3n], reason: "1 signals for a key of 2" },
    { title: "one signal too many", signals: [3n, 21n, 0n], reason: "3 signals for a key of 2" },
  ];
  for (const { title, signals, reason } of wrongSignals) {
    it(`refuses ${title}`, () => {
      expect(verify(tiny.proof, signals)).to.deep.equal({ accepted: false, reason });
    });
  }

  describe("when a key is parsed", () => {
    const refuses = (json: unknown, message: string) =>
      expect(() => parseVerificationKey(json)).to.throw(VerificationKeyError, message);
    const keyWith = (fields: object) => ({ ...(tiny.key as object), ...fields });
    const part = (name: string) => (tiny.key as Record<string, unknown>)[name];

    it("refuses a key without a phase 2, for which a proof without witness is accepted", () => {
      refuses(tiny.uncontributedKey, "phase 2 was skipped: proofs can be forged");
    });
    it("refuses equal or missing points for signals", () => {
      const points = part("IC") as unknown[];
      refuses(keyWith({ IC: [points[0], points[1], points[1]] }), "two IC points are equal");
      refuses(keyWith({ IC: points.slice(1) }), "nPublic does not fit");
      refuses(keyWith({ IC: [points[0], ["0", "1", "0"], points[2]] }), "IC[1] is not an affine point");
      refuses(
        keyWith({ IC: [points[0], ["0", "0", "1"], points[2]] }),
        "IC[1] is not a point of G1, or is the identity",
      );
    });
    it("refuses a degenerate beta or gamma", () => {
      refuses(keyWith({ vk_beta_2: part("vk_delta_2") }), "beta is degenerate");
      refuses(keyWith({ vk_gamma_2: part("vk_beta_2") }), "gamma is not the generator of G2");
    });
    it("refuses what is no key", () => {
      refuses(null, "not an object");
      refuses(keyWith({ protocol: "plonk" }), "not Groth16 over bn128");
      refuses(keyWith({ vk_alpha_1: ["1", "two", "1"] }), "vk_alpha_1 holds no decimal text");
      refuses(keyWith({ vk_alpha_1: ["1", "3", "1"] }), "vk_alpha_1 is not a point of G1");
    });
  });
});
