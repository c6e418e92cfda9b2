/** JSON-RPC over HTTP without retries or guesses: an answer, or an error that says what was wrong. */
import { z } from "zod";
import type { RpcProvider } from "./rpc.ts";

const TIMEOUT_MS = 30_000;
const answerSchema = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

/** The endpoint refused, failed, or answered with something else. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code = "RPC";
}

/** @param url http or https */
export function httpProvider(url: string, timeoutMs = TIMEOUT_MS): RpcProvider {
  let last = 0;
  return {
    async send(method, params) {
      last += 1;
      const id = last;
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((cause: unknown) => {
        throw new RpcError(`no answer: ${reasonOf(cause)}`, { cause });
      });
      const text = await response.text();
      if (!response.ok) throw new RpcError(`HTTP status ${response.status}`);
      const parsed = answerSchema.safeParse(parseJson(text));
      if (!parsed.success) throw new RpcError("the answer is not JSON-RPC");
      if (parsed.data.id !== id) throw new RpcError("the answer is to another request");
      if (parsed.data.error !== undefined)
        throw new RpcError(`${parsed.data.error.message} (${parsed.data.error.code})`);
      return parsed.data.result;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RpcError("the answer is not JSON", { cause });
  }
}

/** fetch hides the reason one level down. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
