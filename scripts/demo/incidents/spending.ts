/** What a flood of operations costs those who post it. */
import { formatEther } from "ethers";
import type { Direction } from "./direction.ts";

/** What wallets paid, wei. */
export interface Spending {
  /** To the engine, for the provers. */
  readonly feesWei: bigint;
  /** To the chain. */
  readonly gasWei: bigint;
}

/** Meters what wallets pay from here on. @param operations that they will post @returns reads the meter */
export async function meterSpending(
  { theatre, addressOf }: Direction,
  names: readonly string[],
  operations: number,
): Promise<() => Promise<Spending>> {
  const { provider, feeWei } = theatre.stage;
  const balances = () => Promise.all(names.map((name) => provider.getBalance(addressOf(name))));
  const before = await balances();
  return async () => {
    const after = await balances();
    const spentWei = before.reduce((sum, balance, index) => sum + balance - (after[index] ?? 0n), 0n);
    const feesWei = feeWei * BigInt(operations);
    return { feesWei, gasWei: spentWei - feesWei };
  };
}

/** "0.008 ETH of fees, to the prover, and 0.001 ETH of gas". */
export function showSpending({ feesWei, gasWei }: Spending): string {
  return `${formatEther(feesWei)} ETH of fees, to the prover, and ${formatEther(gasWei)} ETH of gas`;
}
