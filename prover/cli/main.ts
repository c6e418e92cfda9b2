import { Command, CommanderError, Option } from "commander";
import { describeError } from "../errors.ts";
import { createOutput, type Output } from "./output.ts";
import {
  aggregatorSettings,
  proverSettings,
  type Raw,
  reporterSettings,
  rollbackSettings,
  SettingsError,
} from "./settings.ts";

/** Exit codes: 0 done, or stopped on request; 1 it failed; 2 flags, environment or configuration are wrong. */
const FAILED = 1;
const MISUSED = 2;

type Action = (flags: Raw, output: Output, signal: AbortSignal) => Promise<void>;

const HELP: Readonly<Record<string, string>> = {
  rpc: "JSON-RPC endpoint of the chain",
  secondRpc: "another node, which must agree before anything is proven",
  guard: "address of the guard",
  profile: "circuit profile: dev, standard or large",
  store: "SQLite file of this prover",
  root: "folder with build/circuits",
  fromBlock: "block of the guard's deployment, or an earlier one",
  confirmations: "blocks to stay behind the newest one",
  pollMs: "wait between two looks at the chain, milliseconds",
  backend: "what makes the proofs: native, snarkjs, or auto: native where it is built",
  keeper: "Backstops and Recertifies to post in a day at most, for accounts that nobody looks after; 0: none",
  execPath: "Node binary of snarkjs' processes; Node 22 is faster than 24",
  children: "proofs that snarkjs makes at once",
  deadlineMs: "time for one proof by snarkjs, milliseconds",
  memoryMb: "heap of a process of snarkjs, MiB",
  tablesMb: "tables of each key for the native prover, in a file next to it, MiB; 0 for none",
  maxFeeWei: "never pay more, wei per gas",
  priorityWei: "tip of the first try, wei per gas",
  signerKeyFile: "file with the key that pays gas, mode 0600; or set HOMEOSTAT_SIGNER_KEY",
  statusPort: "serve /v1/status and /metrics on this port of the loopback interface",
  host: "interface to listen at",
  port: "port to listen at",
  intervalMs: "wait between two rounds or reports, milliseconds",
  maxAheadSec: "how far a report may be ahead of the chain, seconds",
  chainId: "chain id of the guard",
  key: "key file made by keygen",
  slot: "place in the guard's reporter set, from 0",
  aggregator: "URL of the aggregator",
  csv: "price file: timestampSec,price0,..,fundingRate0,..",
};

/** The flags of a command: one for each of its settings. */
function withSettings(command: Command, shape: object): Command {
  for (const name of Object.keys(shape)) {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    command.addOption(new Option(`${flag} <value>`, HELP[name] ?? ""));
  }
  return command.option("--config <file>", "JSON file with any of these settings, in camelCase");
}

function build(stop: AbortSignal): Command {
  const program = new Command("homeostat-prover")
    .description("Follows a Homeostat guard, proves and settles.")
    .exitOverride();
  const add = (name: string, description: string, shape: object, load: () => Promise<Action>): Command => {
    const command = withSettings(program.command(name).description(description), shape).exitOverride();
    command.option("--json", "print JSON, one value a line").action(async (flags: Raw) => {
      await (await load())(flags, createOutput(flags.json === true), stop);
    });
    return command;
  };
  add("run", "follow, prove and settle batches", proverSettings, async () => (await import("./run.ts")).run);
  add(
    "aggregator",
    "collect reports and prove rounds",
    aggregatorSettings,
    async () => (await import("./aggregator.ts")).aggregator,
  );
  add(
    "reporter",
    "sign prices and send them to an aggregator",
    reporterSettings,
    async () => (await import("./reporter.ts")).reporter,
  );
  add(
    "doctor",
    "check everything that a prover needs",
    proverSettings,
    async () => (await import("./doctor.ts")).doctor,
  );
  add(
    "rollback",
    "take the guard back to before an incident, where a rule allows it; a dry run without --send",
    rollbackSettings,
    async () => (await import("./rollback.ts")).rollback,
  ).option("--send", "send it, or the note that has to come first");
  program
    .command("keygen")
    .description("make a signing key of a reporter or trader")
    .exitOverride()
    .requiredOption("--out <file>", "new file for the key")
    .option("--json", "print JSON")
    .action(async (flags: Raw) => (await import("./keygen.ts")).keygen(flags, createOutput(flags.json === true)));
  return program;
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

try {
  await build(stopping.signal).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED;
  else {
    const { code, message } = describeError(error);
    process.stderr.write(`${code}: ${message}\n`);
    process.exitCode = error instanceof SettingsError ? MISUSED : FAILED;
  }
}
