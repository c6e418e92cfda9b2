import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Addon } from "../../../prover/native/addon.ts";
import { generateCode } from "../../../prover/native/witness/build.ts";
import { buildWitnessLibrary } from "../../../prover/native/witness/buildLibrary.ts";
import { NativeWitness } from "../../../prover/native/witness/nativeWitness.ts";
import { WitnessCalculator } from "../../../prover/native/witness.ts";
import { findCompiler } from "../../../scripts/circuits/compiler.ts";
import { digestFile } from "../../../scripts/circuits/digest.ts";
import { compileCircuit } from "../../helpers/compileCircuit.ts";
import { SANITIZED } from "./provingChild.ts";

/** Both calculators of a circuit's witnesses. */
export interface BothWitnesses {
  readonly native: NativeWitness;
  readonly wasm: WitnessCalculator;
  readonly libraryPath: string;
}

const KIND = SANITIZED ? "sanitized" : "release";

/** Builds the library of a circuit that a test wrote or compiled before. @param wasm path of `<name>_js/<name>.wasm` */
export async function libraryOf(wasm: string): Promise<string> {
  const main = join(dirname(dirname(wasm)), "main.circom");
  const root = process.cwd();
  return buildWitnessLibrary({
    wasmSha256: await digestFile(wasm),
    kind: KIND,
    generate: async (folder) => generateCode(await findCompiler(root), root, relative(root, main), folder),
  });
}

/** @param text a whole circuit, with includes as seen from circuits/main */
export async function bothWitnesses(addon: Addon, name: string, text: string): Promise<BothWitnesses> {
  const { wasm } = await compileCircuit({ file: `main/${name}.circom`, text });
  const libraryPath = await libraryOf(wasm);
  const calculator = await WitnessCalculator.of(name, new Uint8Array(await readFile(wasm)));
  return { native: new NativeWitness(name, addon, libraryPath), wasm: calculator, libraryPath };
}
