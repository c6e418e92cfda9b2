/** What the vault held at one log of a block: the balance after the block, without the transfers that followed. */
import { GUARD, TOKEN } from "../chain/interfaces.ts";
import { askContract, orNull } from "./askContract.ts";
import type { Rpc, RpcLog } from "./rpc.ts";

/** @returns token units; null when the endpoint has no state of that block any more */
export async function vaultAt(
  rpc: Rpc,
  guard: string,
  { blockNumber, logIndex }: Pick<RpcLog, "blockNumber" | "logIndex">,
): Promise<bigint | null> {
  return orNull(async () => {
    const ofGuard = async (name: string) =>
      String((await askContract(rpc, GUARD, guard, blockNumber, name))[0]).toLowerCase();
    const [engine, token] = [await ofGuard("engine"), await ofGuard("token")];
    const [after]: bigint[] = [...(await askContract(rpc, TOKEN, token, blockNumber, "balanceOf", engine))];
    const logs = await rpc.logs({ address: token, from: blockNumber, to: blockNumber });
    const later = logs.filter((log) => log.logIndex > logIndex);
    return later.reduce((held, log) => held - received(engine, log), after ?? 0n);
  });
}

/** What a token's log brought the vault, negative for what it took. */
function received(vault: string, log: RpcLog): bigint {
  const event = TOKEN.parseLog(log);
  if (event?.name !== "Transfer") return 0n;
  const { from, to, value } = event.args;
  const isVault = (address: unknown) => String(address).toLowerCase() === vault;
  return (isVault(to) ? BigInt(value) : 0n) - (isVault(from) ? BigInt(value) : 0n);
}
