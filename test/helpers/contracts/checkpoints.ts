import { AbiCoder, keccak256, type Log, ZeroHash } from "ethers";
import { type Bench, GENESIS_ROOT, NO_LOSSES } from "./bench.ts";
import { chainHead } from "./encode.ts";
import { ethers } from "./network.ts";

/** contracts/interfaces/HomeostatTypes.sol Checkpoint. */
export interface Checkpoint {
  readonly stateRoot: bigint;
  readonly box: bigint;
  readonly totalsWord: bigint;
  readonly lossWord: bigint;
  readonly logHead: string;
  readonly settled: bigint;
  readonly arrived: bigint;
  readonly claimCount: bigint;
  readonly unpaidClaims: bigint;
  readonly paidTotal: bigint;
  readonly provenAt: bigint;
}

const TYPE =
  "tuple(uint256 stateRoot, uint256 box, uint256 totalsWord, uint256 lossWord, bytes32 logHead, uint48 settled, uint96 arrived, uint64 claimCount, uint96 unpaidClaims, uint96 paidTotal, uint40 provenAt)";

/** Head of the chain of checkpoints after one more. */
export function nextHead(head: string, checkpoint: Checkpoint): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", TYPE], [head, checkpoint]));
}

/** The head after all of them. */
export const headOf = (checkpoints: readonly Checkpoint[]): string => checkpoints.reduce(nextHead, ZeroHash);

/** What `rollBack` is called with to go back to the checkpoint at this place. */
export function rollbackArguments(checkpoints: readonly Checkpoint[], place: number) {
  return [headOf(checkpoints.slice(0, place)), checkpoints[place], checkpoints.slice(place + 1)] as const;
}

/** Every checkpoint that is still in force, rebuilt from the events of guard and engine alone. */
export async function checkpointsOf(bench: Bench): Promise<readonly Checkpoint[]> {
  const logs: Log[] = await ethers.provider.getLogs({ address: [bench.at.guard, bench.at.engine], fromBlock: 0 });
  const genesis = logs.find(({ address }) => address.toLowerCase() === bench.at.guard.toLowerCase());
  const timeOf = async (block: number) => BigInt((await ethers.provider.getBlock(block))?.timestamp ?? 0);
  const claims = { claimCount: 0n, unpaidClaims: 0n, paidTotal: 0n };
  const first: Checkpoint = {
    stateRoot: GENESIS_ROOT,
    box: 0n,
    totalsWord: 0n,
    lossWord: NO_LOSSES,
    logHead: ZeroHash,
    settled: 0n,
    arrived: 0n,
    ...claims,
    provenAt: await timeOf(genesis?.blockNumber ?? 0),
  };
  let checkpoints: Checkpoint[] = [first];
  let operations: (readonly bigint[])[] = [];
  let transaction = "";
  for (const log of logs) {
    const last = checkpoints.at(-1) ?? first;
    const contract = log.address.toLowerCase() === bench.at.guard.toLowerCase() ? bench.guard : bench.engine;
    const event = contract.interface.parseLog(log);
    if (event === null) continue;
    const { args } = event;
    switch (event.name) {
      case "OperationLogged":
        operations[Number(args.index)] = [...args.words];
        break;
      case "LogForked":
        operations = operations.slice(0, Number(args.fromIndex));
        break;
      case "BatchProven": {
        const batch = operations.slice(Number(last.settled), Number(last.settled + args.count));
        transaction = log.transactionHash;
        checkpoints.push({
          stateRoot: args.newStateRoot,
          box: args.box,
          totalsWord: args.totalsWord,
          lossWord: args.lossWord,
          logHead: batch.reduce((head, words) => chainHead(head, words), last.logHead),
          settled: last.settled + args.count,
          arrived: args.arrived,
          ...claims,
          provenAt: await timeOf(log.blockNumber),
        });
        break;
      }
      case "ClaimCreated":
        claims.claimCount += 1n;
        claims.unpaidClaims += args.amount;
        // a batch's claims follow its event in the same transaction, and belong to its checkpoint
        if (log.transactionHash === transaction) checkpoints[checkpoints.length - 1] = { ...last, ...claims };
        break;
      case "ClaimPaid":
        claims.unpaidClaims -= args.amount;
        claims.paidTotal += args.amount;
        break;
      case "RolledBack": {
        checkpoints = checkpoints.filter(({ settled }) => settled <= args.settled);
        const target = checkpoints.at(-1) ?? first;
        claims.unpaidClaims = target.unpaidClaims - (claims.paidTotal - target.paidTotal);
        break;
      }
    }
  }
  return checkpoints;
}
