import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Mutant } from "./operators.ts";
import type { Verdict } from "./trial.ts";

const KEPT = join("build", "mutation-verdicts.jsonl");
/** What every verdict depends on, beside the mutated file and the tests that it met. */
const COMMON = [join("test", "helpers", "contracts"), join("scripts", "checks", "solidity")];

interface Entry {
  readonly key: string;
  /** Digest of what the mutant is made of. */
  readonly ground: string;
  readonly verdict: Verdict;
  /** Digests of the tests that met the mutant: all passed, or the last failed. */
  readonly met: readonly string[];
}

/** What is known about a mutant: its verdict, or which tests to try and which are passed already. */
export type Known =
  | { readonly verdict: Verdict }
  | { readonly titles: readonly string[]; readonly met: readonly string[] };

/**
 * Verdicts of earlier runs, kept as they are reached: an interrupted run goes on where it ended, and after a test is added only what
 * survived meets it. A verdict holds for the mutated file and the tests as they were; other contracts may change under it.
 */
export class Verdicts {
  readonly #entries = new Map<string, Entry>();
  readonly #digests = new Map<string, string>();
  readonly #fileOf: Readonly<Record<string, string>>;
  readonly #common: string;

  /** @param fileOf the test file of a full title */
  constructor(fileOf: Readonly<Record<string, string>>) {
    this.#fileOf = fileOf;
    this.#common = COMMON.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .sort()
        .map((name) => join(folder, name)),
    )
      .filter((path) => path.endsWith(".ts"))
      .map((path) => this.#digestOf(path))
      .join();
    if (!existsSync(KEPT)) return;
    for (const line of readFileSync(KEPT, "utf8").split("\n").slice(0, -1)) {
      const entry = JSON.parse(line) as Entry; // written below
      this.#entries.set(entry.key, entry);
    }
  }

  /** @param titles all that can notice the mutant, the likeliest first */
  known(mutant: Mutant, titles: readonly string[]): Known {
    const entry = this.#entries.get(keyOf(mutant));
    if (entry === undefined) return { titles, met: [] };
    const { verdict, met } = entry;
    const holds = entry.ground === this.#groundOf(mutant);
    if (verdict.kind === "killed") {
      const again = titles.filter((title) => title === verdict.by);
      if (holds && (again.length === 0 || met.includes(this.#digestOfTest(verdict.by)))) return { verdict };
      return { titles: [...again, ...titles.filter((title) => title !== verdict.by)], met: [] };
    }
    if (!holds) return { titles, met: [] };
    const left = titles.filter((title) => !met.includes(this.#digestOfTest(title)));
    return left.length === 0 || verdict.kind === "stillborn" ? { verdict } : { titles: left, met };
  }

  /** The test that noticed a mutant in an earlier run, if one did. */
  noticedBy(mutant: Mutant): string | undefined {
    const verdict = this.#entries.get(keyOf(mutant))?.verdict;
    return verdict?.kind === "killed" ? verdict.by : undefined;
  }

  /** @param titles what was tried @param met digests of what was tried before */
  keep(mutant: Mutant, verdict: Verdict, titles: readonly string[], met: readonly string[]): void {
    const tried = verdict.kind === "killed" ? [verdict.by] : titles;
    const entry: Entry = {
      key: keyOf(mutant),
      ground: this.#groundOf(mutant),
      verdict,
      met: [...met, ...tried.map((title) => this.#digestOfTest(title))],
    };
    this.#entries.set(entry.key, entry);
    mkdirSync(dirname(KEPT), { recursive: true });
    appendFileSync(KEPT, `${JSON.stringify(entry)}\n`);
  }

  #groundOf({ file }: Mutant): string {
    return digest(`${this.#common} ${this.#digestOf(file)}`);
  }

  #digestOfTest(title: string): string {
    const file = this.#fileOf[title];
    return digest(`${title} ${file === undefined ? "" : this.#digestOf(file)}`);
  }

  #digestOf(path: string): string {
    const known = this.#digests.get(path) ?? digest(readFileSync(path));
    this.#digests.set(path, known);
    return known;
  }
}

const keyOf = ({ file, start, end, put }: Mutant) => digest([file, start, end, put].join("\n"));
const digest = (content: string | Buffer) => createHash("sha256").update(content).digest("hex").slice(0, 16);
