import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bn254 } from "@noble/curves/bn254.js";
import { expect } from "chai";
import { G2_GENERATOR } from "../../../scripts/circuits/bn254.ts";
import { buildProfile } from "../../../scripts/circuits/build.ts";
import { makeDevKey } from "../../../scripts/circuits/devKey/makeDevKey.ts";
import { devSecrets } from "../../../scripts/circuits/devKey/seed.ts";
import { assertKeyUsable, findKeyFaults, KeyRefusedError } from "../../../scripts/circuits/keyGate.ts";
import {
  type G1Json,
  type G2Json,
  keyDigest,
  readVerificationKey,
  type VerificationKey,
} from "../../../scripts/circuits/verificationKey.ts";
import { makeProject } from "./support/fixtureProject.ts";
import { endSnarkjs, snarkjs } from "./support/snarkjs.ts";

const text = (point: readonly [bigint, bigint]): [string, string] => [String(point[0]), String(point[1])];
const GENERATOR_2: G2Json = [text(G2_GENERATOR.x), text(G2_GENERATOR.y), ["1", "0"]];

function g1Point([x, y]: G1Json) {
  return bn254.G1.Point.fromAffine({ x: BigInt(x), y: BigInt(y) });
}

function negated([x, [y0, y1], z]: G2Json): G2Json {
  return [x, text([bn254.fields.Fp.ORDER - BigInt(y0), bn254.fields.Fp.ORDER - BigInt(y1)]), z];
}

/** A point of the twist outside the prime-order subgroup, found by trying x = 1 + i, 2 + i, ... */
function pointOutsideSubgroup(): G2Json {
  const { Fp2 } = bn254.fields;
  const b = bn254.G2.Point.CURVE().b;
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.fromBigTuple([c0, 1n]);
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), b));
      return [text([x.c0, x.c1]), text([y.c0, y.c1]), ["1", "0"]];
    } catch {
      // not a square: no point with this x
    }
  }
}

