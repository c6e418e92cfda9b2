import type { LogDescription } from "ethers";
import { type Checkpoint, nextCheckpointHead } from "../../verifier/check/checkpoints.ts";
import { causeNumber } from "../../verifier/check/incidentCauses.ts";
import { keccakOfWords } from "../../verifier/model/words.ts";

/** An event of guard or engine, with the time of its block, unix seconds, and its transaction. */
export interface TimedEvent {
  readonly event: Pick<LogDescription, "name" | "args">;
  readonly timeSec: bigint;
  readonly transaction: string;
}

/** A checkpoint, and the head of the guard's hash chain before it and with it. */
export interface Link {
  readonly checkpoint: Checkpoint;
  readonly headBefore: bigint;
  readonly head: bigint;
}

/** What the events of a guard and its log say of the states that it has proven; times in unix seconds, 0 for never. */
export interface ProvenChain {
  /** From genesis to the newest. */
  readonly links: readonly Link[];
  readonly paidTotal: bigint;
  /** The first claim of which nothing was paid, and none after it. */
  readonly paidBelow: bigint;
  readonly rolledBackAt: bigint;
  readonly vaultShortSince: bigint;
}

const NO_LOSS = (1n << 25n) | (1n << 51n);
const VAULT_SHORT = causeNumber("vaultShort");

/** Rebuilds every checkpoint from events alone, in the order of the chain. */
export function foldCheckpoints(events: readonly TimedEvent[]): ProvenChain {
  const links: Link[] = [];
  const logHeads: bigint[] = [];
  let [claimCount, unpaidClaims, paidTotal, paidBelow, rolledBackAt, vaultShortSince] = [0n, 0n, 0n, 0n, 0n, 0n];

  function prove(checkpoint: Checkpoint): void {
    const headBefore = links.at(-1)?.head ?? 0n;
    links.push({ checkpoint, headBefore, head: nextCheckpointHead(headBefore, checkpoint) });
  }

  function settle(args: LogDescription["args"], provenAt: bigint, claims: readonly bigint[]): void {
    const { newStateRoot: stateRoot, box, totalsWord, lossWord, arrived } = args;
    const settled = args.firstOperation + args.count;
    claimCount += BigInt(claims.length);
    unpaidClaims += claims.reduce((sum, amount) => sum + amount, 0n);
    const logHead = logHeads[Number(settled) - 1] ?? 0n;
    const words = { stateRoot, box, totalsWord, lossWord, logHead, settled, arrived };
    prove({ ...words, claimCount, unpaidClaims, paidTotal, provenAt });
  }

  function goBack(args: LogDescription["args"], time: bigint): void {
    links.splice(links.findIndex(({ checkpoint }) => checkpoint.settled === args.settled) + 1);
    const target = links.at(-1)?.checkpoint;
    unpaidClaims = (target?.unpaidClaims ?? 0n) + (target?.paidTotal ?? 0n) - paidTotal;
    rolledBackAt = time;
    if (args.cause === VAULT_SHORT) vaultShortSince = 0n;
  }

  for (const [index, { event, timeSec, transaction }] of events.entries()) {
    const { name, args } = event;
    if (name === "Genesis") prove(genesisCheckpoint(args, timeSec));
    if (name === "OperationLogged") logHeads.push(keccakOfWords([logHeads.at(-1) ?? 0n, ...args.words]));
    if (name === "LogForked") logHeads.splice(Number(args.fromIndex));
    if (name === "BatchProven") settle(args, timeSec, claimsAfter(events, index, transaction));
    if (name === "RolledBack") goBack(args, timeSec);
    if (name === "VaultNoted") vaultShortSince = args.short ? timeSec : 0n;
    if (name === "ClaimPaid") {
      [unpaidClaims, paidTotal] = [unpaidClaims - args.amount, paidTotal + args.amount];
      if (args.id >= paidBelow) paidBelow = args.id + 1n;
    }
  }
  return { links, paidTotal, paidBelow, rolledBackAt, vaultShortSince };
}

/** The amounts of the claims that a batch created: the guard tells of them after it, in the same transaction. */
function claimsAfter(events: readonly TimedEvent[], index: number, transaction: string): readonly bigint[] {
  const amounts: bigint[] = [];
  for (let at = index + 1; events[at]?.transaction === transaction; at++) {
    const { name = "", args } = events[at]?.event ?? {};
    if (name === "BatchProven") break;
    if (name === "ClaimCreated") amounts.push(args?.amount);
  }
  return amounts;
}

function genesisCheckpoint({ stateRoot, oracleWords }: LogDescription["args"], provenAt: bigint): Checkpoint {
  const markets = (oracleWords.length - 1) / 2; // one word of times, two of each market
  let lossWord = 0n;
  for (let market = 0; market < markets; market++) lossWord |= NO_LOSS << BigInt(52 * market);
  const words = { stateRoot, box: 0n, totalsWord: 0n, lossWord, logHead: 0n, settled: 0n, arrived: 0n };
  return { ...words, claimCount: 0n, unpaidClaims: 0n, paidTotal: 0n, provenAt };
}
