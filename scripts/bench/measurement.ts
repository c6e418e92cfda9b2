/** One figure. `extrapolated` says that it was computed, from smaller measured sizes or a known price, not measured. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly extrapolated?: true;
}

/** What the command line says about how to measure. */
export interface BenchmarkOptions {
  /** Counted runs; absent, each benchmark's own number. */
  readonly runs?: number;
  /** Another prover's program, called with the paths of key, witness, proof and public signals. */
  readonly peer?: string;
}

/** A group of figures that are measured together. Names are known before anything runs, so that a part can be chosen. */
export interface Benchmark {
  readonly names: readonly string[];
  /**
   * @param wanted the subset of `names` that was asked for
   * @param say one line for people, on standard error
   */
  run(
    wanted: readonly string[],
    say: (line: string) => void,
    options: BenchmarkOptions,
  ): AsyncIterable<Measurement> | Iterable<Measurement>;
}

/** The middle of an odd number of samples, or the mean of the middle two. @throws {RangeError} without samples */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((left, right) => left - right);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError("no samples");
  return (upper + lower) / 2;
}
