import type { ProverName } from "./figures.ts";
import type { JsonProof } from "./protocol.ts";
import type { Sample } from "./samples.ts";

/** Whoever proves when asked. */
export interface Contender {
  readonly name: ProverName;
  prove(): Promise<{ readonly sample: Sample; readonly result: JsonProof }>;
}

/**
 * Lets all provers prove in turn, `runs` times after one turn that is not counted: what else the machine does meets all alike.
 * @param accept looks at each proof, outside the measured time; throws when it is none
 * @param aside is done once in each turn
 * @param say is told which turn it is, 0 for the one that is not counted
 */
export async function inTurn(
  provers: readonly Contender[],
  runs: number,
  steps: {
    readonly accept: (prover: ProverName, result: JsonProof) => void;
    readonly aside: (counted: boolean) => Promise<void>;
    readonly say: (turn: number) => void;
  },
): Promise<ReadonlyMap<ProverName, readonly Sample[]>> {
  const samples = new Map<ProverName, Sample[]>(provers.map(({ name }) => [name, []]));
  for (let turn = 0; turn <= runs; turn++) {
    steps.say(turn);
    await steps.aside(turn > 0);
    for (const prover of provers) {
      const { sample, result } = await prover.prove();
      steps.accept(prover.name, result);
      if (turn > 0) samples.get(prover.name)?.push(sample);
    }
  }
  return samples;
}
