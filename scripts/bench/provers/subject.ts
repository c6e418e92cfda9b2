import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadAddon } from "../../../prover/native/addon.ts";
import { buildCircuitLibrary } from "../../../prover/native/witness/build.ts";
import { NativeWitness } from "../../../prover/native/witness/nativeWitness.ts";
import { WitnessCalculator } from "../../../prover/native/witness.ts";
import { parseVerificationKey, type VerificationKey } from "../../../verifier/check/verificationKey.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { findCompiler } from "../../circuits/compiler.ts";
import { type CompiledCircuit, compileStep } from "../../circuits/compileStep.ts";
import { keyStep } from "../../circuits/keyStep.ts";
import { SituationError } from "./batchSituation.ts";
import type { Calculator } from "./figures.ts";
import type { Time } from "./samples.ts";
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

/** What a size's witness is computed from. */
export interface SizeWitness {
  readonly wtnsPath: string;
  /** Computes it once more, by this calculator, and drops it. */
  time(calculator: Calculator): Promise<Time>;
}

/**
 * @param calculators what will be timed; the wasm is there in any case
 * @param addonPath for the native calculator, whose library is built unless it is
 * @param folder for the witness; the caller removes it
 * @throws {NativeBuildError} when the library is wanted and cannot be built
 */
export async function witnessOfSize(
  size: Size,
  { base, stage }: CompiledCircuit,
  { folder, calculators, addonPath }: { folder: string; calculators: ReadonlySet<Calculator>; addonPath?: string },
  say: Say,
): Promise<SizeWitness> {
  const inputs = size.inputs(await createHasher());
  const bytes = new Uint8Array(await readFile(join(stage.directory, `${base}.wasm`)));
  const wasm = await WitnessCalculator.of(base, bytes);
  const opened = new Map<Calculator, Pick<WitnessCalculator, "calculate">>([["wasm", wasm]]);
  if (calculators.has("native") && addonPath !== undefined)
    opened.set("native", new NativeWitness(base, loadAddon(addonPath), await buildCircuitLibrary(size, say)));
  const wtns = await wasm.calculate(inputs);
  const wtnsPath = join(folder, "witness.wtns");
  await writeFile(wtnsPath, wtns);
  return {
    wtnsPath,
    async time(calculator) {
      const [before, started] = [process.cpuUsage(), performance.now()];
      const derived = await opened.get(calculator)?.calculate(inputs);
      const { user, system } = process.cpuUsage(before);
      const sample = { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
      if (derived === undefined || Buffer.compare(derived, wtns) !== 0)
        throw new SituationError(`the ${calculator} calculator's witness of ${base} is another than the wasm's`);
      return sample;
    },
  };
}
