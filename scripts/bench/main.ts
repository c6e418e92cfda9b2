/**
 * `npm run bench [-- --only PREFIX --json --runs N --peer PROGRAM]`: every figure that the project quotes, measured on this machine.
 * What the prefix does not name is neither built nor run; "prove.*.160k" names all of a size. `--runs` and `--peer` are of the
 * proofs' figures. `--only prove` keeps circuits, keys, and up to 160k constraints witness libraries and tables of 256 MB for each
 * of two levels, in build/: making them takes minutes once, measuring a few minutes each time.
 */
import { cpus } from "node:os";
import { blockCost } from "./blockCost.ts";
import { constraints } from "./constraints.ts";
import { gas } from "./gas.ts";
import { griefing } from "./griefing.ts";
import type { Benchmark, Measurement } from "./measurement.ts";
import { modelSpeed } from "./modelSpeed.ts";
import { isWanted, readOptions } from "./options.ts";
import { poseidon } from "./poseidon.ts";
import { provers } from "./provers.ts";
import { proving } from "./proving.ts";
import { witness } from "./witness.ts";

const BENCHMARKS: readonly Benchmark[] = [
  constraints,
  poseidon,
  modelSpeed,
  blockCost,
  gas,
  griefing,
  witness,
  provers,
  proving,
];
const say = (line: string): void => console.error(`[bench] ${line}`);

function format({ name, value, unit, extrapolated }: Measurement): string {
  const digits = Math.abs(value) < 10 ? 3 : 2;
  const number = value.toLocaleString("en", { maximumFractionDigits: digits });
  return `${name.padEnd(44)} ${number.padStart(16)} ${unit}${extrapolated ? "   (extrapolated)" : ""}`;
}

async function main(): Promise<number> {
  const { only, json, options } = readOptions(process.argv.slice(2));
  const chosen = BENCHMARKS.map((benchmark) => ({
    benchmark,
    wanted: benchmark.names.filter((name) => isWanted(name, only)),
  })).filter(({ wanted }) => wanted.length > 0);
  if (chosen.length === 0) {
    const known = BENCHMARKS.flatMap(({ names }) => names).join("\n  ");
    console.error(`no figure begins with "${only}". Known:\n  ${known}`);
    return 2;
  }
  if (!json) console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}`);
  for (const { benchmark, wanted } of chosen) {
    for await (const measurement of benchmark.run(wanted, say, options)) {
      console.log(json ? JSON.stringify(measurement) : format(measurement));
    }
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
}
process.exit(); // curve workers of the proving library would keep the process alive
