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

/** The same of a transaction to the guard at an earlier block. @returns name of the guard's error; null when it would have accepted */
export async function refusalAt(
  { provider, guard }: Stage,
  call: { readonly to: string; readonly data: string },
  blockTag: number,
): Promise<string | null> {
  try {
    await provider.call({ ...call, blockTag });
    return null;
  } catch (error) {
    const data = (error as { data?: unknown }).data; // ethers' CallException
    const known = typeof data === "string" ? guard.interface.parseError(data) : null;
    if (known === null) throw error;
    return known.name;
  }
}
