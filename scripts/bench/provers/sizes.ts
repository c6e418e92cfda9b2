import { join } from "node:path";
import type { CircuitInputs } from "../../../prover/proving/backend.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { profileDirectory } from "../../circuits/artefacts.ts";
import { benchDirectory } from "../compiled.ts";
import { batchSituation } from "./batchSituation.ts";
import { roundSituation } from "./roundSituation.ts";

/** A circuit of ours that the provers are timed on. */
export interface Size {
  /** Ends the figures' names: the constraints, roughly. */
  readonly label: string;
  /** Main file, from the project root. */
  readonly main: string;
  /** Where its stages are kept. */
  readonly directory: string;
  /** What is proven: the model's own work. */
  readonly inputs: (hasher: Hasher) => CircuitInputs;
  /** Counted runs when nobody says how many: fewer where snarkjs takes a minute. */
  readonly runs: number;
  /** Whether tables of the key and a native witness calculator are made for it too: at the largest they take minutes and gigabytes. */
  readonly extras: boolean;
}

const bench = (name: string): Pick<Size, "main" | "directory"> => {
  const main = `scripts/bench/circuits/${name}.circom`;
  return { main, directory: benchDirectory(main) };
};
const small = { name: "bench", markets: 1, depth: 1, operations: 1, reporters: 1, faulty: 0 };
const margin = { name: "bench", markets: 4, reporters: 4, faulty: 1 };

/** Instances of the two circuits near 10,000, 53,000, 160,000 and 511,000 constraints, smallest first. */
export const SIZES: readonly Size[] = [
  {
    label: "10k",
    ...bench("OracleRound_m1r1"),
    inputs: (hasher) => roundSituation(hasher, small),
    runs: 7,
    extras: true,
  },
  {
    label: "53k",
    main: "circuits/main/OracleRound_standard.circom",
    directory: join(profileDirectory(process.cwd(), PROFILES.standard.name), "OracleRound"), // the build's own stages
    inputs: (hasher) => roundSituation(hasher, PROFILES.standard),
    runs: 5,
    extras: true,
  },
  {
    label: "160k",
    ...bench("MarginBatch_m4d12o4"),
    inputs: (hasher) => batchSituation(hasher, { ...margin, depth: 12, operations: 4 }),
    runs: 3,
    extras: true,
  },
  {
    label: "511k",
    ...bench("MarginBatch_m4d15o12"),
    inputs: (hasher) => batchSituation(hasher, { ...margin, depth: 15, operations: 12 }),
    runs: 1,
    extras: false,
  },
];
