import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { readContributions } from "../../../scripts/ceremony/contributions.ts";
import { KNOWN_PTAU } from "../../../scripts/ceremony/knownPtau.ts";
import { checkPtau, PtauRefusedError } from "../../../scripts/ceremony/ptau.ts";
import { ArtefactDigestError, loadArtefacts } from "../../../scripts/circuits/artefacts.ts";
import { readSectionTable, sectionOf } from "../../../scripts/circuits/binaryFile.ts";
import { buildProfile } from "../../../scripts/circuits/build.ts";
import { CeremonyCircuitError } from "../../../scripts/circuits/buildCircuit.ts";
import type { CeremonyRecord } from "../../../scripts/circuits/ceremonyKey.ts";
import { isDevSetup } from "../../../scripts/circuits/devKey/isDevSetup.ts";
import { devSecrets } from "../../../scripts/circuits/devKey/seed.ts";
import { digestFile } from "../../../scripts/circuits/digest.ts";
import { readVerificationKey } from "../../../scripts/circuits/verificationKey.ts";
import { makeProject, sumOfSquaresInput } from "./support/fixtureProject.ts";
import { writeKnownPtau } from "./support/knownPtau.ts";
import { endSnarkjs, snarkjs } from "./support/snarkjs.ts";

const SCRIPT = fileURLToPath(new URL("../../../scripts/ceremony/ceremony.ts", import.meta.url));
const BEACON = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";
const POWER = 8;

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

