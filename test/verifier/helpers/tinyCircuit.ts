/** A tiny circuit with keys and a proof made by snarkjs, the implementation that ours is compared with. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Groth16Proof } from "../../../verifier/check/groth16.ts";

const SOURCE = `pragma circom 2.2.0;
template Product() { signal input a; signal input b; signal input product; product === a * b; }
component main {public [a, product]} = Product();`;
const NUMBER = /0x[0-9a-f]+/g;

/** The few calls of snarkjs used here; the package carries no types. */
interface Snarkjs {
  powersOfTau: {
    newAccumulator(curve: unknown, power: number, to: string): Promise<void>;
    contribute(from: string, to: string, name: string, entropy: string): Promise<void>;
    preparePhase2(from: string, to: string): Promise<void>;
  };
  zKey: {
    newZKey(r1cs: string, ptau: string, to: string): Promise<void>;
    contribute(from: string, to: string, name: string, entropy: string): Promise<void>;
    exportVerificationKey(zkey: string): Promise<unknown>;
  };
  groth16: {
    fullProve(input: object, wasm: string, zkey: string): Promise<{ proof: unknown; publicSignals: string[] }>;
    exportSolidityCallData(proof: unknown, signals: string[]): Promise<string>;
  };
  curves: { getCurveFromName(name: string): Promise<{ terminate(): Promise<void> }> };
}

export interface TinyCircuit {
  readonly key: unknown;
  /** The key as it is before anybody contributed to phase 2: proofs for it can be forged. */
  readonly uncontributedKey: unknown;
  readonly signals: readonly bigint[];
  readonly proof: Groth16Proof;
}

/** Compiles the circuit, runs a two-phase setup and proves 3 * 7 = 21. A second or two. */
export async function makeTinyCircuit(): Promise<TinyCircuit> {
  const require = createRequire(import.meta.url);
  const snarkjs = require("snarkjs") as Snarkjs;
  const folder = mkdtempSync(join(tmpdir(), "homeostat-tiny-"));
  const file = (name: string) => join(folder, name);
  const curve = await snarkjs.curves.getCurveFromName("bn128");
  try {
    writeFileSync(file("tiny.circom"), SOURCE);
    const compiler = require.resolve("circom2/cli.js");
    execFileSync(process.execPath, [compiler, "tiny.circom", "--r1cs", "--wasm"], { cwd: folder, stdio: "pipe" });
    await snarkjs.powersOfTau.newAccumulator(curve, 3, file("0.ptau"));
    await snarkjs.powersOfTau.contribute(file("0.ptau"), file("1.ptau"), "test", "phase one");
    await snarkjs.powersOfTau.preparePhase2(file("1.ptau"), file("2.ptau"));
    await snarkjs.zKey.newZKey(file("tiny.r1cs"), file("2.ptau"), file("0.zkey"));
    await snarkjs.zKey.contribute(file("0.zkey"), file("1.zkey"), "test", "phase two");
    const wasm = join(folder, "tiny_js", "tiny.wasm");
    const { proof, publicSignals } = await snarkjs.groth16.fullProve({ a: 3, b: 7, product: 21 }, wasm, file("1.zkey"));
    return {
      key: await snarkjs.zKey.exportVerificationKey(file("1.zkey")),
      uncontributedKey: await snarkjs.zKey.exportVerificationKey(file("0.zkey")),
      signals: publicSignals.map(BigInt),
      proof: parseCalldata(await snarkjs.groth16.exportSolidityCallData(proof, publicSignals)),
    };
  } finally {
    await curve.terminate();
    rmSync(folder, { recursive: true });
  }
}

/** snarkjs' calldata text, the order the EVM wants. */
function parseCalldata(text: string): Groth16Proof {
  const [ax, ay, bx1, bx0, by1, by0, cx, cy] = (text.match(NUMBER) ?? []).map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return {
    a: [ax, ay],
    b: [
      [bx1, bx0],
      [by1, by0],
    ],
    c: [cx, cy],
  };
}
