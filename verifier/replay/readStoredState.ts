/** What guard, engine, token and verifiers answer at one block. */
import { Interface, type Result } from "ethers";
import { TOKEN_ABI, VERIFIER_ABI } from "../chain/abi.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { GUARD } from "./calldata.ts";
import type { StoredClaim, StoredState, VerifierContract } from "./history.ts";
import { ENGINE } from "./readRecords.ts";
import type { Rpc } from "./rpc.ts";

const TOKEN = new Interface(TOKEN_ABI);
const MARKETS_LIMIT = 4n; // circuits/lib/constants.circom MARKETS
const VERIFIER = new Interface(VERIFIER_ABI);

/** Asks one contract at one block. @throws {CouldNotCheckError} when the call fails or the answer does not decode */
export async function askContract(
  rpc: Rpc,
  abi: Interface,
  at: string,
  block: number,
  name: string,
  ...inputs: unknown[]
): Promise<Result> {
  const answer = await rpc.call(at, abi.encodeFunctionData(name, inputs), block);
  try {
    return abi.decodeFunctionResult(name, answer);
  } catch (cause) {
    throw new CouldNotCheckError(`${name}() of ${at} gave an answer of another shape`, { cause });
  }
}

/** @param claimsSeen how many claims events show; one more is asked for, so that a guard cannot keep the reader busy */
export async function readStoredState(
  rpc: Rpc,
  guard: string,
  block: number,
  claimsSeen: number,
): Promise<StoredState> {
  const ask = async (name: string, ...inputs: unknown[]): Promise<bigint> =>
    (await askContract(rpc, GUARD, guard, block, name, ...inputs))[0];
  const addressOf = async (name: string) =>
    String((await askContract(rpc, GUARD, guard, block, name))[0]).toLowerCase();
  const markets = await ask("markets");
  const perMarket = (name: string) => each(markets, MARKETS_LIMIT, (market) => ask(name, market));
  const engine = await addressOf("engine");
  const operationCount: bigint = (await askContract(rpc, ENGINE, engine, block, "operationCount"))[0];
  const [vaultBalance] = await askContract(rpc, TOKEN, await addressOf("token"), block, "balanceOf", engine);
  return {
    domain: await ask("domain"),
    shape: [markets, await ask("operationsPerBatch"), await ask("reporters")],
    staleSec: await ask("staleSec"),
    claimDelaySec: await ask("claimDelaySec"),
    reporterSetRoot: await ask("reporterSetRoot"),
    round: await ask("round"),
    roundTimestamp: await ask("roundTimestamp"),
    oracleRoot: await ask("oracleRoot"),
    priceWords: await perMarket("priceWord"),
    stateRoot: await ask("stateRoot"),
    box: await ask("box"),
    totalsWord: await ask("totalsWord"),
    lossWord: await ask("lossWord"),
    settled: await ask("settled"),
    nextRoundTvl: await ask("nextRoundTvl"),
    buffers: await perMarket("buffer"),
    claims: await each(await ask("claimCount"), BigInt(claimsSeen + 1), (id) => readClaim(rpc, guard, block, id)),
    operationCount,
    logHead: await readLogHead(rpc, engine, block, operationCount),
    vaultBalance,
    verifiers: {
      OracleRound: await readVerifier(rpc, await addressOf("roundVerifier"), block),
      MarginBatch: await readVerifier(rpc, await addressOf("batchVerifier"), block),
    },
  };
}

async function readClaim(rpc: Rpc, guard: string, block: number, id: bigint): Promise<StoredClaim> {
  const { owner, amount, payableAt, paid } = await askContract(rpc, GUARD, guard, block, "claim", id);
  return { owner: String(owner).toLowerCase(), amount, payableAt, paid };
}

async function readLogHead(rpc: Rpc, engine: string, block: number, operations: bigint): Promise<bigint> {
  if (operations === 0n) return 0n;
  const [head] = await askContract(rpc, ENGINE, engine, block, "entryOf", operations - 1n);
  return BigInt(head);
}

/** A contract without the two constants is asked for nothing: it is no generated verifier. */
async function readVerifier(rpc: Rpc, at: string, block: number): Promise<VerifierContract> {
  const code = await rpc.code(at, block);
  const knows = ["KEY_DIGEST", "DEV_SETUP"].every((name) => code.includes(selectorOf(name)));
  if (!knows) return { keyDigest: null, devSetup: false, code };
  const [digest] = await askContract(rpc, VERIFIER, at, block, "KEY_DIGEST");
  const [devSetup] = await askContract(rpc, VERIFIER, at, block, "DEV_SETUP");
  return { keyDigest: String(digest).slice(2).toLowerCase(), devSetup: Boolean(devSetup), code };
}

function selectorOf(name: string): string {
  const selector = VERIFIER.getFunction(name)?.selector;
  if (selector === undefined) throw new RangeError(`the verifier's interface has no ${name}`);
  return selector.slice(2).replace(/^0+/, ""); // the compiler drops leading zeros
}

async function each<T>(length: bigint, limit: bigint, ask: (index: bigint) => Promise<T>): Promise<readonly T[]> {
  const answers: T[] = [];
  for (let index = 0n; index < length && index < limit; index++) answers.push(await ask(index));
  return answers;
}
