import { buildEddsa } from "circomlibjs";
import { deriveKey, SUBGROUP_ORDER, sign, verifySignature } from "../../../verifier/model/eddsa.ts";
import { createHasher, type Hasher } from "../../../verifier/model/hasher.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { FIELD_ORDER, toFieldElement } from "../../helpers/fieldOrder.ts";
import { addPoints, BASE8, multiplyPoint, torsionPoint } from "../../helpers/model/jubjub.ts";
import { Random } from "../../helpers/random.ts";

type Signed = {
  readonly keyX: bigint;
  readonly keyY: bigint;
  readonly R8x: bigint;
  readonly R8y: bigint;
  readonly S: bigint;
  readonly message: bigint;
};

/** The one scalar below l that circomlib's EscalarMulFix(253) cannot multiply; see circuits/README.md. */
const EXCEPTIONAL = SUBGROUP_ORDER - (1n << 250n) - ((1n << 249n) - 1n) / 7n;

describe("SignatureBit", () => {
  let circuit: TestCircuit;
  let hasher: Hasher;
  let valid: Signed;
  const key = deriveKey(new Uint8Array(32).fill(7));
  const signed = (message: bigint, signer = key): Signed => {
    const { r8x, r8y, s } = sign(hasher, signer, message);
    return { keyX: signer.publicKey.x, keyY: signer.publicKey.y, R8x: r8x, R8y: r8y, S: s, message };
  };
  before(async () => {
    [circuit, hasher] = await Promise.all([testCircuit({ file: "signature/SignatureBit.circom" }), createHasher()]);
    valid = signed(123456789n);
  });

  it("is 1 for a signature of the model", () => circuit.expectPass(valid, { valid: 1 }));

  it("is 1 for a signature of circomlibjs", async () => {
    const eddsa = await buildEddsa();
    const { F } = eddsa;
    const secret = new Uint8Array(32).fill(9);
    const [keyX, keyY] = eddsa.prv2pub(secret).map((item) => F.toObject(item)) as [bigint, bigint]; // a point has two
    const { R8, S } = eddsa.signPoseidon(secret, F.e(42n));
    const [R8x, R8y] = R8.map((item) => F.toObject(item)) as [bigint, bigint]; // a point has two
    await circuit.expectPass({ keyX, keyY, R8x, R8y, S, message: 42n }, { valid: 1 });
  });

  for (const message of [0n, 1n, FIELD_ORDER - 1n]) {
    it(`is 1 for a signature of the message ${message}`, () => circuit.expectPass(signed(message), { valid: 1 }));
  }

  for (const field of ["R8x", "R8y", "S", "message"] as const) {
    it(`is 0, and provable, when ${field} is one more`, () =>
      circuit.expectPass({ ...valid, [field]: (valid[field] + 1n) % FIELD_ORDER }, { valid: 0 }));
  }

  it("is 0 under another key", () => {
    const { x, y } = deriveKey(new Uint8Array(32).fill(8)).publicKey;
    return circuit.expectPass({ ...valid, keyX: x, keyY: y }, { valid: 0 });
  });

  describe("when the scalar is adversarial", () => {
    const scalars: Record<string, bigint> = {
      zero: 0n,
      one: 1n,
      "l - 1": SUBGROUP_ORDER - 1n,
      l: SUBGROUP_ORDER,
      "l + 1": SUBGROUP_ORDER + 1n,
      "2^246 - 1": (1n << 246n) - 1n,
      "2^246": 1n << 246n,
      "2^249": 1n << 249n,
      "2^250": 1n << 250n,
      "2^251 - 1": (1n << 251n) - 1n,
      "2^252 - 1": (1n << 252n) - 1n,
      "2^253": 1n << 253n,
      "r - 1": FIELD_ORDER - 1n,
      "the one that circomlib cannot multiply": EXCEPTIONAL,
      "the one that circomlib cannot multiply, and 2^249": EXCEPTIONAL + (1n << 249n),
      "the one that circomlib cannot multiply, and 2^252": EXCEPTIONAL + (1n << 252n),
    };
    for (const [title, S] of Object.entries(scalars)) {
      it(`is 0, and provable, for S = ${title}`, () => circuit.expectPass({ ...valid, S }, { valid: 0 }));
    }

    it("is 0 for the honest S plus l, the other name of the same scalar", () =>
      circuit.expectPass({ ...valid, S: valid.S + SUBGROUP_ORDER }, { valid: 0 }));
  });

  describe("when the commitment R8 is adversarial", () => {
    const commitments: Record<string, { R8x: bigint; R8y: bigint }> = {
      "the origin": { R8x: 0n, R8y: 0n },
      "the identity": { R8x: 0n, R8y: 1n },
      "off the curve": { R8x: 5n, R8y: 7n },
      "off the curve in r - 1": { R8x: FIELD_ORDER - 1n, R8y: FIELD_ORDER - 1n },
      Base8: { R8x: BASE8.x, R8y: BASE8.y },
    };
    for (const [title, commitment] of Object.entries(commitments)) {
      it(`is 0, and provable, for R8 = ${title}`, () => circuit.expectPass({ ...valid, ...commitment }, { valid: 0 }));
    }

    for (let order = 1; order < 8; order++) {
      it(`is 0, and provable, for R8 plus the torsion point ${order}`, async () => {
        const { x, y } = addPoints({ x: valid.R8x, y: valid.R8y }, torsionPoint(order));
        await circuit.expectPass({ ...valid, R8x: x, R8y: y }, { valid: 0 });
      });
    }

    it("is 1 for the identity as R8 when S = 8 h a", async () => {
      const h = hasher.hash([0n, 1n, key.publicKey.x, key.publicKey.y, 1n]);
      const S = (8n * h * key.scalar) % SUBGROUP_ORDER;
      await circuit.expectPass({ ...valid, R8x: 0n, R8y: 1n, S, message: 1n }, { valid: 1 });
    });

    it("is 0 for a torsion point as R8 when S = 8 h a", async () => {
      const { x, y } = torsionPoint(3);
      const h = hasher.hash([x, y, key.publicKey.x, key.publicKey.y, 1n]);
      const S = (8n * h * key.scalar) % SUBGROUP_ORDER;
      await circuit.expectPass({ ...valid, R8x: x, R8y: y, S, message: 1n }, { valid: 0 });
    });
  });

  describe("when one comparison alone would be satisfied", () => {
    /** S for a nonce k under the key, the digest taken of any R8. */
    const scalar = (R8: { x: bigint; y: bigint }, nonce: bigint, message: bigint) =>
      (nonce + 8n * key.scalar * hasher.hash([R8.x, R8.y, key.publicKey.x, key.publicKey.y, message])) % SUBGROUP_ORDER;
    const given = (R8: { x: bigint; y: bigint }, S: bigint) => ({ ...valid, R8x: R8.x, R8y: R8.y, S, message: 1n });

    it("is 0 for an R8 off the curve with the S that fits Base8 in its place", () => {
      const R8 = { x: 5n, y: 7n };
      return circuit.expectPass(given(R8, scalar(R8, 1n, 1n)), { valid: 0 });
    });

    it("is 0 where both sides have the same y and opposite x", () => {
      const R8 = multiplyPoint(BASE8, 5n);
      return circuit.expectPass(given(R8, SUBGROUP_ORDER - scalar(R8, 5n, 1n)), { valid: 0 });
    });

    it("is 0 where both sides have the same x and opposite y", () => {
      const R8 = addPoints(multiplyPoint(BASE8, 5n), torsionPoint(4));
      return circuit.expectPass(given(R8, SUBGROUP_ORDER - scalar(R8, 5n, 1n)), { valid: 0 });
    });

    it("is 1 for the same construction without a twist", () => {
      const R8 = multiplyPoint(BASE8, 5n);
      return circuit.expectPass(given(R8, scalar(R8, 5n, 1n)), { valid: 1 });
    });
  });

  describe("when the key is Base8 or a small multiple", () => {
    for (const scalar of [1n, 2n, 3n, 7n, 8n, SUBGROUP_ORDER - 1n, (SUBGROUP_ORDER + 1n) / 2n]) {
      it(`is 1 for a signature under ${scalar} * Base8, and 0 for another`, async () => {
        const small = { ...key, scalar, publicKey: multiplyPoint(BASE8, scalar) };
        await circuit.expectPass(signed(77n, small), { valid: 1 });
        await circuit.expectPass({ ...signed(77n, small), message: 78n }, { valid: 0 });
      });
    }
  });

  it("agrees with the model on random words", async () => {
    const random = new Random(11);
    for (let i = 0; i < 40; i++) {
      const pick = (honest: bigint) => (random.chance(12) ? honest : toFieldElement(random.spread(256)));
      const given = { ...valid, R8x: pick(valid.R8x), R8y: pick(valid.R8y), S: pick(valid.S) };
      const signature = { r8x: given.R8x, r8y: given.R8y, s: given.S };
      const expected = verifySignature(hasher, key.publicKey, given.message, signature);
      await circuit.expectPass(given, { valid: Number(expected) });
    }
  });

  it("binds its bit", () => circuit.expectBound(valid, "valid"));
});
