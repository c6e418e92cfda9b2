import type { Measurement } from "./measure.ts";

export interface FileCoverage {
  readonly lines: number;
  readonly linesReached: number;
  /** Outcomes of conditions: of if, of ? :, and of each side of && and ||. */
  readonly branches: number;
  readonly branchesTaken: number;
  /** "line outcome" of what no test reached. */
  readonly missing: readonly string[];
}

/** Coverage by file. A line is reached when every statement that begins on it is. */
export function summarise({
  points,
  testsOf,
}: Pick<Measurement, "points" | "testsOf">): Readonly<Record<string, FileCoverage>> {
  const files: Record<string, FileCoverage> = {};
  for (const file of new Set(points.map((point) => point.file))) {
    const own = points.filter((point) => point.file === file);
    const missed = own.filter(({ tag }) => !testsOf.has(tag));
    const lines = (of: typeof own) => new Set(of.filter((p) => p.outcome === "reached").map((p) => p.line)).size;
    const branches = (of: typeof own) => of.filter((p) => p.outcome !== "reached").length;
    files[file] = {
      lines: lines(own),
      linesReached: lines(own) - lines(missed),
      branches: branches(own),
      branchesTaken: branches(own) - branches(missed),
      missing: missed.map(({ line, outcome }) => `${line} ${outcome}`),
    };
  }
  return files;
}

/** Sum over the files that a pattern matches. */
export function totalOf(files: Readonly<Record<string, FileCoverage>>, matching: RegExp): FileCoverage {
  const chosen = Object.entries(files).filter(([file]) => matching.test(file));
  const sum = (field: "lines" | "linesReached" | "branches" | "branchesTaken") =>
    chosen.reduce((total, [, coverage]) => total + coverage[field], 0);
  return {
    lines: sum("lines"),
    linesReached: sum("linesReached"),
    branches: sum("branches"),
    branchesTaken: sum("branchesTaken"),
    missing: chosen.flatMap(([file, { missing }]) => missing.map((place) => `${file}:${place}`)),
  };
}

/** Percent, rounded down to a tenth, so that 95 % is never announced before it is reached. */
export const percentDown = (part: number, whole: number): number =>
  whole === 0 ? 100 : Math.floor((1000 * part) / whole) / 10;
