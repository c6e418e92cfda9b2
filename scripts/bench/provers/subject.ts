import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { WitnessCalculator } from "../../../prover/native/witness.ts";
import { parseVerificationKey, type VerificationKey } from "../../../verifier/check/verificationKey.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { findCompiler } from "../../circuits/compiler.ts";
import { type CompiledCircuit, compileStep } from "../../circuits/compileStep.ts";
import { keyStep } from "../../circuits/keyStep.ts";
import type { Sample } from "./samples.ts";
import type { Size } from "./sizes.ts";

type Say = (line: string) => void;

/** A size compiled, once for the same sources. */
export async function compileSize({ main, directory }: Size, say: Say): Promise<CompiledCircuit> {
  const root = resolve(".");
  return compileStep({ root, main, directory, compiler: await findCompiler(root), say });
}

/** The development key of a compiled size, made once for the same circuit. */
export async function keyOfSize(
  { directory }: Size,
  compiled: CompiledCircuit,
  say: Say,
): Promise<{ readonly zkeyPath: string; readonly verificationKey: VerificationKey }> {
  const { base } = compiled;
  const stage = await keyStep(compiled, { root: resolve("."), circuit: base, directory, say });
  const json = await readFile(join(stage.directory, `${base}.verification_key.json`), "utf8");
  return {
    zkeyPath: join(stage.directory, `${base}.zkey`),
    verificationKey: parseVerificationKey(JSON.parse(json)),
  };
}

/** The witness of a size's situation. */
export interface SizeWitness {
  readonly wtnsPath: string;
  /** Computes it once more and drops it. */
  time(): Promise<Pick<Sample, "wall" | "cpu">>;
}

/** @param folder for the witness; the caller removes it */
export async function witnessOfSize(
  size: Size,
  { base, stage }: CompiledCircuit,
  folder: string,
): Promise<SizeWitness> {
  const wasm = new Uint8Array(await readFile(join(stage.directory, `${base}.wasm`)));
  const calculator = await WitnessCalculator.of(base, wasm);
  const inputs = size.inputs(await createHasher());
  const wtnsPath = join(folder, "witness.wtns");
  await writeFile(wtnsPath, await calculator.calculate(inputs));
  return {
    wtnsPath,
    async time() {
      const [before, started] = [process.cpuUsage(), performance.now()];
      await calculator.calculate(inputs);
      const { user, system } = process.cpuUsage(before);
      return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
    },
  };
}
