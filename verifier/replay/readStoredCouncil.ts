/** The council that a guard is bound to, and the words that the guard keeps of its restrictions. */

import { ZeroAddress } from "ethers";
import { COUNCIL, GUARD, TIMELOCK } from "../chain/interfaces.ts";
import { keccakOfWords } from "../model/words.ts";
import { askContract, orNull } from "./askContract.ts";
import type { Rpc } from "./rpc.ts";
import type { StoredCouncil } from "./stored.ts";

/** Slot of the guard's mapping of restrictions by market. @see contracts/README.md, Storage of the guard */
const WORDS_SLOT = 19n;
const MARKETS_LIMIT = 4n; // circuits/lib/constants.circom MARKETS

/** A council as bound, with its timelock; addresses in lower case. */
export interface BoundCouncil extends StoredCouncil {
  readonly timelock: string;
  /** Whether it answers as a SecurityCouncil of this timelock. */
  readonly isKnown: boolean;
}

/** Null for a guard without a council. */
export async function readStoredCouncil(rpc: Rpc, guard: string, block: number): Promise<BoundCouncil | null> {
  const addressOf = async (name: string) =>
    String((await askContract(rpc, GUARD, guard, block, name))[0]).toLowerCase();
  const council = await addressOf("council");
  if (council === ZeroAddress) return null;
  const timelock = await addressOf("timelock");
  const known = await orNull(async () => {
    const [own] = await askContract(rpc, COUNCIL, council, block, "timelock");
    const [threshold]: bigint[] = [...(await askContract(rpc, COUNCIL, council, block, "threshold"))];
    const [liftDelaySec]: bigint[] = [...(await askContract(rpc, TIMELOCK, timelock, block, "getMinDelay"))];
    return String(own).toLowerCase() === timelock ? { threshold, liftDelaySec } : null;
  });
  const { threshold = 0n, liftDelaySec = 0n } = known ?? {};
  const words = await readWords(rpc, guard, block);
  return { terms: { council, threshold, liftDelaySec }, words, timelock, isKnown: known !== null };
}

async function readWords(rpc: Rpc, guard: string, block: number): Promise<readonly bigint[] | null> {
  const [markets]: bigint[] = [...(await askContract(rpc, GUARD, guard, block, "markets"))];
  return orNull(async () => {
    const words: bigint[] = [];
    for (let market = 0n; market < (markets ?? 0n) && market < MARKETS_LIMIT; market++)
      words.push(await rpc.storage(guard, keccakOfWords([market, WORDS_SLOT]), block));
    return words;
  });
}
