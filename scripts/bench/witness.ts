import { readFile } from "node:fs/promises";
import { wtns } from "snarkjs";
import { CIRCUITS } from "../circuits/artefacts.ts";
import { devCircuits, PROFILE } from "./devCircuits.ts";
import { type Benchmark, median } from "./measurement.ts";

const RUNS = 5;
const nameOf = (circuit: string) => `witness.wasm.${PROFILE.name}.${circuit}`;

/** Wall-clock time of a witness alone, by the call that snarkjs' proving process makes: the median of several after a warm-up. */
export const witness: Benchmark = {
  names: CIRCUITS.map(nameOf),
  async *run(wanted, say) {
    const { artefacts, inputs } = await devCircuits(say);
    for (const circuit of CIRCUITS.filter((name) => wanted.includes(nameOf(name)))) {
      const data = await readFile(artefacts[circuit].wasm);
      const times: number[] = [];
      for (let run = 0; run <= RUNS; run++) {
        const started = performance.now();
        await wtns.calculate(inputs[circuit], { type: "mem", data }, { type: "mem" });
        if (run > 0) times.push((performance.now() - started) / 1000);
      }
      yield { name: nameOf(circuit), value: Number(median(times).toFixed(3)), unit: "s" };
    }
  },
};
