/**
 * Verifies a guard's whole history from chain data.
 * Exit code 0: everything holds; 1: something is violated; 2: something could not be checked, or the call is wrong.
 */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { Status } from "../check/verdict.ts";
import { httpProvider } from "../replay/httpProvider.ts";
import { type VerifyRequest, verifyHistory } from "../replay/verifyHistory.ts";
import { keysOfBuild, keysOfFiles } from "./keys.ts";
import { renderJson, renderText } from "./render.ts";

const EXIT: Readonly<Record<Status, number>> = { holds: 0, violated: 1, unknown: 2 };
const COULD_NOT_CHECK = 2;

interface Options {
  readonly rpc: string;
  readonly guard: string;
  readonly roundKey?: string;
  readonly batchKey?: string;
  readonly fromBlock: number;
  readonly block?: number;
  readonly json?: true;
  readonly verbose?: true;
}

const program: Command = new Command("verify")
  .description(
    "Replays a guard's history through the executable model and checks every root, proof, claim and account.",
  )
  .requiredOption("--rpc <url>", "JSON-RPC endpoint; your own node, if you can")
  .requiredOption("--guard <address>", "address of the Homeostat contract", parseAddress)
  .option("--round-key <file>", "verification key of OracleRound (default: the local build's)")
  .option("--batch-key <file>", "verification key of MarginBatch (default: the local build's)")
  .option("--from-block <number>", "a block before the guard's deployment", parseBlock, 0)
  .option("--block <number>", "the last block to look at (default: the head)", parseBlock)
  .option("--json", "the verdict as it is, on stdout")
  .option("--verbose", "also list operations that hold")
  .addHelpText(
    "after",
    "\nExample:\n  npm run verify -- --rpc http://127.0.0.1:8545 --guard 0x5FbDB2315678afecb367f032d93F642f64180aa3",
  )
  .exitOverride();

async function main(): Promise<number> {
  program.parse();
  const options = program.opts<Options>();
  const report = await verifyHistory({
    provider: httpProvider(options.rpc),
    guard: options.guard,
    keys: keysFor(options),
    fromBlock: options.fromBlock,
    ...(options.block === undefined ? {} : { headBlock: options.block }),
  });
  console.log(options.json ? renderJson(report) : renderText(report, options.verbose === true));
  return EXIT[report.status];
}

function keysFor({ roundKey, batchKey }: Options): VerifyRequest["keys"] {
  if (roundKey === undefined && batchKey === undefined) return (profile) => keysOfBuild(process.cwd(), profile);
  if (roundKey === undefined || batchKey === undefined) program.error("error: --round-key and --batch-key go together");
  return () => keysOfFiles({ OracleRound: roundKey, MarginBatch: batchKey });
}

function parseAddress(text: string): string {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new InvalidArgumentError("an address has 40 hex digits after 0x");
  return text;
}

function parseBlock(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("a block number is a whole number");
  return Number(text);
}

try {
  process.exitCode = await main();
} catch (error) {
  // commander has printed its own errors, and help
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : COULD_NOT_CHECK;
}
