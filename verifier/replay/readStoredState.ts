/** What guard, engine, token and verifiers answer at one block. */
import { ENGINE, GUARD, TOKEN, VERIFIER } from "../chain/interfaces.ts";
import type { GuardLimits } from "../check/limits.ts";
import { askContract } from "./askContract.ts";
import type { Rpc } from "./rpc.ts";
import type { StoredClaim, StoredIncident, StoredState, VerifierContract } from "./stored.ts";

const MARKETS_LIMIT = 4n; // circuits/lib/constants.circom MARKETS

/** What events show, so that a guard cannot keep the reader busy; one claim more is asked for. */
interface Seen {
  readonly claims: number;
  readonly incidents: readonly Pick<StoredIncident, "cause" | "market" | "detectedAt">[];
}

export async function readStoredState(
  rpc: Rpc,
  guard: string,
  block: number,
  seen: Seen,
): Promise<Omit<StoredState, "hall" | "council">> {
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
    limits: await readLimits(ask),
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
    checkpointHead: BigInt(await ask("checkpointHead")),
    unpaidClaims: await ask("unpaidClaims"),
    incidents: await readIncidents(rpc, guard, block, seen.incidents),
    vaultShortSince: (await askContract(rpc, GUARD, guard, block, "alarms"))[0].vaultShortSince,
    buffers: await perMarket("buffer"),
    claims: await each(await ask("claimCount"), BigInt(seen.claims + 1), (id) => readClaim(rpc, guard, block, id)),
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
  const [isVoid] = await askContract(rpc, GUARD, guard, block, "isVoid", id);
  return { owner: String(owner).toLowerCase(), amount, payableAt, paid, isVoid: Boolean(isVoid) };
}

async function readLimits(ask: (name: string) => Promise<bigint>): Promise<GuardLimits> {
  return {
    claimDelaySec: await ask("claimDelaySec"),
    cureSec: await ask("cureSec"),
    haltCureSec: await ask("haltCureSec"),
    proofDeadlineSec: await ask("proofDeadlineSec"),
    roundDeadlineSec: await ask("roundDeadlineSec"),
    unauthorisedLimit: await ask("unauthorisedLimit"),
    unauthorisedStepMs: await ask("unauthorisedStepMs"),
    unauthorisedPauseSec: await ask("unauthorisedPauseSec"),
    hasUptimeFeed: BigInt(await ask("uptimeFeed")) !== 0n,
    graceSec: await ask("graceSec"),
    exitDelaySec: await ask("exitDelaySec"),
    outflowWindowSec: await ask("outflowWindowSec"),
    outflowBps: await ask("outflowBps"),
    outflowFloor: await ask("outflowFloor"),
  };
}

async function readIncidents(
  rpc: Rpc,
  guard: string,
  block: number,
  keys: Seen["incidents"],
): Promise<readonly StoredIncident[]> {
  const incidents: StoredIncident[] = [];
  for (const { cause, market, detectedAt } of keys) {
    const [kept] = await askContract(rpc, GUARD, guard, block, "incident", cause, market, detectedAt);
    const { detectedBlock, containedAt, recoveredBlock, recoveredAt, stake } = kept;
    const times = { detectedBlock, containedAt, recoveredBlock, recoveredAt, stake };
    incidents.push({ cause, market, detectedAt, ...times });
  }
  return incidents;
}

async function readLogHead(rpc: Rpc, engine: string, block: number, operations: bigint): Promise<bigint> {
  const { headAfter } = await askContract(rpc, ENGINE, engine, block, "headsOf", operations, 0n);
  return BigInt(headAfter);
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
