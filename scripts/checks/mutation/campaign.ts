import { readFileSync } from "node:fs";
import type { Measurement } from "../coverage/measure.ts";
import { errorsOf, type Output } from "../solidity/compile.ts";
import { SANDBOX_CONFIGURATION } from "../solidity/configuration.ts";
import { contractFiles, dependentsOf } from "../solidity/contractFiles.ts";
import { compileEach, refusedFiles } from "../solidity/pipelines.ts";
import { Sandbox } from "../solidity/sandbox.ts";
import { parse } from "../solidity/syntax.ts";
import { TestProcess } from "../solidity/testProcess.ts";
import { compileSchemata } from "./compileSchemata.ts";
import { Experience } from "./experience.ts";
import { nearTests } from "./near.ts";
import { applyMutant, type Mutant } from "./operators.ts";
import { References } from "./references.ts";
import { tryTests, type Verdict } from "./trial.ts";
import type { Verdicts } from "./verdicts.ts";

export interface CampaignOptions {
  readonly jobs: number;
  /** Tests that take longer are left out, milliseconds. */
  readonly slowMs: number;
  /** How many tests a mutant meets at most, the likeliest first. */
  readonly nearest: number;
  readonly onVerdict: (mutant: Mutant, verdict: Verdict) => void;
}

interface Task {
  readonly mutant: Mutant;
  readonly titles: readonly string[];
  readonly met: readonly string[];
}

/**
 * Finds a verdict for each mutant. Those that can be switched are compiled together, once; each of the others by itself, after them.
 * @throws {Error} when a test fails although no mutant is switched on
 */
export async function judge(
  mutants: readonly Mutant[],
  coverage: Measurement,
  verdicts: Verdicts,
  { jobs, slowMs, nearest, onVerdict }: CampaignOptions,
): Promise<void> {
  const references = new References(parse(contractFiles()));
  const experience = new Experience(mutants, verdicts);
  const tasks: Task[] = [];
  for (const mutant of mutants) {
    const near = nearTests(mutant, references.of(mutant), coverage);
    const quick = near.filter((title) => (coverage.durationsMs[title] ?? 0) <= slowMs);
    const known = verdicts.known(mutant, experience.order(mutant, quick).slice(0, nearest));
    if ("verdict" in known) onVerdict(mutant, known.verdict);
    else tasks.push({ mutant, ...known });
  }
  if (tasks.length === 0) return;

  const refused = refusedFiles();
  const plain = compileEach(contractFiles(), {}, refused).contracts;
  const schemata = compileSchemata(
    tasks.map(({ mutant }) => mutant),
    refused,
  );
  const decide = (task: Task, verdict: Verdict) => {
    verdicts.keep(task.mutant, verdict, task.titles, task.met);
    onVerdict(task.mutant, verdict);
  };
  for (const task of tasks) if (schemata.stillborn.has(task.mutant)) decide(task, { kind: "stillborn" });
  const switched = tasks.filter(({ mutant }) => schemata.numberOf.has(mutant));
  const alone = tasks.filter((task) => !switched.includes(task) && !schemata.stillborn.has(task.mutant));
  const everyTitle = [...new Set(tasks.flatMap(({ titles }) => titles))];
  let checked: Promise<void> | undefined;

  async function work(): Promise<void> {
    const sandbox = new Sandbox(SANDBOX_CONFIGURATION);
    const worker = new TestProcess(sandbox.root);
    try {
      sandbox.install(schemata.contracts);
      checked ??= allPass(everyTitle, worker, coverage.durationsMs);
      await checked;
      for (let task = switched.shift(); task !== undefined; task = switched.shift()) {
        const number = schemata.numberOf.get(task.mutant) ?? 0;
        decide(task, await tryTests(task.titles, number, worker, coverage.durationsMs));
      }
      sandbox.install(plain);
      for (let task = alone.shift(); task !== undefined; task = alone.shift())
        decide(task, await tryAlone(task, sandbox, worker));
    } finally {
      worker.stop();
      sandbox.remove();
    }
  }

  async function tryAlone({ mutant, titles }: Task, sandbox: Sandbox, worker: TestProcess): Promise<Verdict> {
    const dependents = dependentsOf(mutant.file, contractFiles());
    const changed = applyMutant(readFileSync(mutant.file, "utf8"), mutant);
    const output = compileEach(dependents, { [mutant.file]: changed }, refused);
    if (errorsOf(output).length > 0) return { kind: "stillborn" };
    sandbox.install(output.contracts);
    try {
      return await tryTests(titles, 0, worker, coverage.durationsMs);
    } finally {
      sandbox.install(only(plain, dependents));
    }
  }

  await Promise.all(Array.from({ length: jobs }, () => work()));
}

/** @throws {Error} when a test fails, or none ran */
async function allPass(titles: readonly string[], worker: TestProcess, durationsMs: Measurement["durationsMs"]) {
  const verdict = await tryTests(titles, 0, worker, durationsMs);
  if (verdict.kind !== "survived") throw new Error(`without any mutant: ${JSON.stringify(verdict)}`);
}

const only = (contracts: Output["contracts"], files: readonly string[]): Output["contracts"] =>
  Object.fromEntries(files.map((file) => [file, contracts[file] ?? {}]));
