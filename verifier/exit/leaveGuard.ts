/** The way out of a guard, from chain data: where it stands, who is owed what, and the calls that lead on. */
import { createRpc, type RpcProvider } from "../replay/rpc.ts";
import { type CallContext, type ExitCall, enterCalls, leaveCalls, registerCalls } from "./calls.ts";
import { type Dues, duesOf, readDues } from "./dues.ts";
import { type ExitPhase, readStanding } from "./readStanding.ts";
import { recoverState } from "./recoverState.ts";

export interface ExitRequest {
  readonly provider: RpcProvider;
  readonly guard: string;
  readonly fromBlock: number;
  /** The accounts, deposits and claims that are asked about; all when both are absent. */
  readonly account?: number | undefined;
  readonly owner?: string | undefined;
  /** Which calls are wanted; without either those that pay. */
  readonly enter: boolean;
  readonly register: boolean;
}

export interface ExitView {
  readonly chainId: bigint;
  readonly guard: string;
  /** Null: the guard has none, and never enters Exit. */
  readonly hall: string | null;
  readonly head: { readonly number: number; readonly time: bigint };
  readonly phase: ExitPhase;
  /** Unix seconds; 0 before. */
  readonly exitAt: bigint;
  readonly opensAt: bigint;
  /** The ratio once the hall is open, quote units; 0 before. */
  readonly backed: bigint;
  readonly owed: bigint;
  readonly dues: Dues;
  readonly calls: readonly ExitCall[];
}

/** @throws {CouldNotCheckError} when the chain cannot be read, or its history does not lead to the guard's state */
export async function leaveGuard(request: ExitRequest): Promise<ExitView> {
  const { guard, fromBlock } = request;
  const rpc = createRpc(request.provider);
  const recovered = await recoverState(rpc, guard, { fromBlock });
  const { chainId, head } = recovered.history;
  const standing = await readStanding(rpc, guard, head);
  const all = await readDues(rpc, recovered, standing);
  const dues = duesOf(all, request);
  const { hall, phase, exitAt, opensAt, backed, owed } = standing;
  const view = { chainId, guard, hall, head, phase, exitAt, opensAt, backed, owed, dues };
  if (hall === null) return { ...view, calls: [] };

  const context: CallContext = { guard, hall, recovered };
  const wanted = [
    ...(request.enter ? enterCalls(guard, standing) : []),
    ...(request.register ? registerCalls(context, all, standing) : []), // everyone's: all share what is shown
  ];
  return { ...view, calls: request.enter || request.register ? wanted : leaveCalls(context, dues, standing) };
}
