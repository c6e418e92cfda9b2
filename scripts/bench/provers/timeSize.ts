import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { acceptProof } from "./acceptProof.ts";
import type { Equipment } from "./equipment.ts";
import type { Calculator, Figure } from "./figures.ts";
import { inTurn } from "./inTurn.ts";
import { ProverProcess } from "./proverProcess.ts";
import { calculatorOf, type Results, type Time } from "./samples.ts";
import type { Size } from "./sizes.ts";
import { compileSize, keyOfSize, witnessOfSize } from "./subject.ts";

/**
 * Measures what some figures of one size need, and nothing else: a key is made only for proofs, a witness only to be used.
 * @param runs counted runs of each prover
 */
export async function timeSize(
  size: Size,
  figures: readonly Figure[],
  equipment: Equipment,
  runs: number,
  say: (line: string) => void,
): Promise<Results> {
  const compiled = await compileSize(size, say);
  const provers = [...equipment.provers].filter((prover) => figures.some(({ needs }) => needs.includes(prover)));
  const witness = new Map<Calculator, Time[]>();
  for (const { kind } of figures) {
    const calculator = calculatorOf(kind);
    if (calculator !== undefined) witness.set(calculator, []);
  }
  const results = {
    constraints: compiled.counts.constraints,
    processors: availableParallelism(),
    witness,
  };
  if (provers.length === 0 && witness.size === 0) return { ...results, samples: new Map() };

  const folder = await mkdtemp(join(tmpdir(), "homeostat-bench-"));
  const running: ProverProcess[] = [];
  try {
    const { addonPath } = equipment;
    const means = { folder, calculators: new Set(witness.keys()), ...(addonPath && { addonPath }) };
    const { wtnsPath, time } = await witnessOfSize(size, compiled, means, say);
    const key = provers.length === 0 ? undefined : await keyOfSize(size, compiled, say);
    for (const prover of provers) {
      const { provers: _, ...paths } = equipment;
      const tablesFolder = resolve("build", "bench", "tables", `${size.label}-${prover}`);
      const order = { prover, wtnsPath, zkeyPath: key?.zkeyPath ?? "", tablesFolder, ...paths };
      running.push(await ProverProcess.start(order));
    }
    const samples = await inTurn(running, runs, {
      say: (turn) => say(`${size.label}: ${turn === 0 ? "warming up" : `run ${turn} of ${runs}`}`),
      accept: (prover, result) => key && acceptProof(key.verificationKey, prover, result),
      async aside(counted) {
        for (const [calculator, times] of witness) {
          const sample = await time(calculator);
          if (counted) times.push(sample);
        }
      },
    });
    return { ...results, samples };
  } finally {
    await Promise.all(running.map((prover) => prover.end()));
    await rm(folder, { recursive: true, force: true });
  }
}
