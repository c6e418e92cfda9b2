/**
 * Leaves a guard that has halted for good: shows what the last proven state owes, and makes or sends the calls that pay it.
 * Exit code 0: shown, or all that was sent was done; 1: refused by the chain, or nothing is owed; 2: could not check, or wrong usage.
 */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { JsonRpcProvider } from "ethers";
import { type ExitView, leaveGuard } from "../exit/leaveGuard.ts";
import { type SentCall, sendCalls } from "../exit/sendCalls.ts";
import { httpProvider } from "../replay/httpProvider.ts";
import { renderExit, renderExitJson } from "./renderExit.ts";
import { openWallet, PASSWORD_VARIABLE } from "./wallet.ts";

const DONE = 0;
const REFUSED = 1;
const COULD_NOT_CHECK = 2;
const POLL_MS = 500;

interface Options {
  readonly rpc: string;
  readonly guard: string;
  readonly account?: number;
  readonly owner?: string;
  readonly fromBlock: number;
  readonly enter?: true;
  readonly register?: true;
  readonly send?: true;
  readonly keystore?: string;
  readonly json?: true;
}

const program: Command = new Command("exit")
  .description("Recovers the last proven state from chain data and leads everyone out: no prover, no engine, no owner.")
  .requiredOption("--rpc <url>", "JSON-RPC endpoint; your own node, if you can")
  .requiredOption("--guard <address>", "address of the Homeostat contract", parseAddress)
  .option("--account <number>", "one account (default: all)", parseNumber)
  .option("--owner <address>", "what belongs to one owner (default: all)", parseAddress)
  .option("--from-block <number>", "a block before the guard's deployment", parseNumber, 0)
  .option("--enter", "note the halt, or enter Exit when it has lasted long enough")
  .option("--register", "show the insurance account, losses, and deposits that no proven state holds")
  .option("--send", "send the calls instead of printing them")
  .option("--keystore <file>", `Ethereum keystore that pays the gas; its password in ${PASSWORD_VARIABLE}`)
  .option("--json", "everything, on stdout")
  .addHelpText(
    "after",
    "\nWithout --enter and --register the calls are those that pay. Anyone may send any of them for anyone.\nExample:\n  npm run exit -- --rpc http://127.0.0.1:8545 --guard 0x5FbDB2315678afecb367f032d93F642f64180aa3 --account 7",
  )
  .exitOverride();

async function main(): Promise<number> {
  program.parse();
  const options = program.opts<Options>();
  const { send, keystore } = options;
  if ((send === true) !== (keystore !== undefined)) program.error("error: --send and --keystore go together");
  const view = await leaveGuard({
    provider: httpProvider(options.rpc),
    guard: options.guard,
    fromBlock: options.fromBlock,
    account: options.account,
    owner: options.owner,
    enter: options.enter === true,
    register: options.register === true,
  });
  const sent = keystore === undefined ? null : await sendAll(options.rpc, keystore, view);
  const outcome = { view, sent };
  console.log(options.json ? renderExitJson(outcome) : renderExit(outcome));
  const { accounts, deposits, claims } = view.dues;
  const isNothingOwed = [accounts, deposits, claims].every(({ length }) => length === 0);
  const isRefused = sent?.some(({ refused }) => refused !== null) ?? false;
  return view.hall === null || isNothingOwed || isRefused ? REFUSED : DONE;
}

async function sendAll(url: string, keystore: string, { calls }: ExitView): Promise<readonly SentCall[]> {
  const uncached = { cacheTimeout: -1 }; // else a transaction soon after another would get its nonce again
  const provider = new JsonRpcProvider(url, undefined, { batchMaxCount: 1, pollingInterval: POLL_MS, ...uncached });
  try {
    return await sendCalls(await openWallet(keystore, provider), provider, calls);
  } finally {
    provider.destroy();
  }
}

function parseAddress(text: string): string {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new InvalidArgumentError("an address has 40 hex digits after 0x");
  return text.toLowerCase();
}

function parseNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("it is no whole number");
  return Number(text);
}

try {
  process.exitCode = await main();
} catch (error) {
  // commander has printed its own errors, and help
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? DONE : COULD_NOT_CHECK;
}
