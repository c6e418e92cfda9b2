/** Asks a contract, without sending anything, whether it would refuse a call now. */
import type { Stage } from "../stage/contracts.ts";

/** @returns name of the contract's error; null when it would accept */
export async function refusalOf(
  stage: Stage,
  contract: "guard" | "engine",
  method: string,
  parameters: readonly unknown[],
  from: string,
): Promise<string | null> {
  const value = contract === "engine" ? stage.feeWei : 0n;
  try {
    await stage[contract].getFunction(method).staticCall(...parameters, { from, ...(value === 0n ? {} : { value }) });
    return null;
  } catch (error) {
    const name = (error as { revert?: { name?: string } | null }).revert?.name; // ethers' CallException
    if (name === undefined) throw error;
    return name;
  }
}
