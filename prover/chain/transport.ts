import { AbortedError, ProverError } from "../errors.ts";
import { classifyRpcError, RpcUnreachableError } from "./rpcErrors.ts";

/** One JSON-RPC call. The answer is unknown until a schema of answers.ts has read it. */
export interface Transport {
  /** Name for messages; never a URL, which may hold an access key. */
  readonly label: string;
  send(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const ANSWER_LIMIT_BYTES = 64 * 1024 * 1024; // a block full of calldata is below 4 MB; beyond this it is not an answer

/**
 * JSON-RPC over HTTP.
 * @param url endpoint, http or https
 * @param options.timeoutMs time for one call, milliseconds
 * @throws {RpcUnreachableError} from `send`, when there is no usable answer
 * @throws {RpcBusyError | RpcRefusedError} from `send`, when the node answers with an error
 */
export function httpTransport(url: string, options: { readonly timeoutMs?: number } = {}): Transport {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  let nextId = 1;
  const label = new URL(url).host;

  async function send(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const id = nextId++;
    const deadline = AbortSignal.timeout(timeoutMs);
    const body = await post(url, JSON.stringify({ jsonrpc: "2.0", id, method, params }), {
      method,
      caller: signal,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    if (body.id !== id) throw new RpcUnreachableError(method, "the answer belongs to another call");
    if (body.error !== undefined && body.error !== null) throw classifyRpcError(method, body.error);
    if (!("result" in body)) throw new RpcUnreachableError(method, "neither result nor error in the answer");
    return body.result;
  }
  return { label, send };
}

interface PostContext {
  readonly method: string;
  readonly caller: AbortSignal | undefined;
  readonly signal: AbortSignal;
}

async function post(url: string, body: string, context: PostContext): Promise<Record<string, unknown>> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: context.signal,
      redirect: "error",
    });
    const text = await answer.text();
    if (text.length > ANSWER_LIMIT_BYTES) throw new RpcUnreachableError(context.method, "the answer is too long");
    const parsed = parseObject(text);
    // A node may use HTTP 4xx/5xx together with a JSON-RPC error object: that object says more.
    if (parsed === null) throw new RpcUnreachableError(context.method, `HTTP ${answer.status} without a JSON object`);
    if (!answer.ok && parsed.error === undefined) {
      throw new RpcUnreachableError(context.method, `HTTP ${answer.status}`);
    }
    return parsed;
  } catch (error) {
    if (context.caller?.aborted) throw new AbortedError(context.method);
    if (error instanceof ProverError) throw error;
    throw new RpcUnreachableError(context.method, "no answer", error);
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>) // a JSON object has string keys
      : null;
  } catch {
    return null;
  }
}
