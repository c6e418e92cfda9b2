import { parseArgs } from "node:util";
import type { BenchmarkOptions } from "./measurement.ts";

/** The command line of the benchmarks. */
export interface CommandLine {
  /** How the names of the wanted figures begin; a * stands for anything: "prove.*.160k". */
  readonly only: string;
  /** One JSON object a line instead of a table. */
  readonly json: boolean;
  readonly options: BenchmarkOptions;
}

/** @throws {RangeError} when --runs is no whole number from 1 on @throws {TypeError} on an unknown option */
export function readOptions(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      json: { type: "boolean", default: false },
      runs: { type: "string" },
      peer: { type: "string" },
    },
  });
  const { only, json, runs, peer } = values;
  if (runs !== undefined && !/^[1-9]\d*$/.test(runs))
    throw new RangeError(`--runs is ${runs}, a number from 1 on is meant`);
  return { only, json, options: { ...(runs && { runs: Number(runs) }), ...(peer && { peer }) } };
}

/** Whether a figure's name begins as the user wrote it. */
export function isWanted(name: string, only: string): boolean {
  const parts = only.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}`).test(name);
}
