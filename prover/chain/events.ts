import { Interface, type LogDescription } from "ethers";
import { ENGINE_ABI, GUARD_ABI } from "../../verifier/chain/abi.ts";
import type { ChainLog } from "./answers.ts";
import type { ChainEvent } from "./chainEvent.ts";
import { RpcContradictionError } from "./rpcErrors.ts";

export const GUARD = new Interface(GUARD_ABI);
export const ENGINE = new Interface(ENGINE_ABI);

/**
 * Reads a log of the guard or the engine.
 * @returns null for an event that says nothing of the proven state or of incidents
 * @throws {RpcContradictionError} when the log does not fit its contract's interface
 */
export function readEvent(log: ChainLog, guard: string): ChainEvent | null {
  const parsed = parse(log.address === guard ? GUARD : ENGINE, log);
  if (parsed === null) return null;
  const { args } = parsed;
  const integer = (name: string): bigint => BigInt(args[name]);
  const list = (name: string): readonly bigint[] => [...args[name]].map(BigInt);
  const count = (name: string): number => safe(integer(name), parsed.name);
  const { transactionHash } = log;
  switch (parsed.name) {
    case "Genesis":
      return {
        type: "genesis",
        stateRoot: integer("stateRoot"),
        oracleRoot: integer("oracleRoot"),
        oracleParameters: list("oracleParameters"),
        marginParameters: list("marginParameters"),
        reporterKeys: list("reporterKeys"),
        oracleWords: list("oracleWords"),
      };
    case "OperationLogged":
      return { type: "operation", position: count("index"), words: list("words") };
    case "RoundProven":
      return {
        type: "round",
        round: count("round"),
        timestampSec: integer("timestamp"),
        oracleRoot: integer("newOracleRoot"),
        transactionHash,
      };
    case "BatchProven":
      return {
        type: "batch",
        first: count("firstOperation"),
        count: count("count"),
        round: count("round"),
        stateRoot: integer("newStateRoot"),
        outcomeWord: integer("outcomeWord"),
        totalsWord: integer("totalsWord"),
        transactionHash,
      };
    case "RolledBack":
      return {
        type: "rollback",
        cause: count("cause"),
        settled: count("settled"),
        abandonedSettled: count("abandonedSettled"),
        stateRoot: integer("newStateRoot"),
        transactionHash,
      };
    case "LogForked":
      return {
        type: "fork",
        fromIndex: count("fromIndex"),
        abandonedCount: count("abandonedCount"),
        abandonedHead: String(args.abandonedHead),
      };
    case "IncidentDetected":
    case "IncidentRecovered":
      return {
        type: "incident",
        phase: parsed.name === "IncidentDetected" ? "detected" : "recovered",
        cause: count("cause"),
        market: count("market"),
        detectedAt: count("detectedAt"),
      };
    default:
      return null;
  }
}

function parse(contract: Interface, { topics, data }: ChainLog): LogDescription | null {
  try {
    return contract.parseLog({ topics: [...topics], data });
  } catch {
    throw new RpcContradictionError("eth_getLogs", "a log that does not fit the contract's interface");
  }
}

function safe(value: bigint, event: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RpcContradictionError("eth_getLogs", `a number in ${event}`);
  return Number(value);
}
