import type { Mutant } from "./operators.ts";
import type { Verdicts } from "./verdicts.ts";

/** Tests that are tried first in any case: where few reach a mutant, they are the best. */
const FIRST = 3;

/** Which tests noticed mutants of the same file before: where many tests reach a mutant, these notice it most likely. */
export class Experience {
  readonly #noticed = new Map<string, Map<string, number>>();
  readonly #verdicts: Verdicts;

  constructor(mutants: readonly Mutant[], verdicts: Verdicts) {
    this.#verdicts = verdicts;
    for (const mutant of mutants) {
      const title = verdicts.noticedBy(mutant);
      if (title === undefined) continue;
      const ofFile = this.#noticed.get(mutant.file) ?? new Map<string, number>();
      this.#noticed.set(mutant.file, ofFile.set(title, (ofFile.get(title) ?? 0) + 1));
    }
  }

  /** The same titles: what noticed this very mutant before, a few of the likeliest by reach, then those that noticed most, then the rest. */
  order(mutant: Mutant, titles: readonly string[]): readonly string[] {
    const own = this.#verdicts.noticedBy(mutant);
    const count = (title: string) => this.#noticed.get(mutant.file)?.get(title) ?? 0;
    const others = titles.filter((title) => title !== own);
    return [
      ...titles.filter((title) => title === own),
      ...others.slice(0, FIRST),
      ...others.slice(FIRST).sort((a, b) => count(b) - count(a)),
    ];
  }
}