describe("the key ceremony", () => {
  const project = makeProject("SumOfSquares_10", "SumOfSquares_11");
  const { root } = project;
  const folder = mkdtempSync(join(tmpdir(), "homeostat-ceremony-"));
  const at = (name: string) => join(folder, name);
  const ptau = at("final.ptau");
  let ptauHash: string;
  let r1cs: Record<"OracleRound" | "MarginBatch", string>;

  /** Runs one step as people run it. */
  function step(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    return { code: status, said: stdout + stderr };
  }
  const origin = (circuit: "OracleRound" | "MarginBatch") => [
    "--r1cs",
    r1cs[circuit],
    "--ptau",
    ptau,
    "--ptau-hash",
    ptauHash,
  ];
  const finish = (circuit: "OracleRound" | "MarginBatch", key: string, minimum: string, ...more: readonly string[]) =>
    step(
      "finish",
      ...origin(circuit),
      "--in",
      at(key),
      "--beacon",
      BEACON,
      "--minimum",
      minimum,
      "--circuit",
      circuit,
      "--profile",
      "tiny",
      ...more,
    );

  before(async () => {
    await snarkjs.powersOfTau.newAccumulator(await snarkjs.curves.getCurveFromName("bn128"), POWER, at("0.ptau"));
    await snarkjs.powersOfTau.contribute(at("0.ptau"), at("1.ptau"), "test", "test entropy");
    await snarkjs.powersOfTau.preparePhase2(at("1.ptau"), ptau);
    ptauHash = await digestFile(ptau, "blake2b512");
    const artefacts = await buildProfile("tiny", { root });
    r1cs = { OracleRound: artefacts.OracleRound.r1cs, MarginBatch: artefacts.MarginBatch.r1cs };
  });
  after(async () => {
    await endSnarkjs();
    project.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  describe("from setup to contract", () => {
    before(() => {
      for (const circuit of ["OracleRound", "MarginBatch"] as const) {
        const file = (name: string) => at(`${circuit}_${name}.zkey`);
        expect(step("setup", ...origin(circuit), "--out", file("0"))).to.have.property("code", 0);
        expect(step("contribute", "--in", file("0"), "--out", file("1"), "--name", "first person").said).to.match(
          /[0-9a-f]{128}/,
        );
        expect(step("contribute", "--in", file("1"), "--out", file("2"), "--name", "second person")).to.have.property(
          "code",
          0,
        );
        expect(step("beacon", "--in", file("2"), "--out", file("final"), "--beacon", BEACON)).to.have.property(
          "code",
          0,
        );
        const done = finish(circuit, `${circuit}_final.zkey`, "2", "--out", at("keys"));
        expect(done.said).to.contain("verified, 2 contributions");
        expect(done.code).to.equal(0);
      }
    });

    it("records who contributed, the beacon, and every digest", async () => {
      const record = JSON.parse(readFileSync(at("keys/OracleRound_tiny.ceremony.json"), "utf8")) as CeremonyRecord;
      expect(record.contributions.map(({ name }) => name)).to.deep.equal(["first person", "second person"]);
      expect(record.beacon).to.deep.equal({ hash: BEACON, iterationsPower: 10 });
      expect(record.ptauBlake2b).to.equal(ptauHash);
      expect(record.r1csSha256).to.equal(await digestFile(r1cs.OracleRound));
      expect(record.zkeySha256).to.equal(await digestFile(at("keys/OracleRound_tiny.zkey")));
    });

    it("exports a verification key and a contract without the development marker", () => {
      expect(readFileSync(at("keys/OracleRound_tiny.verification_key.json"), "utf8")).not.to.contain("setup");
      const contract = readFileSync(at("keys/Groth16Verifier_OracleRound_tiny.sol"), "utf8");
      expect(contract).to.contain("DEV_SETUP = false").and.not.to.contain("WARNING");
      expect(isDevSetup(readVerificationKey(at("keys/OracleRound_tiny.zkey")))).to.equal(false);
    });

    it("gives keys that the build takes, proves with, and calls no development keys", async () => {
      const { manifest } = await buildProfile("tiny", { root, keys: at("keys") });
      expect(isDevSetup(manifest)).to.equal(false);
      expect(manifest.setup).to.equal(`ceremony: 2 contributions and beacon ${BEACON}, powers of tau ${ptauHash}`);
      const { OracleRound } = await loadArtefacts("tiny", { root });
      const { proof, publicSignals } = await snarkjs.groth16.fullProve(
        sumOfSquaresInput(10),
        OracleRound.wasm,
        OracleRound.zkey,
      );
      expect(await snarkjs.groth16.verify(readVerificationKey(OracleRound.zkey), publicSignals, proof)).to.equal(true);
      const exported = readFileSync(at("keys/Groth16Verifier_OracleRound_tiny.sol"), "utf8");
      expect(
        readFileSync(join(root, "contracts/generated/tiny/Groth16Verifier_OracleRound_tiny.sol"), "utf8"),
      ).to.equal(exported);
    });

    it("does not give the build keys for circuits that have changed since", async () => {
      const changed = makeProject("SumOfSquares_11", "SumOfSquares_11");
      expect(await failure(buildProfile("tiny", { root: changed.root, keys: at("keys") }))).to.be.instanceOf(
        CeremonyCircuitError,
      );
      changed.remove();
    });

    it("does not give the build a key that is not the recorded one", async () => {
      mkdirSync(at("swapped"));
      for (const circuit of ["OracleRound", "MarginBatch"]) {
        copyFileSync(at(`keys/${circuit}_tiny.ceremony.json`), at(`swapped/${circuit}_tiny.ceremony.json`));
        copyFileSync(at("keys/MarginBatch_tiny.zkey"), at(`swapped/${circuit}_tiny.zkey`));
      }
      expect(await failure(buildProfile("tiny", { root, keys: at("swapped") }))).to.be.instanceOf(ArtefactDigestError);
    });

    it("refuses fewer contributions than wanted, which snarkjs does not count", () => {
      const { code, said } = finish("OracleRound", "OracleRound_final.zkey", "3", "--out", at("few"));
      expect(code).to.equal(1);
      expect(said).to.contain("CeremonyError: the key has 2 contributions, wanted 3");
      expect(existsSync(at("few"))).to.equal(false);
    });

    it("refuses a key without contributions, and one without the beacon", () => {
      expect(finish("OracleRound", "OracleRound_0.zkey", "1", "--out", at("no")).said).to.contain(
        "has 0 contributions, wanted 1",
      );
      expect(finish("OracleRound", "OracleRound_2.zkey", "2", "--out", at("no")).said).to.contain(
        "does not end with one beacon",
      );
    });

    it("refuses another beacon than the announced one", () => {
      const other = BEACON.replace("01", "ff");
      const { said } = finish("OracleRound", "OracleRound_final.zkey", "2", "--out", at("no"), "--beacon", other);
      expect(said).to.contain("not the announced one");
    });

    it("refuses the key of another circuit, and a key changed after its last contribution", () => {
      expect(finish("OracleRound", "MarginBatch_final.zkey", "2", "--out", at("no")).said).to.contain(
        "zkey verify ended with code 1",
      );
      const table = readSectionTable(at("OracleRound_final.zkey"), "zkey");
      const bytes = readFileSync(at("OracleRound_final.zkey"));
      const { offset } = sectionOf("", table, 8);
      bytes.copyWithin(offset, offset + 64, offset + 128); // one point of C replaced by its neighbour
      writeFileSync(at("tampered.zkey"), bytes);
      const { code, said } = finish("OracleRound", "tampered.zkey", "2", "--out", at("no"));
      expect(said).to.contain("zkey verify ended with code 1").and.to.contain("L section does not match");
      expect(code).to.equal(1);
    });

    it("refuses a key whose powers of tau come from the public development seed", async () => {
      writeKnownPtau(at("dev-raw.ptau"), 6, devSecrets(""));
      await snarkjs.powersOfTau.preparePhase2(at("dev-raw.ptau"), at("dev.ptau"));
      const dev = [
        "--r1cs",
        r1cs.OracleRound,
        "--ptau",
        at("dev.ptau"),
        "--ptau-hash",
        await digestFile(at("dev.ptau"), "blake2b512"),
      ];
      step("setup", ...dev, "--out", at("dev0.zkey"));
      step("contribute", "--in", at("dev0.zkey"), "--out", at("dev1.zkey"), "--name", "somebody");
      step("beacon", "--in", at("dev1.zkey"), "--out", at("dev2.zkey"), "--beacon", BEACON);
      const named = ["--circuit", "OracleRound", "--profile", "tiny", "--out", at("no")];
      const { said } = step("finish", ...dev, "--in", at("dev2.zkey"), "--beacon", BEACON, "--minimum", "1", ...named);
      expect(said).to.contain("comes from the public development seed");
      expect(existsSync(at("no"))).to.equal(false);
    });

    it("lists the contributions as they are in the key", () => {
      const chain = readContributions(at("OracleRound_final.zkey"));
      expect(chain.map(({ kind, name }) => [kind, name])).to.deep.equal([
        ["person", "first person"],
        ["person", "second person"],
        ["beacon", "beacon"],
      ]);
    });
  });

  describe("with a powers-of-tau file", () => {
    const refusal = async (path: string, hash: string | undefined = ptauHash, power = POWER) => {
      const error = await failure(checkPtau(path, hash, power));
      expect(error).to.be.an("error").with.property("code").that.is.oneOf(["PTAU_REFUSED", "BINARY_FILE"]);
      return (error as Error).message;
    };

    it("takes the file with the hash that was given", async () =>
      expect(await checkPtau(ptau, ptauHash, POWER)).to.equal(ptauHash));

    it("refuses another hash, a malformed hash, and an unknown name without a hash", async () => {
      expect(await refusal(ptau, "0".repeat(128))).to.contain("its BLAKE2b-512 is");
      expect(await refusal(ptau, "abc")).to.contain("is no BLAKE2b-512 hash");
      const error = await failure(checkPtau(ptau, undefined, POWER));
      expect(error).to.be.instanceOf(PtauRefusedError).with.property("message").that.contains("its hash must be given");
    });

    it("refuses a file too small for the circuit", async () => {
      expect(await refusal(ptau, ptauHash, POWER + 1)).to.contain("2^8 powers, the circuit needs 2^9");
    });

    it("refuses a file that is not prepared, on which snarkjs would never end", async () => {
      expect(await refusal(at("1.ptau"))).to.contain("not prepared for phase 2");
    });

    it("refuses a truncated file, and one whose header claims another power", async () => {
      copyFileSync(ptau, at("short.ptau"));
      truncateSync(at("short.ptau"), readFileSync(ptau).length - 100);
      expect(await refusal(at("short.ptau"))).to.contain("of");
      const bytes = readFileSync(ptau);
      bytes.writeUInt32LE(POWER + 1, sectionOf("", readSectionTable(ptau, "ptau"), 1).offset + 36);
      writeFileSync(at("claims.ptau"), bytes);
      expect(await refusal(at("claims.ptau"))).to.contain("section 2 has");
    });

    it("is stopped before snarkjs starts when the hash is wrong", () => {
      const { code, said } = step(
        "setup",
        "--r1cs",
        r1cs.OracleRound,
        "--ptau",
        ptau,
        "--ptau-hash",
        "0".repeat(128),
        "--out",
        at("x.zkey"),
      );
      expect(code).to.equal(1);
      expect(said).to.contain("PtauRefusedError");
      expect(existsSync(at("x.zkey"))).to.equal(false);
    });

    it("knows the hashes that snarkjs' README lists", () => {
      const readme = readFileSync(
        join(dirname(createRequire(import.meta.url).resolve("snarkjs")), "../README.md"),
        "utf8",
      );
      expect(Object.keys(KNOWN_PTAU)).to.have.length(9);
      for (const [name, hash] of Object.entries(KNOWN_PTAU)) {
        expect(readme).to.match(new RegExp(`\\[${name}\\][^\\n]*${hash}`));
      }
    });
  });

  it("explains its steps when called without one", () => {
    expect(step().said).to.contain("usage:");
    expect(step("setup").said).to.contain("--r1cs is missing");
  });
});
