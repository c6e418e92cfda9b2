/** A provider whose answers to one method are changed. */
import type { RpcProvider } from "../../../verifier/replay/rpc.ts";

/** Changes an answer; `call` counts the calls of the method from 0. */
export type Fault = (answer: unknown, call: number, params: readonly unknown[]) => unknown;

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
