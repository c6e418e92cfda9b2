/** The compiled circuits' own arithmetic, without proofs: witness programs check every constraint as they go. */
import { readFile } from "node:fs/promises";
import { WitnessCalculatorBuilder } from "circom_runtime";
import { type CircuitName, loadArtefacts } from "../../../scripts/circuits/artefacts.ts";
import { toField } from "../../../verifier/model/field.ts";

/** Values of an input signal, nested as the circuit declares it. */
type Nested = bigint | readonly Nested[];

/** @returns a function from a circuit's inputs to its public signals; it throws where a constraint fails */
export async function publicSignalsOf(
  circuit: CircuitName,
  count: number,
): Promise<(inputs: Readonly<Record<string, Nested>>) => Promise<readonly bigint[]>> {
  const artefacts = await loadArtefacts("dev");
  const calculator = await WitnessCalculatorBuilder(await readFile(artefacts[circuit].wasm));
  return async (inputs) => {
    const flat = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, flatten(value)]));
    const witness = await calculator.calculateWitness(flat);
    return witness.slice(1, 1 + count);
  };
}

function flatten(value: Nested): readonly bigint[] {
  return typeof value === "bigint" ? [toField(value)] : value.flatMap(flatten);
}
