import { findNative } from "../../prover/native/findNative.ts";
import { createNativeHasher } from "../../prover/native/nativeHasher.ts";
import { hashingLevel } from "../../prover/proving/chooseHasher.ts";
import { type Forest, hashForest } from "../../verifier/model/forest.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { type Benchmark, median } from "./measurement.ts";

const HASHERS = ["circomlibjs", "portable", "adx", "ifma"] as const;
const KINDS = ["single", "path", "forest"] as const;
const INPUTS = 4;
const SINGLES = 400;
const PATH = 20;
const WIDTH = 40; // paths side by side in a forest
const RUNS = 7;

/** `width` paths of 20 parents, next to each other. */
const paths = (width: number): Forest => ({
  leaves: Array.from({ length: width }, (_, place) => [BigInt(place)]),
  levels: Array.from({ length: PATH }, (_, level) =>
    Array.from({ length: width }, (_, path) => ({
      left: { hash: level * width + path, box: BigInt(path) << 60n },
      right: { hash: BigInt(level + 1) << 200n, box: 1n << 120n },
    })),
  ),
});

const [PATH_FOREST, WIDE_FOREST] = [paths(1), paths(WIDTH)];

/** How many hashes of 4 inputs a second of one core each kind of work makes, integers in and out. */
const WORK: Readonly<Record<(typeof KINDS)[number], (hasher: Hasher) => number>> = {
  single(hasher) {
    let chained = 1n;
    for (let index = 0; index < SINGLES; index++) chained = hasher.hash([chained, 2n, 3n, 4n]);
    return SINGLES;
  },
  path(hasher) {
    const repeats = SINGLES / PATH;
    for (let index = 0; index < repeats; index++) hashForest(hasher, PATH_FOREST);
    return repeats * PATH;
  },
  forest(hasher) {
    hashForest(hasher, WIDE_FOREST);
    return WIDTH * PATH;
  },
};

/** Poseidon by circomlibjs and by each level of the native hasher, in turn; medians, per second of processor time. */
export const poseidon: Benchmark = {
  names: KINDS.flatMap((kind) => HASHERS.map((name) => `poseidon.${kind}.${name}.${INPUTS}`)),
  async *run(wanted, say) {
    const hashers = new Map<string, Hasher>([["circomlibjs", await createHasher()]]);
    const { addon } = await findNative({ test: hashingLevel });
    if (addon === null) say("the native hasher is not built: npm run build:native");
    for (const level of addon?.levels() ?? []) if (addon !== null) hashers.set(level, createNativeHasher(addon, level));

    const series = [...hashers].flatMap(([name, hasher]) =>
      KINDS.map((kind) => ({
        name: `poseidon.${kind}.${name}.${INPUTS}`,
        work: WORK[kind],
        hasher,
        rates: [] as number[],
      })),
    );
    for (let run = 0; run <= RUNS; run++) {
      for (const { name, work, hasher, rates } of series) {
        if (!wanted.includes(name)) continue;
        const before = process.cpuUsage();
        const count = work(hasher);
        const { user, system } = process.cpuUsage(before);
        if (run > 0) rates.push((count * 1e6) / (user + system));
      }
    }
    for (const { name, rates } of series)
      if (rates.length > 0) yield { name, value: Math.round(median(rates)), unit: "hashes/s" };
  },
};
