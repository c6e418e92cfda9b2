import { median } from "../measurement.ts";
import { CALCULATORS, type Calculator, type Figure, type ProverName } from "./figures.ts";

/** Seconds of something. */
export type Time = Pick<Sample, "wall" | "cpu">;

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
  /** Counted runs of the witness calculators; those that did not run are absent. */
  readonly witness: ReadonlyMap<Calculator, readonly Time[]>;
}

export const UNITS: Readonly<Record<Figure["kind"], string>> = {
  constraints: "constraints",
  "witness.wasm": "s",
  "witness.wasm.cpu": "s",
  "witness.native": "s",
  "witness.native.cpu": "s",
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
  witnessShare: "%",
};

/** The witness calculator that a figure needs. */
export function calculatorOf(kind: Figure["kind"]): Calculator | undefined {
  if (kind === "witnessShare") return "native";
  return CALCULATORS.find((calculator) => kind.startsWith(`witness.${calculator}`));
}

/**
 * A figure's value: medians of the counted runs, quotients of medians. The limit is the prover's own count of multiplications
 * times the least time that one was seen to take, shared by all processors.
 * @returns undefined when a prover or calculator that it needs has not run
 */
export function figureValue({ kind, needs }: Figure, results: Results): number | undefined {
  const runs = needs.map((prover) => results.samples.get(prover) ?? []);
  const calculator = calculatorOf(kind);
  const witness = calculator === undefined ? [] : (results.witness.get(calculator) ?? []);
  if (runs.some((samples) => samples.length === 0) || (calculator && witness.length === 0)) return undefined;
  const [own = [], other = []] = runs;
  const wallOf = (samples: readonly Time[]): number => median(samples.map(({ wall }) => wall));
  const cpuOf = (samples: readonly Time[]): number => median(samples.map(({ cpu }) => cpu));
  const multiplications = (): number => median(own.map((sample) => sample.multiplications ?? 0));
  const multiplyNs = (): number => Math.min(...own.map((sample) => sample.multiplyNs ?? Number.NaN));
  const limitCpu = (): number => (multiplications() * multiplyNs()) / 1e9;
  switch (kind) {
    case "constraints":
      return results.constraints;
    case "witness.wasm":
    case "witness.native":
      return wallOf(witness);
    case "witness.wasm.cpu":
    case "witness.native.cpu":
      return cpuOf(witness);
    case "witnessShare":
      return (100 * cpuOf(witness)) / cpuOf(own);
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
