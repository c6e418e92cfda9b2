import { ProverError, Retryable } from "../errors.ts";

/** The node could not be reached, timed out, or answered something that is not JSON-RPC. */
export class RpcUnreachableError extends Retryable {
  override readonly name = "RpcUnreachableError";
  readonly code = "RPC_UNREACHABLE";
  readonly method: string;
  readonly reason: string;
  constructor(method: string, reason: string, cause?: unknown) {
    super(`${method}: ${reason}`, { cause });
    this.method = method;
    this.reason = reason;
  }
}

/** The node is there but asks for patience: rate limit, overload, a block that it does not have yet. */
export class RpcBusyError extends Retryable {
  override readonly name = "RpcBusyError";
  readonly code = "RPC_BUSY";
  readonly method: string;
  readonly rpcCode: number;
  readonly reason: string;
  constructor(method: string, rpcCode: number, reason: string) {
    super(`${method}: ${reason} (${rpcCode})`);
    this.method = method;
    this.rpcCode = rpcCode;
    this.reason = reason;
  }
}

/** The node understood the call and says no: a revert, a bad argument, a nonce that is used. Waiting does not help. */
export class RpcRefusedError extends ProverError {
  override readonly name = "RpcRefusedError";
  readonly code = "RPC_REFUSED";
  readonly method: string;
  readonly rpcCode: number;
  readonly reason: string;
  /** Revert data of a call, "0x"-hex, when the node gave any. */
  readonly revertBytes: string | null;
  constructor(method: string, rpcCode: number, reason: string, revertBytes: string | null) {
    super(`${method}: ${reason} (${rpcCode})`);
    this.method = method;
    this.rpcCode = rpcCode;
    this.reason = reason;
    this.revertBytes = revertBytes;
  }
}

/** An answer contradicts the block or the query that it belongs to. Another try may reach a better node. */
export class RpcContradictionError extends Retryable {
  override readonly name = "RpcContradictionError";
  readonly code = "RPC_CONTRADICTION";
  readonly method: string;
  readonly detail: string;
  constructor(method: string, detail: string) {
    super(`${method}: the answer contradicts itself: ${detail}`);
    this.method = method;
    this.detail = detail;
  }
}

/** Server-side JSON-RPC codes after which the same call may succeed: limit exceeded, resource unavailable, internal. */
const BUSY_CODES: ReadonlySet<number> = new Set([-32005, -32002, -32001, -32603, 429]);
const BUSY_WORDS =
  /rate limit|too many requests|timeout|timed out|overload|temporarily|header not found|unknown block|try again/i;
const REVERT_WORDS = /revert|execution error|invalid opcode|out of gas/i;

/**
 * Sorts the error object of a JSON-RPC answer into one of the two families.
 * @param raw the `error` member, as the node sent it
 */
export function classifyRpcError(method: string, raw: unknown): RpcBusyError | RpcRefusedError {
  const fields = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : {}; // any JSON object
  const rpcCode = typeof fields.code === "number" ? fields.code : 0;
  const reason = typeof fields.message === "string" ? fields.message.slice(0, 300) : "no message";
  const revertBytes = findRevertBytes(fields.data);
  const reverted = revertBytes !== null || REVERT_WORDS.test(reason);
  if (!reverted && (BUSY_CODES.has(rpcCode) || BUSY_WORDS.test(reason)))
    return new RpcBusyError(method, rpcCode, reason);
  return new RpcRefusedError(method, rpcCode, reason, revertBytes);
}

/** Nodes disagree on where revert data sits: the member itself, or `data` or `result` inside it. */
function findRevertBytes(member: unknown): string | null {
  if (typeof member === "string") return /^0x([0-9a-f]{2})*$/i.test(member) ? member : null;
  if (typeof member !== "object" || member === null) return null;
  const inner = member as Record<string, unknown>; // any JSON object
  return findRevertBytes(inner.data) ?? findRevertBytes(inner.result);
}
