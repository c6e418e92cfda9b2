/** The way out of a guard as the command goes it: made from chain data alone, sent by anybody. */
import { Contract } from "ethers";
import { HALL_ABI } from "../../../verifier/chain/hallAbi.ts";
import { type ExitView, leaveGuard } from "../../../verifier/exit/leaveGuard.ts";
import { sendCalls } from "../../../verifier/exit/sendCalls.ts";
import type { Direction } from "./direction.ts";

/** Asks the way out from chain data, and sends what it says from Hana's wallet. */
export async function follow(direction: Direction, wanted: { enter?: true; register?: true }): Promise<ExitView> {
  const { chain, stage } = direction.theatre;
  const view = await leaveGuard({
    provider: { send: (method, params) => chain.transport.send(method, params) },
    guard: stage.addresses.guard.toLowerCase(),
    fromBlock: stage.addresses.genesisBlock,
    enter: wanted.enter === true,
    register: wanted.register === true,
  });
  for (const { what, refused } of await sendCalls(stage.walletOf("Hana"), stage.provider, view.calls))
    direction.say(`Hana's call: ${what}${refused === null ? "" : `: refused, ${refused}`}`);
  await direction.watch.tell();
  return view;
}

/** One of the hall's numbers. */
export async function ofHall({ theatre }: Direction, name: string): Promise<bigint> {
  const { addresses, provider } = theatre.stage;
  return BigInt(await new Contract(addresses.exitHall, HALL_ABI, provider).getFunction(name).staticCall());
}
