import { readFile } from "node:fs/promises";
import { wtns } from "snarkjs";
import { CIRCUITS, loadArtefacts } from "../circuits/artefacts.ts";
import { type Benchmark, median } from "./measurement.ts";
import { inputsOf, PROFILE, workload } from "./proving.ts";

const RUNS = 5;
const nameOf = (circuit: string) => `witness.wasm.${PROFILE}.${circuit}`;

/** Wall-clock time of a witness alone, by the call that the proving process makes: the median of several after a warm-up. */
export const witness: Benchmark = {
  names: CIRCUITS.map(nameOf),
  async *run(wanted) {
    const work = await workload();
    const artefacts = await loadArtefacts(PROFILE);
    for (const circuit of CIRCUITS.filter((name) => wanted.includes(nameOf(name)))) {
      const data = await readFile(artefacts[circuit].wasm);
      const times: number[] = [];
      for (let run = 0; run <= RUNS; run++) {
        const started = performance.now();
        await wtns.calculate(inputsOf(circuit, work), { type: "mem", data }, { type: "mem" });
        if (run > 0) times.push((performance.now() - started) / 1000);
      }
      yield { name: nameOf(circuit), value: Number(median(times).toFixed(3)), unit: "s" };
    }
  },
};
