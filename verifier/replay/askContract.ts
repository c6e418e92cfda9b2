/** Single questions to contracts at one block. */

import type { Interface, Result } from "ethers";
import { ENGINE, GUARD, TOKEN } from "../chain/interfaces.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import type { RollbackRecord } from "./rollbackHistory.ts";
import type { Rpc } from "./rpc.ts";

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

/** The answer of a question; null when the endpoint has no state of that block any more. */
export async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CouldNotCheckError) return null;
    throw error;
  }
}

/**
 * What the vault holds after a block, and the tokens of all deposits ever.
 * @returns null when the endpoint has no state of that block any more
 */
export async function readVault(rpc: Rpc, guard: string, block: number): Promise<RollbackRecord["vault"]> {
  return orNull(async () => {
    const [engine, token] = await Promise.all(
      ["engine", "token"].map(async (name) => String((await askContract(rpc, GUARD, guard, block, name))[0])),
    );
    const [held] = await askContract(rpc, TOKEN, String(token), block, "balanceOf", engine);
    const { logged, awaiting } = await askContract(rpc, ENGINE, String(engine), block, "arrivals");
    return { held, arrived: logged + awaiting };
  });
}
