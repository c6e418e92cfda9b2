import { median } from "../measurement.ts";
import type { Figure, ProverName } from "./figures.ts";

/** One proof as it was measured in the prover's own process. */
export interface Sample {
  /** Seconds from the call to the proof. */
  readonly wall: number;
  /** Processor seconds of all threads of the process, or of the program that it called. */
  readonly cpu: number;
  /** Most memory that was resident in the process so far, bytes. */
  readonly peakBytes: number;
  /** Field multiplications that the native prover counted. */
  readonly multiplications?: number;
  /** Least time of one field multiplication around this proof, nanoseconds. */
  readonly multiplyNs?: number;
}

/** What was measured at one size. */
export interface Results {
  readonly constraints: number;
  /** Threads that a proof may use. */
  readonly processors: number;
  /** Counted runs by prover; those that did not run are absent. */
  readonly samples: ReadonlyMap<ProverName, readonly Sample[]>;
  /** Counted runs of the witness calculator. */
  readonly witness: readonly Pick<Sample, "wall" | "cpu">[];
}

export const UNITS: Readonly<Record<Figure["kind"], string>> = {
  constraints: "constraints",
  witness: "s",
  "witness.cpu": "s",
  wall: "s",
  cpu: "s",
  memory: "MB",
  multiplications: "",
  multiply: "ns",
  limit: "s",
  limitRatio: "x",
  "limitRatio.cpu": "x",
  ratio: "x",
  "ratio.cpu": "x",
  peerRatio: "x",
};

/**
 * A figure's value: medians of the counted runs, quotients of medians. The limit is the prover's own count of multiplications
 * times the least time that one was seen to take, shared by all processors.
 * @returns undefined when a prover that it needs has not run
 */
export function figureValue({ kind, needs }: Figure, results: Results): number | undefined {
  const runs = needs.map((prover) => results.samples.get(prover) ?? []);
  if (runs.some((samples) => samples.length === 0)) return undefined;
  const [own = [], other = []] = runs;
  const wallOf = (samples: readonly Pick<Sample, "wall">[]): number => median(samples.map(({ wall }) => wall));
  const cpuOf = (samples: readonly Pick<Sample, "cpu">[]): number => median(samples.map(({ cpu }) => cpu));
  const multiplications = (): number => median(own.map((sample) => sample.multiplications ?? 0));
  const multiplyNs = (): number => Math.min(...own.map((sample) => sample.multiplyNs ?? Number.NaN));
  const limitCpu = (): number => (multiplications() * multiplyNs()) / 1e9;
  switch (kind) {
    case "constraints":
      return results.constraints;
    case "witness":
      return results.witness.length === 0 ? undefined : wallOf(results.witness);
    case "witness.cpu":
      return results.witness.length === 0 ? undefined : cpuOf(results.witness);
    case "wall":
      return wallOf(own);
    case "cpu":
      return cpuOf(own);
    case "memory":
      return Math.max(...own.map(({ peakBytes }) => peakBytes)) / 1e6;
    case "multiplications":
      return multiplications();
    case "multiply":
      return multiplyNs();
    case "limit":
      return limitCpu() / results.processors;
    case "limitRatio":
      return (wallOf(own) * results.processors) / limitCpu();
    case "limitRatio.cpu":
      return cpuOf(own) / limitCpu();
    case "ratio":
    case "peerRatio":
      return wallOf(other) / wallOf(own);
    case "ratio.cpu":
      return cpuOf(other) / cpuOf(own);
  }
}
