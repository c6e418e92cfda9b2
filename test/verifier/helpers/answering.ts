/** An endpoint that answers calls from a function, and knows nothing else but some logs. */
import { AbiCoder } from "ethers";
import type { RpcProvider } from "../../../verifier/replay/rpc.ts";

/** @param answer of a call's data in a block; undefined where the call fails */
export function answering(
  answer: (data: string, block: number) => string | undefined,
  logs: readonly unknown[] = [],
): RpcProvider {
  return {
    async send(method, params) {
      if (method === "eth_getLogs") return logs;
      if (method !== "eth_call") return null;
      const [{ data }, block] = params as [{ readonly data: string }, string];
      return answer(data, Number(block)) ?? null;
    },
  };
}

/** Numbers as a contract returns them. */
export const words = (...values: readonly bigint[]): string =>
  AbiCoder.defaultAbiCoder().encode(
    values.map(() => "uint256"),
    values,
  );
