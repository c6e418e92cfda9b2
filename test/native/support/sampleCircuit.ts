import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groth16, wtns } from "snarkjs";
import type { CircuitArtefact } from "../../../prover/proving/artefact.ts";
import { makeDevKey } from "../../../scripts/circuits/devKey/makeDevKey.ts";
import { digestFile } from "../../../scripts/circuits/digest.ts";
import { readVerificationKey } from "../../../scripts/circuits/verificationKey.ts";
import { compileCircuit } from "../../helpers/compileCircuit.ts";

/** A hash, for wires as wide as the field, and a range check, for wires that are bits; two public outputs, one public input. */
const SOURCE = `pragma circom 2.2.0;
include "circomlib/circuits/poseidon.circom";
include "circomlib/circuits/bitify.circom";
template Sample() {
    signal input left;
    signal input right;
    signal input narrow;
    signal output hash <== Poseidon(2)([left, right]);
    signal bits[64] <== Num2Bits(64)(narrow);
    signal output top <== bits[63] * left;
}
component main { public [right] } = Sample();
`;

export interface SampleCircuit {
  readonly zkey: Uint8Array;
  readonly wasm: Uint8Array;
  readonly zkeyPath: string;
  readonly artefact: CircuitArtefact;
  /** A witness file for these inputs. */
  witness(left: bigint, right: bigint, narrow: bigint): Promise<Uint8Array>;
  /** Whether snarkjs accepts a proof. */
  verify(publicSignals: readonly bigint[], proof: Parameters<typeof groth16.verify>[2]): Promise<boolean>;
  remove(): Promise<void>;
}

/** Compiles the circuit and makes a development key of it, in a temporary folder. */
export async function sampleCircuit(): Promise<SampleCircuit> {
  const compiled = await compileCircuit({ file: "main/sample.circom", text: SOURCE });
  const folder = await mkdtemp(join(tmpdir(), "homeostat-native-"));
  const zkeyPath = join(folder, "sample.zkey");
  await makeDevKey(compiled.r1cs, zkeyPath, await digestFile(compiled.r1cs));
  const wasm = new Uint8Array(readFileSync(compiled.wasm));
  const verificationKey = readVerificationKey(zkeyPath);
  const verificationKeyPath = join(folder, "key.json");
  writeFileSync(verificationKeyPath, JSON.stringify(verificationKey));
  const paths = { wasmPath: compiled.wasm, zkeyPath, verificationKeyPath };
  const digests = {
    wasm: await digestFile(compiled.wasm),
    zkey: await digestFile(zkeyPath),
    verificationKey: await digestFile(verificationKeyPath),
  };
  return {
    zkey: new Uint8Array(readFileSync(zkeyPath)),
    wasm,
    zkeyPath,
    artefact: { name: "Sample", ...paths, digests },
    async witness(left, right, narrow) {
      const out: { type: "mem"; data?: Uint8Array } = { type: "mem" };
      await wtns.calculate({ left, right, narrow }, { type: "mem", data: wasm }, out);
      if (out.data === undefined) throw new Error("snarkjs made no witness");
      return out.data;
    },
    verify: (publicSignals, proof) => groth16.verify(verificationKey, publicSignals.map(String), proof),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
