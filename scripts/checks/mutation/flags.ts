import { Command } from "commander";

export interface MutationFlags {
  readonly json?: true;
  /** How many mutants to try, chosen by the seed; all when left out. */
  readonly sample?: string;
  readonly seed: string;
  /** Only files whose path contains this. */
  readonly file?: string;
  readonly jobs: string;
  readonly slow?: true;
  /** Of a mutant, at most. */
  readonly nearest: string;
}

export function parseFlags(given: readonly string[]): MutationFlags {
  return new Command("mutation:contracts")
    .description("changes the contracts in one place at a time, and counts the changes that some contract test notices")
    .option("--json", "print mutation.contracts.killed, .total and the survivors as JSON")
    .option("--sample <count>", "try so many mutants, chosen by the seed")
    .option("--seed <text>", "of the choice", "homeostat")
    .option("--file <part>", "only files whose path contains this")
    .option("--nearest <count>", "tests that a mutant meets at most; what they pass, a later run takes up", "Infinity")
    .option("--slow", "with tests that take more than a few seconds each")
    .option("--jobs <count>", "test processes at once", "2")
    .parse(given, { from: "user" })
    .opts<MutationFlags>();
}
