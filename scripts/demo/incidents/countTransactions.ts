/** How many transactions anybody sent since a block. */
import type { Theatre } from "../theatre.ts";

export async function countTransactions({ stage }: Theatre, firstBlock: number): Promise<number> {
  const head = await stage.provider.getBlockNumber();
  let count = 0;
  for (let number = firstBlock; number <= head; number++) {
    count += (await stage.provider.getBlock(number))?.transactions.length ?? 0;
  }
  return count;
}
