/** The exit hall's events as values, and what it answers at the head. */

import { type LogDescription, ZeroAddress } from "ethers";
import { ENGINE, GUARD, HALL } from "../chain/interfaces.ts";
import { askContract, orNull } from "./askContract.ts";
import type { HallEvent } from "./hallHistory.ts";
import type { Rpc, RpcLog } from "./rpc.ts";
import type { StoredHall } from "./stored.ts";
import { vaultAt } from "./vaultAt.ts";

/** The hall that pays; null before anybody entered Exit, and for a guard without a hall. */
export async function hallInUse(rpc: Rpc, guard: string, block: number): Promise<string | null> {
  const [hall] = await askContract(rpc, GUARD, guard, block, "exitHall");
  const [exitAt] = await askContract(rpc, GUARD, guard, block, "exitAt");
  return hall === ZeroAddress || exitAt === 0n ? null : String(hall).toLowerCase();
}

/** Null for an event of another contract. */
export async function readHallEvent(
  rpc: Rpc,
  guard: string,
  log: RpcLog,
  { name, args }: LogDescription,
): Promise<HallEvent | null> {
  const address = (value: unknown) => String(value).toLowerCase();
  switch (name) {
    case "InsuranceShown":
      return { name: "insuranceShown", value: args.value };
    case "LossShown":
      return { name: "lossShown", account: args.account, loss: args.loss };
    case "DepositShown": {
      const arrived = await orNull(async () => {
        const [engine] = await askContract(rpc, GUARD, guard, log.blockNumber, "engine");
        const [receipt] = await askContract(rpc, ENGINE, String(engine), log.blockNumber, "tokensArrived", args.head);
        return BigInt(receipt.amount);
      });
      return { name: "depositShown", head: BigInt(args.head), to: address(args.to), amount: args.amount, arrived };
    }
    case "Opened":
      return { name: "opened", backed: args.backed, owed: args.owed, held: await vaultAt(rpc, guard, log) };
    case "AccountLeft": {
      const { account, value, paid } = args;
      return { name: "accountLeft", account, owner: address(args.owner), value, paid };
    }
    case "DepositReturned": {
      const { amount, paid } = args;
      return { name: "depositReturned", head: BigInt(args.head), to: address(args.to), amount, paid };
    }
    default:
      return null;
  }
}

/** @param heads of the deposits that events show */
export async function readStoredHall(
  rpc: Rpc,
  guard: string,
  hall: string,
  block: number,
  heads: readonly bigint[],
): Promise<StoredHall> {
  const ask = async (name: string, ...inputs: unknown[]) =>
    (await askContract(rpc, HALL, hall, block, name, ...inputs))[0];
  const [engine] = await askContract(rpc, GUARD, guard, block, "engine");
  const [nextAccount] = await askContract(rpc, ENGINE, String(engine), block, "nextAccount");
  let accountsDone = 0;
  for (let account = 1n; account < nextAccount; account++) if (await ask("isDone", account)) accountsDone += 1;
  let depositsOpen = 0;
  for (const head of heads) {
    const { amount } = await askContract(
      rpc,
      HALL,
      hall,
      block,
      "depositOf",
      `0x${head.toString(16).padStart(64, "0")}`,
    );
    if (amount !== 0n) depositsOpen += 1;
  }
  return {
    isOpen: await ask("isOpen"),
    backed: await ask("backed"),
    owed: await ask("owed"),
    insurance: (await ask("insuranceShown")) ? await ask("insuranceValue") : null,
    losses: await ask("losses"),
    deposits: await ask("deposits"),
    accountsDone,
    depositsOpen,
  };
}
