import type { ChainClient } from "../chain/client.ts";
import { GUARD } from "../chain/events.ts";
import { readContract } from "../service/checkGuard.ts";

/** What the guard answers, in the contract's order. @see contracts/interfaces/HomeostatTypes.sol Status */
const STATES = ["Normal", "Stressed", "Broken", "Halted", "Exit"] as const;

/** The state of each market, and the mask of what halts all of them. @see contracts/libraries/HaltCause.sol */
export async function readStates(
  client: ChainClient,
  guard: string,
  markets: number,
): Promise<{ readonly states: readonly string[]; readonly causes: number }> {
  const ask = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
    readContract(client, { contract: GUARD, address: guard }, name, { args });
  const states: string[] = [];
  for (let market = 0; market < markets; market++) {
    states.push(STATES[Number(await ask("status", market))] ?? "unknown");
  }
  return { states, causes: Number(await ask("haltCauses")) };
}
