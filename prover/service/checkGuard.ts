import type { ChainClient } from "../chain/client.ts";
import { ENGINE, GUARD } from "../chain/events.ts";
import { RpcRefusedError } from "../chain/rpcErrors.ts";
import { GuardUncheckedError, LedgerMismatchError } from "./errors.ts";
import type { View } from "./view.ts";

/** Reads one value of a contract without arguments, or with the given ones. */
export async function readContract(
  client: ChainClient,
  target: { readonly contract: typeof GUARD; readonly address: string },
  name: string,
  options: { readonly args?: readonly unknown[]; readonly blockHash?: string; readonly signal?: AbortSignal } = {},
): Promise<unknown> {
  const call = { to: target.address, data: target.contract.encodeFunctionData(name, options.args ?? []) };
  const at = options.blockHash === undefined ? "latest" : { blockHash: options.blockHash };
  const answer = await client.call(call, at, options.signal);
  return target.contract.decodeFunctionResult(name, answer)[0];
}

/**
 * Compares the view with what guard and engine have stored, all at one block.
 * @throws {GuardUncheckedError} when the node has no state of that block (yet, or any more)
 * @throws {LedgerMismatchError} when they differ: then logs were missing or false, and nothing may be proven
 */
export async function checkGuard(
  client: ChainClient,
  addresses: { readonly guard: string; readonly engine: string },
  view: View,
  blockHash: string,
  signal: AbortSignal,
): Promise<void> {
  const guard = { contract: GUARD, address: addresses.guard };
  const engine = { contract: ENGINE, address: addresses.engine };
  try {
    await compare(guard, "stateRoot", view.stateRoot);
    await compare(guard, "oracleRoot", view.oracleRoot);
    await compare(guard, "settled", BigInt(view.settled));
    await compare(guard, "round", view.oracle.round);
    await compare(guard, "nextRoundTvl", view.nextTvl);
    await compare(engine, "operationCount", BigInt(view.logged));
    if (view.logged > view.settled) await compare(engine, "entryOf", view.head, [view.logged - 1]);
  } catch (error) {
    throw error instanceof RpcRefusedError ? new GuardUncheckedError(blockHash, error) : error;
  }

  async function compare(
    target: { readonly contract: typeof GUARD; readonly address: string },
    name: string,
    derived: bigint | string,
    args: readonly unknown[] = [],
  ): Promise<void> {
    const claimed = await readContract(client, target, name, { args, blockHash, signal });
    if (String(claimed) !== String(derived)) throw new LedgerMismatchError(name, String(claimed), derived);
  }
}
