/** What a council decided, for each word that the guard says in its name. */

import { AbiCoder, type Interface, keccak256, toBeHex, ZeroHash } from "ethers";
import { COUNCIL, GUARD, TIMELOCK } from "../chain/interfaces.ts";
import { proposeLiftDigest, tightenDigest } from "../check/councilMessage.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { type Decision, EVERY_MARKET } from "./councilHistory.ts";
import { type ParsedLog, parseLogs } from "./parsedLog.ts";
import { readSent } from "./readConsents.ts";
import { type ChainCache, checkComplete, readLogs } from "./readLogs.ts";
import type { BoundCouncil } from "./readStoredCouncil.ts";
import type { Rpc, RpcLog } from "./rpc.ts";

/** The decision behind the guard's event of a market. */
export type DecisionOf = (event: "tightened" | "lifted", market: bigint, log: RpcLog) => Promise<Decision>;

interface Reading {
  readonly rpc: Rpc;
  readonly cache: ChainCache;
  readonly domain: { readonly chainId: bigint; readonly guard: string; readonly council: string };
  readonly council: readonly ParsedLog[];
  readonly timelock: readonly ParsedLog[];
}

/** @throws {CouldNotCheckError} when the endpoint contradicts itself about the council's or the timelock's events */
export async function readCouncil(
  rpc: Rpc,
  cache: ChainCache,
  bound: BoundCouncil | null,
  {
    chainId,
    guard,
    from,
    to,
  }: { readonly chainId: bigint; readonly guard: string; readonly from: number; readonly to: number },
): Promise<DecisionOf> {
  if (bound === null) return async () => ({ name: "none", why: "no council is bound" });
  const { council } = bound.terms;
  if (!bound.isKnown) {
    const cause = new CouldNotCheckError(`${council} does not answer as a SecurityCouncil: who decided is not known`);
    return async () => ({ name: "unknown", cause });
  }
  const logsOf = async (abi: Interface, address: string) => {
    const logs = await readLogs(rpc, cache, address, from, to);
    await checkComplete(cache, logs, address);
    return parseLogs(abi, logs);
  };
  const [ofCouncil, ofTimelock] = [await logsOf(COUNCIL, council), await logsOf(TIMELOCK, bound.timelock)];
  const reading = { rpc, cache, domain: { chainId, guard, council }, council: ofCouncil, timelock: ofTimelock };
  return (event, market, log) => (event === "tightened" ? tightening(reading, market, log) : lift(reading, log));
}

async function tightening({ rpc, domain, council }: Reading, market: bigint, log: RpcLog): Promise<Decision> {
  const said = council.findLast((one) => {
    const { name, args } = one.event;
    return name === "Tightened" && isBefore(one.log, log) && [market, EVERY_MARKET].includes(args.market);
  });
  if (said === undefined) return { name: "none", why: "no event of the council" };
  const { args } = said.event;
  const { id: nonce, durationSec } = args;
  const message = { nonce, market: args.market, level: BigInt(args.level), durationSec, cause: BigInt(args.cause) };
  const digestOf = (deadline: bigint) => tightenDigest(domain, { ...message, deadline });
  return { name: "tightened", ...message, sent: await readSent(rpc, domain.council, said.log, "tighten", digestOf) };
}

async function lift(reading: Reading, log: RpcLog): Promise<Decision> {
  const { rpc, cache, domain, council, timelock } = reading;
  // the timelock's event of a call comes after what the call does
  const execution = timelock.find(({ log: other, event: { name, args } }) => {
    const isLater = other.transactionHash === log.transactionHash && other.logIndex > log.logIndex;
    return isLater && name === "CallExecuted" && String(args.target).toLowerCase() === domain.guard;
  });
  if (execution === undefined) return { name: "none", why: "the timelock executed nothing" };
  const executed = String(execution.event.args.id);
  const ofOperation = (name: string) =>
    council.findLast(({ log: other, event }) => {
      return event.name === name && event.args.operation === executed && isEarlier(other, log);
    });
  const proposal = ofOperation("LiftProposed");
  const salt = timelock.find(({ event: { name, args } }) => name === "CallSalt" && args.id === executed);
  if (proposal === undefined || salt === undefined) return { name: "none", why: "the council did not propose it" };
  const { id: restriction, market: proposedMarket, readyAt } = proposal.event.args;
  const message = { nonce: BigInt(salt.event.args.salt), market: BigInt(proposedMarket) };
  const cancelled = ofOperation("LiftCancelled");
  const digestOf = (deadline: bigint) => proposeLiftDigest(domain, { ...message, deadline });
  const calls = timelock.filter(({ log: other, event }) => {
    return event.name === "CallExecuted" && event.args.id === executed && other.transactionHash === log.transactionHash;
  });
  return {
    name: "lifted",
    ...message,
    ...{ restriction, executed: callsHash(calls, salt.event.args.salt), proposed: executed },
    derived: liftHash(domain, message.market, restriction, message.nonce),
    isCancelled: cancelled !== undefined && isEarlier(proposal.log, cancelled.log),
    proposedAt: (await cache.block(proposal.log.blockNumber)).timestamp,
    readyAt,
    sent: await readSent(rpc, domain.council, proposal.log, "proposeLift", digestOf),
  };
}

/** What the timelock names an operation of these calls. @see TimelockController.hashOperationBatch */
function operationHash(targets: readonly string[], payloads: readonly string[], salt: string): string {
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"];
  const values = [targets, targets.map(() => 0n), payloads, ZeroHash, salt];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

const callsHash = (calls: readonly ParsedLog[], salt: string): string =>
  operationHash(
    calls.map(({ event }) => event.args.target),
    calls.map(({ event }) => event.args.data),
    salt,
  );

/** The operation that a council proposes for the end of a restriction. @see SecurityCouncil.liftCalls */
function liftHash({ council, guard }: Reading["domain"], market: bigint, restriction: bigint, nonce: bigint): string {
  const requireLast = COUNCIL.encodeFunctionData("requireLast", [market, restriction]);
  return operationHash([council, guard], [requireLast, GUARD.encodeFunctionData("lift", [market])], toBeHex(nonce, 32));
}

/** Earlier in the same transaction. */
const isBefore = (one: RpcLog, log: RpcLog): boolean =>
  one.transactionHash === log.transactionHash && one.logIndex < log.logIndex;

const isEarlier = (one: RpcLog, log: RpcLog): boolean =>
  one.blockNumber < log.blockNumber || (one.blockNumber === log.blockNumber && one.logIndex < log.logIndex);
