import { constraintsOf } from "./compiled.ts";
import type { Benchmark } from "./measurement.ts";

/** Main file of each figure. Templates that take tagged inputs are wrapped in scripts/bench/circuits. */
const MAINS: Readonly<Record<string, string>> = {
  "constraints.treeLevel.m4": "scripts/bench/circuits/TreeLevel_m4.circom",
  "constraints.signatureBit": "scripts/bench/circuits/SignatureBit.circom",
  "constraints.operation.d16m4": "scripts/bench/circuits/Operation_d16m4.circom",
  "constraints.dev.OracleRound": "circuits/main/OracleRound_dev.circom",
  "constraints.dev.MarginBatch": "circuits/main/MarginBatch_dev.circom",
  "constraints.standard.OracleRound": "circuits/main/OracleRound_standard.circom",
  "constraints.standard.MarginBatch": "circuits/main/MarginBatch_standard.circom",
};

/** Constraints of one of the named circuits. @throws {RangeError} when the name is not one of them */
export function namedConstraints(name: string, say: (line: string) => void): Promise<number> {
  const main = MAINS[name];
  if (main === undefined) throw new RangeError(`no circuit is called ${name}`);
  return constraintsOf(main, say);
}

/** Constraint counts at -O2, from the header of the compiler's own output. */
export const constraints: Benchmark = {
  names: Object.keys(MAINS),
  async *run(wanted, say) {
    for (const name of wanted) yield { name, value: await namedConstraints(name, say), unit: "constraints" };
  },
};
