import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bn254 } from "@noble/curves/bn254.js";
import { expect } from "chai";
import * as fc from "fast-check";
import type { Artefacts } from "../../../scripts/circuits/artefacts.ts";
import { readSection, readSectionTable, sectionOf } from "../../../scripts/circuits/binaryFile.ts";
import {
  BASE_FIELD,
  fromLittleEndian,
  inverseMod,
  SCALAR_FIELD,
  toLittleEndian,
} from "../../../scripts/circuits/bn254.ts";
import { buildProfile } from "../../../scripts/circuits/build.ts";
import { FixedBase } from "../../../scripts/circuits/devKey/fixedBase.ts";
import { isDevSetup } from "../../../scripts/circuits/devKey/isDevSetup.ts";
import { Kernel } from "../../../scripts/circuits/devKey/kernel.ts";
import { makeDevKey } from "../../../scripts/circuits/devKey/makeDevKey.ts";
import { DEV_SETUP, devSecrets } from "../../../scripts/circuits/devKey/seed.ts";
import { sha256 } from "../../../scripts/circuits/digest.ts";
import { readConstraintCounts } from "../../../scripts/circuits/r1cs.ts";
import { readVerificationKey, type VerificationKey } from "../../../scripts/circuits/verificationKey.ts";
import { makeProject, sumOfSquaresInput } from "./support/fixtureProject.ts";
import { writeKnownPtau } from "./support/knownPtau.ts";
import { endSnarkjs, snarkjs } from "./support/snarkjs.ts";

const ALL_BUT_CONTRIBUTIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function section(path: string, id: number): string {
  return sha256(readSection(path, sectionOf(path, readSectionTable(path, "zkey"), id)));
}

describe("development keys", () => {
  const project = makeProject("Cubic", "SumOfSquares_11");
  const cubicInput = { x: "3", y: "35", unused: "9" };
  let artefacts: Artefacts;
  before(async () => {
    artefacts = await buildProfile("tiny", { root: project.root });
  });
  after(async () => {
    await endSnarkjs();
    project.remove();
  });

  it("have the same bytes on every machine", () => {
    const { sha256: r1cs } = artefacts.manifest.circuits.OracleRound.files.r1cs;
    expect(r1cs, "circom2 compiles Cubic to other bytes").to.equal(CUBIC_R1CS);
    expect(artefacts.manifest.circuits.OracleRound.files.zkey.sha256).to.equal(CUBIC_ZKEY);
  });

  it("prove with snarkjs what snarkjs verifies", async () => {
    const { wasm, zkey } = artefacts.OracleRound;
    const key = readVerificationKey(zkey);
    const { proof, publicSignals } = await snarkjs.groth16.fullProve(cubicInput, wasm, zkey);
    expect(publicSignals).to.deep.equal(["35", "9"]);
    expect(await snarkjs.groth16.verify(key, publicSignals, proof)).to.equal(true);
    expect(await snarkjs.groth16.verify(key, ["36", "9"], proof)).to.equal(false);
    expect(await snarkjs.groth16.verify(key, ["35", "10"], proof), "a signal that no constraint uses").to.equal(false);
  });

  it("prove for a circuit with 11 public signals", async () => {
    const { wasm, zkey } = artefacts.MarginBatch;
    const { proof, publicSignals } = await snarkjs.groth16.fullProve(sumOfSquaresInput(11), wasm, zkey);
    expect(await snarkjs.groth16.verify(readVerificationKey(zkey), publicSignals, proof)).to.equal(true);
  });

  for (const circuit of ["OracleRound", "MarginBatch"] as const) {
    it(`are what snarkjs makes from the same secrets, byte for byte, before a contribution (${circuit})`, async () => {
      const { r1cs } = artefacts[circuit];
      const secrets = { ...devSecrets("ab"), delta: 1n };
      const power = 6; // one more than needed: in a file that just fits, the last point of H's basis is missing
      const [raw, ptau, ours, theirs] = ["raw.ptau", "final.ptau", "ours.zkey", "theirs.zkey"].map((name) =>
        join(project.root, name),
      );
      writeKnownPtau(raw!, power, secrets);
      await snarkjs.powersOfTau.preparePhase2(raw!, ptau!);
      await snarkjs.zKey.newZKey(r1cs, ptau!, theirs!);
      await makeDevKey(r1cs, ours!, "ab", { secrets });
      const shape = (path: string) => readSectionTable(path, "zkey").sections;
      expect(shape(ours!)).to.deep.equal(shape(theirs!));
      for (const id of ALL_BUT_CONTRIBUTIONS)
        expect(section(ours!, id), `section ${id}`).to.equal(section(theirs!, id));
    });
  }

  it("give the verification key that snarkjs exports", async () => {
    const { vk_alphabeta_12: _, ...exported } = await snarkjs.zKey.exportVerificationKey(artefacts.MarginBatch.zkey);
    expect(readVerificationKey(artefacts.MarginBatch.zkey)).to.deep.equal(exported);
  });

  it("share tau, alpha and beta between circuits but not delta", () => {
    const [round, batch] = [artefacts.OracleRound, artefacts.MarginBatch].map(({ zkey }) => readVerificationKey(zkey));
    expect(round!.vk_alpha_1).to.deep.equal(batch!.vk_alpha_1);
    expect(round!.vk_beta_2).to.deep.equal(batch!.vk_beta_2);
    expect(round!.vk_delta_2).not.to.deep.equal(batch!.vk_delta_2);
  });

  it("are marked in the verification key, the manifest, the neighbour of the zkey and the contract", () => {
    const { verificationKey, zkey } = artefacts.OracleRound;
    const key = JSON.parse(readFileSync(verificationKey, "utf8")) as VerificationKey;
    expect(key.setup).to.equal("dev: forgeable by anyone, seed public");
    expect(artefacts.manifest.setup).to.equal(DEV_SETUP);
    expect(readFileSync(`${zkey}.DEV_SETUP`, "utf8")).to.equal(`${DEV_SETUP}\n`);
    const contract = readFileSync(join(project.root, artefacts.manifest.circuits.OracleRound.contract), "utf8");
    expect(contract).to.contain("bool public constant DEV_SETUP = true;").and.to.contain(`// WARNING, ${DEV_SETUP}`);
  });

  it("are recognised by manifest, by marker, and by their alpha when the marker was taken off", () => {
    const unmarked = readVerificationKey(artefacts.OracleRound.zkey);
    expect(isDevSetup(artefacts.manifest)).to.equal(true);
    expect(isDevSetup({ ...unmarked, setup: DEV_SETUP })).to.equal(true);
    expect(isDevSetup(unmarked)).to.equal(true);
    const [x, y] = unmarked.IC[0]!;
    expect(isDevSetup({ ...unmarked, vk_alpha_1: [x, y, "1"] })).to.equal(false);
    expect(isDevSetup({ setup: "ceremony: 3 contributions" })).to.equal(false);
  });
});

