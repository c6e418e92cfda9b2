import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { groth16 } from "snarkjs";
import { acceptProof } from "../../scripts/bench/provers/acceptProof.ts";
import type { JsonProof } from "../../scripts/bench/provers/protocol.ts";
import { ProverFailedError, ProverProcess } from "../../scripts/bench/provers/proverProcess.ts";
import { readVerificationKey } from "../../scripts/circuits/verificationKey.ts";
import { parseVerificationKey, type VerificationKey } from "../../verifier/check/verificationKey.ts";
import { type SampleCircuit, sampleCircuit } from "../native/support/sampleCircuit.ts";

const BURNT_MS = 150;

describe("the proving bench's processes", function () {
  this.timeout(0);
  let circuit: SampleCircuit;
  let folder: string;
  let wtnsPath: string;
  let honest: JsonProof;
  let key: VerificationKey;
  const running: ProverProcess[] = [];

  before(async () => {
    circuit = await sampleCircuit();
    folder = await mkdtemp(join(tmpdir(), "homeostat-bench-"));
    wtnsPath = join(folder, "witness.wtns");
    const wtns = await circuit.witness(3n, 4n, 5n);
    await writeFile(wtnsPath, wtns);
    honest = await groth16.prove({ type: "mem", data: circuit.zkey }, { type: "mem", data: wtns });
    key = parseVerificationKey(readVerificationKey(circuit.zkeyPath));
  });
  after(async () => {
    await Promise.all([circuit.remove(), rm(folder, { recursive: true, force: true })]);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((prover) => prover.end()));
  });

  /** A peer that works for a while and then gives an answer that was made before; refuses other arguments than it must get. */
  async function standIn({ proof, publicSignals }: JsonProof): Promise<string> {
    const path = join(folder, "peer.cjs");
    const expected = JSON.stringify([circuit.zkeyPath, wtnsPath]);
    await writeFile(
      path,
      `#!${process.execPath}
const { writeFileSync } = require("node:fs");
const [zkey, wtns, proof, publicSignals, ...more] = process.argv.slice(2);
if (JSON.stringify([zkey, wtns]) !== ${JSON.stringify(expected)} || more.length > 0) process.exit(3);
while (process.cpuUsage().user < ${1000 * BURNT_MS}) Math.random();
writeFileSync(proof, ${JSON.stringify(JSON.stringify(proof))});
writeFileSync(publicSignals, ${JSON.stringify(JSON.stringify(publicSignals))});
`,
    );
    await chmod(path, 0o755);
    return path;
  }

  async function start(prover: "snarkjs" | "peer", peerPath = "", zkeyPath = circuit.zkeyPath): Promise<ProverProcess> {
    const started = await ProverProcess.start({ prover, wtnsPath, zkeyPath, peerPath });
    running.push(started);
    return started;
  }

  it("time a peer that is called with key, witness, proof and public signals", async function () {
    if (process.platform !== "linux") this.skip(); // its processor time is read from /proc
    const { sample, result } = await (await start("peer", await standIn(honest))).prove();
    expect(result).to.deep.equal(honest);
    acceptProof(key, "peer", result);
    expect(sample.cpu).to.be.within(BURNT_MS / 1000 - 0.02, 60); // the clock's ticks are hundredths
    expect(sample.wall).to.be.greaterThan(BURNT_MS / 1000 - 0.02);
  });

  it("time snarkjs, and see its memory", async () => {
    const { sample, result } = await (await start("snarkjs")).prove();
    acceptProof(key, "snarkjs", result);
    expect(sample.wall).to.be.greaterThan(0);
    expect(sample.peakBytes).to.be.greaterThan(1e7);
  });

  for (const [title, spoil] of [
    ["other public signals", ({ proof }: JsonProof) => ({ proof, publicSignals: ["1", "2", "3"] })],
    ["no proof at all", ({ publicSignals }: JsonProof) => ({ proof: null, publicSignals })],
  ] as const) {
    it(`refuse a peer's answer with ${title}`, async () => {
      const { result } = await (await start("peer", await standIn(spoil(honest)))).prove();
      expect(() => acceptProof(key, "peer", result)).to.throw(ProverFailedError, "peer: its proof does not verify");
    });
  }

  it("name the prover that fails, and why", async () => {
    const failure = (work: Promise<unknown>): Promise<unknown> =>
      work.then(() => null).catch((error: unknown) => error);
    const missing = join(folder, "nowhere");
    const noKey = await failure(start("snarkjs", "", missing));
    expect(noKey).to.be.instanceOf(ProverFailedError);
    expect(String(noKey)).to.include("snarkjs: ENOENT").and.include(missing);
    const peer = await start("peer", missing);
    expect(String(await failure(peer.prove())))
      .to.include("peer: ")
      .and.include(missing);
  });
});
