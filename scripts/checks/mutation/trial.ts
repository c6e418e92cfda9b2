import { NoResult, type TestProcess } from "../solidity/testProcess.ts";
import { CHOICE_ADDRESS } from "./switch.ts";

export type Verdict =
  | { readonly kind: "killed"; readonly by: string }
  | { readonly kind: "survived" }
  | { readonly kind: "stillborn" };

/** Tests at once: a few first, because most mutants fall to the first that reaches them. */
const STAGES = [4, 24, Number.POSITIVE_INFINITY];
/** Longer than any set-up of tests; a mutant that hangs costs so much, milliseconds. */
const LEAST_LIMIT_MS = 20_000;
const LIMIT_FACTOR = 10;

/**
 * Runs tests on what the worker's sandbox holds until one fails. A hang counts as noticed, when it happens twice.
 * @param titles in the order in which they are worth trying
 * @param number of the mutant that is switched on; 0 for none
 */
export async function tryTests(
  titles: readonly string[],
  number: number,
  worker: TestProcess,
  durationsMs: Readonly<Record<string, number>>,
): Promise<Verdict> {
  const left = [...titles];
  for (const size of STAGES) {
    const stage = left.splice(0, size);
    if (stage.length === 0) continue;
    const usualMs = stage.reduce((sum, title) => sum + (durationsMs[title] ?? 0), 0);
    const request = { titles: stage, bail: true, balances: { [CHOICE_ADDRESS]: String(number) } };
    const limitMs = Math.max(LEAST_LIMIT_MS, LIMIT_FACTOR * usualMs);
    const once = () => worker.run(request, limitMs);
    try {
      const { failed } = await once().catch((error) => {
        if (error instanceof NoResult) return once(); // a busy machine, or a fault that the test before left behind
        throw error;
      });
      const [first] = failed;
      if (first !== undefined) return { kind: "killed", by: first.title };
    } catch (error) {
      if (error instanceof NoResult) return { kind: "killed", by: error.message };
      throw error;
    }
  }
  return { kind: "survived" };
}
