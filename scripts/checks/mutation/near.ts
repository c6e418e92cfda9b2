import type { Measurement } from "../coverage/measure.ts";
import type { Mutant } from "./operators.ts";
import type { Place } from "./references.ts";

export type Reached = Pick<Measurement, "points" | "testsOf" | "passed" | "durationsMs" | "fileOf">;

/** Which outcome of a condition a change does something for; of any other change, both. */
const OUTCOME: Readonly<Record<string, string>> = {
  "if never": "true",
  "? never": "true",
  "if always": "false",
  "? always": "false",
};

/**
 * Tests that can notice a mutant, the likeliest and quickest first: those that reached its statement or condition (with the outcome that
 * is changed) themselves or in their set-up. No other test runs anything that differs.
 * All tests when a place is no statement's, as that of a modifier of a function.
 * @param places where the mutant takes effect
 */
export function nearTests(
  mutant: Mutant,
  places: readonly Place[] | "everywhere",
  { points, testsOf, passed, durationsMs, fileOf }: Reached,
): readonly string[] {
  const rarity = new Map<string, number>();
  let everywhere = places === "everywhere";
  for (const { file, start, end } of places === "everywhere" ? [] : places) {
    const around = points.filter((point) => point.file === file && point.start <= start && end <= point.end);
    if (around.length === 0) everywhere = true;
    const narrowest = Math.min(...around.map((point) => point.end - point.start));
    const wanted = OUTCOME[mutant.change];
    for (const { tag, outcome } of around.filter((point) => point.end - point.start === narrowest)) {
      if (wanted !== undefined && outcome !== "reached" && outcome !== wanted) continue;
      const titles = testsOf.get(tag) ?? new Set<string>();
      for (const title of titles)
        rarity.set(title, Math.min(titles.size, rarity.get(title) ?? Number.POSITIVE_INFINITY));
    }
  }
  const ranked = [...new Set(passed)]
    .filter((title) => everywhere || rarity.has(title))
    .map((title) => ({ title, rank: rarity.get(title) ?? passed.length, durationMs: durationsMs[title] ?? 0 }))
    .sort((a, b) => a.rank - b.rank || a.durationMs - b.durationMs);
  const turnOf = new Map<string, number>(); // of tests that are as rare, one of each file before the second of any
  return ranked
    .map(({ title, rank }) => {
      const key = `${rank} ${fileOf[title]}`;
      const turn = turnOf.get(key) ?? 0;
      turnOf.set(key, turn + 1);
      return { title, rank, turn };
    })
    .sort((a, b) => a.rank - b.rank || a.turn - b.turn)
    .map(({ title }) => title);
}
