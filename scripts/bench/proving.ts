import type { ProofBackend } from "../../prover/proving/backend.ts";
import { chooseBackend } from "../../prover/proving/chooseBackend.ts";
import { CIRCUITS, type CircuitName } from "../circuits/artefacts.ts";
import { backendOn } from "./backendOn.ts";
import { devCircuits, PROFILE } from "./devCircuits.ts";
import { type Benchmark, median } from "./measurement.ts";

const BACKENDS = ["snarkjs", "native"] as const;
const RUNS = 5;

interface Case {
  readonly backend: (typeof BACKENDS)[number];
  readonly circuit: CircuitName;
  readonly name: string;
}
const CASES: readonly Case[] = BACKENDS.flatMap((backend) =>
  CIRCUITS.map((circuit) => ({ backend, circuit, name: `prove.${backend}.${PROFILE.name}.${circuit}` })),
);

/**
 * Wall-clock time of a proof as the service has it, witness and verification included, in a warm process that is reused: the
 * median of several, backends and circuits in turn.
 */
export const proving: Benchmark = {
  names: CASES.map(({ name }) => name),
  async *run(wanted, say, { runs = RUNS }) {
    const { artefacts, inputs } = await devCircuits(say);
    const backends = new Map<string, ProofBackend>();
    try {
      for (const backend of BACKENDS.filter((each) => wanted.some((name) => name.startsWith(`prove.${each}.`)))) {
        try {
          backends.set(backend, backendOn(artefacts, (await chooseBackend(backend)).open));
        } catch (error) {
          say(error instanceof Error ? error.message : String(error)); // native is not built here
        }
      }
      const cases = CASES.filter(({ name, backend }) => wanted.includes(name) && backends.has(backend));
      const times = new Map<Case, number[]>(cases.map((each) => [each, []]));
      for (let run = 0; run <= runs; run++) {
        say(run === 0 ? "warming the proving processes" : `proofs, run ${run} of ${runs}`);
        for (const [{ backend, circuit }, samples] of times) {
          const started = performance.now();
          await backends.get(backend)?.prove(circuit, inputs[circuit]);
          if (run > 0) samples.push((performance.now() - started) / 1000);
        }
      }
      for (const [{ name }, samples] of times) yield { name, value: Number(median(samples).toFixed(3)), unit: "s" };
    } finally {
      await Promise.all([...backends.values()].map((backend) => backend.close()));
    }
  },
};
