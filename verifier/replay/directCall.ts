/** The transaction behind a log, trusted as far as its own hash goes. */
import { CouldNotCheckError } from "../check/verdict.ts";
import type { Rpc, RpcLog, RpcTransaction } from "./rpc.ts";

/** @throws {CouldNotCheckError} when the transaction is not the log's, or its content does not have its hash */
export async function directCall(rpc: Rpc, log: RpcLog): Promise<RpcTransaction> {
  const transaction = await rpc.transaction(log.transactionHash);
  const { hash, blockHash, derivedHash } = transaction;
  if (hash !== log.transactionHash || blockHash !== log.blockHash) {
    throw new CouldNotCheckError(`the answer for transaction ${log.transactionHash} is another one`);
  }
  if (derivedHash === null)
    throw new CouldNotCheckError(`transaction ${hash} is of a kind whose hash is not derived here`);
  if (derivedHash !== hash) throw new CouldNotCheckError(`the content of transaction ${hash} does not have that hash`);
  return transaction;
}