describe("FixedBase", () => {
  const rInverse = inverseMod((1n << 256n) % BASE_FIELD, BASE_FIELD);
  const coordinate = (bytes: Uint8Array, i: number) =>
    (fromLittleEndian(bytes.subarray(32 * i, 32 * i + 32)) * rInverse) % BASE_FIELD;
  let kernel: Kernel;
  before(async () => {
    kernel = await Kernel.create();
  });

  for (const expectedScalars of [1, 300, 20_000]) {
    it(`agrees with noble's multiplication in both groups (table for ${expectedScalars} scalars)`, () => {
      const [g1, g2] = [kernel.g1, kernel.g2].map((group) => new FixedBase(kernel, group, expectedScalars));
      const scalars = fc.oneof(
        fc.bigInt(1n, SCALAR_FIELD - 1n),
        fc.constantFrom(1n, 2n, 8191n, 8192n, (1n << 253n) - 1n, SCALAR_FIELD - 1n),
      );
      fc.assert(
        fc.property(scalars, (scalar) => {
          const inG1 = g1!.multiply(toLittleEndian(scalar));
          const inG2 = g2!.multiply(toLittleEndian(scalar));
          const p = bn254.G1.Point.BASE.multiply(scalar).toAffine();
          const q = bn254.G2.Point.BASE.multiply(scalar).toAffine();
          expect([0, 1].map((i) => coordinate(inG1, i))).to.deep.equal([p.x, p.y]);
          expect([0, 1, 2, 3].map((i) => coordinate(inG2, i))).to.deep.equal([q.x.c0, q.x.c1, q.y.c0, q.y.c1]);
        }),
        { numRuns: 25 },
      );
    });
  }

  it("gives the all-zero point for the scalar zero, also among others", () => {
    const base = new FixedBase(kernel, kernel.g1, 4);
    const points = base.multiply(Buffer.concat([7n, 0n, 7n].map(toLittleEndian)));
    expect(points.subarray(64, 128).every((byte) => byte === 0)).to.equal(true);
    expect(points.subarray(0, 64)).to.deep.equal(points.subarray(128));
  });
});

describe("readConstraintCounts", () => {
  it("reads the size of a circuit from its header", async () => {
    const project = makeProject("Cubic", "SumOfSquares_11");
    const { OracleRound } = await buildProfile("tiny", { root: project.root });
    const counts = { constraints: 2, wires: 5, publicSignals: 2, privateInputs: 1, labels: 5 };
    expect(readConstraintCounts(OracleRound.r1cs)).to.deep.equal(counts);
    expect(sha256(readFileSync(OracleRound.r1cs))).to.equal(CUBIC_R1CS);
    project.remove();
  });
});

/** Recorded from the first build; a change means another compiler or another DEV_KEY_VERSION. */
const CUBIC_R1CS = "ec6a9fd483778377043cc11e039ef630042e8df729d36cc62eaacfe4859ce373";
const CUBIC_ZKEY = "ad59b38ca3908a9bad7ff12eaf57268a7f7cd0332539843d0a313291266d004c";
