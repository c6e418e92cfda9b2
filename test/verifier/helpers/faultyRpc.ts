/** A provider whose answers to one method are changed. */
import type { RpcProvider } from "../../../verifier/replay/rpc.ts";

/** Changes an answer; `call` counts the calls of the method from 0. */
export type Fault = (answer: unknown, call: number, params: readonly unknown[]) => unknown;

/** What of a log a lie may be about. */
export interface RawLog {
  readonly topics: readonly string[];
  readonly data: string;
}

export function faulty(provider: RpcProvider, method: string, fault: Fault): RpcProvider {
  let calls = 0;
  return {
    async send(asked, params) {
      const answer = await provider.send(asked, params);
      if (asked !== method) return answer;
      calls += 1;
      return fault(answer, calls - 1, params);
    },
  };
}

/** The answer with some fields replaced. */
export function fields(answer: unknown, changes: Readonly<Record<string, unknown>>): unknown {
  return { ...(answer as object), ...changes };
}

/** Changes every log, in lists and in receipts alike. */
export function rewritten(provider: RpcProvider, change: (log: RawLog) => RawLog): RpcProvider {
  const all = (logs: unknown) => (logs as readonly RawLog[]).map(change);
  const lists = faulty(provider, "eth_getLogs", all);
  return faulty(lists, "eth_getTransactionReceipt", (answer) =>
    fields(answer, { logs: all((answer as { readonly logs: unknown }).logs) }),
  );
}
