import type { Benchmark } from "./measurement.ts";
import { canMeasure, findEquipment } from "./provers/equipment.ts";
import { figuresOf } from "./provers/figures.ts";
import { figureValue, UNITS } from "./provers/samples.ts";
import { SIZES, type Size } from "./provers/sizes.ts";
import { timeSize } from "./provers/timeSize.ts";

const SIGNIFICANT_DIGITS = 4;

/**
 * snarkjs, every level of the native prover, with tables and without, and perhaps a peer, on four sizes of our own circuits with
 * real witnesses: wall time, processor time and memory of a proof, witness and verification apart, and the arithmetic limit.
 * Every prover is a child process of its own with its key loaded; they prove in turn; every proof is verified; medians of the
 * runs after the first.
 */
export const provers: Benchmark = {
  names: SIZES.flatMap(({ label, extras }) => figuresOf(label, extras).map(({ name }) => name)),
  async *run(wanted, say, { runs, peer }) {
    const wantedOf = ({ label, extras }: Size) => figuresOf(label, extras).filter(({ name }) => wanted.includes(name));
    const equipment = await findEquipment(SIZES.flatMap(wantedOf), peer, say);
    for (const size of SIZES) {
      const figures = wantedOf(size).filter((figure) => canMeasure(figure, equipment));
      if (figures.length === 0) continue;
      const results = await timeSize(size, figures, equipment, runs ?? size.runs, say);
      for (const figure of figures) {
        const value = figureValue(figure, results);
        if (value === undefined) continue;
        const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS)); // counts are exact
        yield { name: figure.name, value: rounded, unit: UNITS[figure.kind] };
      }
    }
  },
};
