import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CircuitArtefact } from "../../../prover/proving/artefact.ts";

/** Public product of two private factors, the first of which must not be 7. */
const SOURCE = `pragma circom 2.2.0;
template Tiny() {
    signal input left;
    signal input right;
    signal output product <== left * right;
    signal inverse <-- left == 7 ? 0 : 1 / (left - 7);
    inverse * (left - 7) === 1;
}
component main = Tiny();
`;

/** Set-up in a process of its own: snarkjs keeps the process that runs it alive. */
const SETUP = `
import { powersOfTau, zKey } from "snarkjs";
import { getCurveFromName } from "ffjavascript";
import { writeFileSync } from "node:fs";
const curve = await getCurveFromName("bn128");
await powersOfTau.newAccumulator(curve, 4, "a.ptau");
await powersOfTau.contribute("a.ptau", "b.ptau", "test", "entropy");
await powersOfTau.preparePhase2("b.ptau", "c.ptau");
await zKey.newZKey("tiny.r1cs", "c.ptau", "d.zkey");
await zKey.contribute("d.zkey", "tiny.zkey", "test", "entropy");
writeFileSync("key.json", JSON.stringify(await zKey.exportVerificationKey("tiny.zkey")));
process.exit(0);
`;

const digestOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Compiles and sets up the circuit once per machine, in the system's temporary folder. */
export function tinyCircuit(): CircuitArtefact {
  const source = createHash("sha256")
    .update(SOURCE + SETUP)
    .digest("hex")
    .slice(0, 16);
  const folder = join(tmpdir(), `homeostat-tiny-${source}`);
  if (!existsSync(folder)) build(folder);
  const [wasmPath, zkeyPath, verificationKeyPath] = ["tiny_js/tiny.wasm", "tiny.zkey", "key.json"].map((file) =>
    join(folder, file),
  ) as [string, string, string];
  return {
    name: "Tiny",
    wasmPath,
    zkeyPath,
    verificationKeyPath,
    digests: { wasm: digestOf(wasmPath), zkey: digestOf(zkeyPath), verificationKey: digestOf(verificationKeyPath) },
  };
}

function build(folder: string): void {
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "tiny.circom"), SOURCE);
  const circom = createRequire(import.meta.url).resolve("circom2/cli.js");
  const run = (args: readonly string[], cwd: string): void =>
    void execFileSync(process.execPath, args, { cwd, stdio: "pipe" });
  run([circom, "tiny.circom", "--r1cs", "--wasm", "--O2"], work);
  const project = join(import.meta.dirname, "../../..");
  const setup = SETUP.replaceAll(/"(\w+\.(?:ptau|zkey|r1cs|json))"/g, (_, file: string) =>
    JSON.stringify(join(work, file)),
  );
  run(["--input-type=module", "--eval", setup], project); // from here, so that snarkjs is found
  try {
    renameSync(work, folder);
  } catch {
    rmSync(work, { recursive: true }); // another run was first
  }
}
