import type { Interface } from "ethers";

type Failure = { readonly data?: unknown; readonly message?: string };

/** The revert data of a failed call, which the in-process chain nests one level deep or not. */
function revertData({ data }: Failure): string {
  if (typeof data === "string") return data;
  const inner = (data as { readonly data?: unknown } | null | undefined)?.data;
  return typeof inner === "string" ? inner : "0x";
}

/**
 * How a call ended: "ok", "out of gas", "empty revert" (as when a contract that it calls runs out of gas), or the name of its error.
 * @throws whatever it is when it is neither
 */
export async function outcomeOf(contract: { readonly interface: Interface }, call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (thrown) {
    const failure = thrown as Failure;
    const data = revertData(failure);
    if (data.length >= 10) {
      const parsed = contract.interface.parseError(data);
      if (parsed !== null) return parsed.name;
    }
    const text = `${failure.message} ${JSON.stringify(failure.data)}`;
    if (/out of gas|OutOfGas|requires at least|gas floor|intrinsic gas/i.test(text)) return "out of gas";
    if (data === "0x" && /without a reason/.test(text)) return "empty revert";
    throw thrown;
  }
}
