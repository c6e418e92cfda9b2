/** The event of a guard's constructor. */
import { GUARD } from "../chain/interfaces.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import type { GenesisRecord } from "./history.ts";
import { parseLogs, placeOf } from "./parsedLog.ts";
import type { ChainCache } from "./readLogs.ts";
import type { RpcLog } from "./rpc.ts";

/** @throws {CouldNotCheckError} when there is none, or more than one */
export async function readGenesis(cache: ChainCache, guardLogs: readonly RpcLog[]): Promise<GenesisRecord> {
  const found = parseLogs(GUARD, guardLogs).filter(({ event }) => event.name === "Genesis");
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new CouldNotCheckError(`the guard has ${found.length} Genesis events`);
  const { args } = first.event;
  return {
    place: await placeOf(cache, first.log),
    stateRoot: args.stateRoot,
    oracleRoot: args.oracleRoot,
    oracleParameters: [...args.oracleParameters],
    marginParameters: [...args.marginParameters],
    reporterKeys: [...args.reporterKeys],
    oracleWords: [...args.oracleWords],
  };
}
