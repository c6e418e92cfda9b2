#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { Command, CommanderError } from "commander";
import { createHasher } from "../model/hasher.ts";
import { ScenarioError } from "../model/scenario/errors.ts";
import { parseScenario } from "../model/scenario/parse.ts";
import { runScenario } from "../model/scenario/run.ts";
import { toJson, viewScenario } from "../model/scenario/view.ts";

/** The input cannot be used: the same code as for "could not check". */
const EXIT_BAD_INPUT = 2;

async function replay(file: string): Promise<void> {
  const parsed = parseScenario(await readText(file));
  const hasher = await createHasher();
  const result = runScenario(parsed, hasher);
  process.stdout.write(`${toJson(viewScenario(parsed, result, hasher))}\n`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new ScenarioError("", `cannot be read: ${reason}`, { cause });
  }
}

const program = new Command("model").description("The executable model of Homeostat, alone").exitOverride();
program
  .command("replay")
  .argument("<file>", "scenario, see verifier/model/README.md")
  .description("run a scenario through the model and print outcomes, accounts, totals, box, buffers and roots as JSON")
  .action(replay);

try {
  await program.parseAsync();
} catch (cause) {
  if (cause instanceof CommanderError)
    process.exitCode = cause.exitCode === 0 ? 0 : EXIT_BAD_INPUT; // it has said why
  else if (cause instanceof ScenarioError) {
    process.stderr.write(`${cause.message}\n`);
    process.exitCode = EXIT_BAD_INPUT;
  } else throw cause;
}