describe("the key gate", () => {
  const project = makeProject("Cubic", "SumOfSquares_11");
  let valid: VerificationKey;
  let r1cs: string;
  before(async () => {
    const { OracleRound } = await buildProfile("tiny", { root: project.root });
    r1cs = OracleRound.r1cs;
    valid = JSON.parse(readFileSync(OracleRound.verificationKey, "utf8")) as VerificationKey;
  });
  after(async () => {
    await endSnarkjs();
    project.remove();
  });

  it("is tested with a point that is on the twist", () => {
    const [x, y] = pointOutsideSubgroup().map(([c0, c1]) => bn254.fields.Fp2.fromBigTuple([BigInt(c0), BigInt(c1)]));
    const { Fp2 } = bn254.fields;
    const rest = Fp2.sub(Fp2.sqr(y!), Fp2.add(Fp2.mul(Fp2.sqr(x!), x!), bn254.G2.Point.CURVE().b));
    expect(Fp2.is0(rest)).to.equal(true);
  });

  it("lets a sound key pass", () => {
    expect(findKeyFaults(valid, 2)).to.deep.equal([]);
    assertKeyUsable("Cubic", valid, 2);
  });

  const skipped = "phase 2 was skipped, anyone can forge proofs";
  const infinity2: G2Json = [
    ["0", "0"],
    ["1", "0"],
    ["0", "0"],
  ];
  const cases: readonly {
    title: string;
    change: (key: VerificationKey) => Partial<VerificationKey>;
    reasons: readonly string[];
  }[] = [
    {
      title: "delta that equals gamma",
      change: () => ({ vk_delta_2: GENERATOR_2 }),
      reasons: [`delta equals gamma: ${skipped}`, `delta is the generator: ${skipped}`],
    },
    {
      title: "delta that equals -gamma",
      change: () => ({ vk_delta_2: negated(GENERATOR_2) }),
      reasons: [`delta equals gamma: ${skipped}`, `delta is the generator: ${skipped}`],
    },
    {
      title: "another gamma",
      change: (key) => ({ vk_gamma_2: key.vk_beta_2 }),
      reasons: ["gamma is not the generator"],
    },
    {
      title: "gamma and delta that are one other point",
      change: (key) => ({ vk_gamma_2: key.vk_delta_2 }),
      reasons: ["gamma is not the generator", `delta equals gamma: ${skipped}`],
    },
    {
      title: "alpha at the generator",
      change: () => ({ vk_alpha_1: ["1", "2", "1"] }),
      reasons: ["alpha is the generator"],
    },
    {
      title: "alpha at infinity",
      change: () => ({ vk_alpha_1: ["0", "1", "0"] }),
      reasons: ["alpha is the point at infinity"],
    },
    {
      title: "alpha off the curve",
      change: () => ({ vk_alpha_1: ["1", "3", "1"] }),
      reasons: ["alpha is not a point of the curve"],
    },
    { title: "beta at the generator", change: () => ({ vk_beta_2: GENERATOR_2 }), reasons: ["beta is the generator"] },
    { title: "beta equal to delta", change: (key) => ({ vk_beta_2: key.vk_delta_2 }), reasons: ["beta equals delta"] },
    {
      title: "delta at infinity",
      change: () => ({ vk_delta_2: infinity2 }),
      reasons: ["delta is the point at infinity"],
    },
    {
      title: "beta outside the prime-order subgroup",
      change: () => ({ vk_beta_2: pointOutsideSubgroup() }),
      reasons: ["beta is not a point of the prime-order subgroup"],
    },
    {
      title: "an IC point at infinity",
      change: (key) => ({ IC: [key.IC[0]!, ["0", "1", "0"], key.IC[2]!] }),
      reasons: ["IC[1] is the point at infinity"],
    },
    {
      title: "two equal IC points",
      change: (key) => ({ IC: [key.IC[0]!, key.IC[2]!, key.IC[2]!] }),
      reasons: ["IC[2] equals IC[1] up to sign"],
    },
    {
      title: "one IC point too few",
      change: (key) => ({ IC: key.IC.slice(0, 2) }),
      reasons: ["it has 2 public signals and 2 IC points, wanted 2"],
    },
    {
      title: "another number of public signals",
      change: () => ({ nPublic: 3 }),
      reasons: ["it has 3 public signals and 3 IC points, wanted 2"],
    },
    {
      title: "a coordinate that is not below the field's order",
      change: (key) => ({
        vk_alpha_1: [String(BigInt(key.vk_alpha_1[0]) + bn254.fields.Fp.ORDER), key.vk_alpha_1[1], "1"],
      }),
      reasons: ["alpha is not a point of the curve"],
    },
  ];
  for (const { title, change, reasons } of cases) {
    it(`refuses ${title}`, () => {
      const bad = { ...valid, ...change(valid) };
      expect(findKeyFaults(bad, 2)).to.deep.equal(reasons);
      expect(() => assertKeyUsable("Cubic", bad, 2))
        .to.throw(KeyRefusedError)
        .with.property("code", "KEY_REFUSED");
    });
  }

  describe("when phase 2 was skipped", () => {
    let uncontributed: VerificationKey;
    before(async () => {
      const zkey = join(project.root, "uncontributed.zkey"); // the bytes that `snarkjs groth16 setup` leaves, see devKey.test.ts
      await makeDevKey(r1cs, zkey, "ab", { secrets: { ...devSecrets("ab"), delta: 1n } });
      uncontributed = readVerificationKey(zkey);
    });

    /** A = alpha, B = beta, C = -L: the pairing equation holds for any signals, with no witness at all. */
    function forge(key: VerificationKey, signals: readonly bigint[]) {
      const combined = signals.reduce(
        (sum, signal, i) => sum.add(g1Point(key.IC[i + 1]!).multiply(signal)),
        g1Point(key.IC[0]!),
      );
      const { x, y } = combined.negate().toAffine();
      return {
        pi_a: key.vk_alpha_1,
        pi_b: key.vk_beta_2,
        pi_c: [...text([x, y]), "1"],
        protocol: "groth16",
        curve: "bn128",
      };
    }

    it("a forged proof of a false statement verifies under the key, which the gate refuses", async () => {
      const signals = [666n, 13n]; // nobody knows a root of x^3 + x + 5 = 666
      const accepted = await snarkjs.groth16.verify(uncontributed, signals.map(String), forge(uncontributed, signals));
      expect(accepted, "the forgery").to.equal(true);
      expect(findKeyFaults(uncontributed, 2)).to.deep.equal([
        `delta equals gamma: ${skipped}`,
        `delta is the generator: ${skipped}`,
      ]);
    });

    it("the same forgery fails under a key that the gate lets pass", async () => {
      const signals = [666n, 13n];
      expect(await snarkjs.groth16.verify(valid, signals.map(String), forge(valid, signals))).to.equal(false);
    });
  });
});

describe("keyDigest", () => {
  const key: VerificationKey = {
    protocol: "groth16",
    curve: "bn128",
    nPublic: 0,
    vk_alpha_1: ["1", "2", "1"],
    vk_beta_2: GENERATOR_2,
    vk_gamma_2: GENERATOR_2,
    vk_delta_2: GENERATOR_2,
    IC: [["1", "2", "1"]],
  };

  it("does not depend on the marker, on the order of fields or on fields that snarkjs adds", () => {
    const reordered = Object.fromEntries(Object.entries(key).reverse()) as unknown as VerificationKey;
    expect(keyDigest({ ...reordered, setup: "dev", ...{ vk_alphabeta_12: [] } })).to.equal(keyDigest(key));
  });

  it("depends on every point", () => {
    expect(keyDigest({ ...key, vk_alpha_1: ["1", "3", "1"] })).not.to.equal(keyDigest(key));
    expect(keyDigest({ ...key, IC: [["1", "3", "1"]] })).not.to.equal(keyDigest(key));
  });
});
