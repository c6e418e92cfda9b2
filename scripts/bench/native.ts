/**
 * `node scripts/run.mjs scripts/bench/native.ts [--zkey FILE --wtns FILE] [--runs N] [--peer PROGRAM]`: the native prover beside
 * snarkjs, one line of JSON per figure. Without files: the dev circuits, on the workload of the other benchmarks.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { WitnessCalculator } from "../../prover/native/witness.ts";
import { CIRCUITS, loadArtefacts } from "../circuits/artefacts.ts";
import { nativeRuns, type Subject } from "./nativeRuns.ts";
import { inputsOf, PROFILE, workload } from "./proving.ts";

async function workloadSubjects(): Promise<readonly Subject[]> {
  const work = await workload();
  const artefacts = await loadArtefacts(PROFILE);
  return Promise.all(
    CIRCUITS.map(async (circuit) => {
      const calculator = await WitnessCalculator.of(circuit, new Uint8Array(await readFile(artefacts[circuit].wasm)));
      const wtns = await calculator.calculate(inputsOf(circuit, work));
      return { label: `${PROFILE}.${circuit}`, zkeyPath: artefacts[circuit].zkey, wtns };
    }),
  );
}

const { values } = parseArgs({
  options: {
    zkey: { type: "string" },
    wtns: { type: "string" },
    runs: { type: "string", default: "3" },
    peer: { type: "string" },
  },
});
const { zkey, wtns, peer } = values;
if ((zkey === undefined) !== (wtns === undefined)) throw new RangeError("--zkey and --wtns go together");
const subjects =
  zkey !== undefined && wtns !== undefined
    ? [{ label: basename(zkey, ".zkey"), zkeyPath: zkey, wtns: new Uint8Array(await readFile(wtns)) }]
    : await workloadSubjects();
for (const subject of subjects) {
  const say = (line: string): void => console.error(line);
  for await (const figure of nativeRuns(subject, { runs: Number(values.runs), say, ...(peer && { peer }) }))
    console.log(JSON.stringify(figure));
}
process.exit(0); // snarkjs' threads would keep the process
