/** Verifies a guard from chain data alone: reads its history, replays it, and reports. */
import { profileOf } from "../check/genesis.ts";
import type { CheckContext } from "../check/round.ts";
import { unknown } from "../check/verdict.ts";
import { createHasher } from "../model/hasher.ts";
import { readHistory } from "./readHistory.ts";
import { replayHistory } from "./replayHistory.ts";
import { NOTHING, reportOf, type VerdictReport } from "./report.ts";
import { createRpc, type RpcProvider } from "./rpc.ts";

/** Verification keys of both circuits. */
export type CircuitKeys = NonNullable<CheckContext["keys"]>;

export interface VerifyRequest {
  readonly provider: RpcProvider;
  /** Address of the guard. */
  readonly guard: string;
  /** Null: proofs and keys cannot be checked, and the verdict is "unknown" at best. A function gets the profile's name. */
  readonly keys: CircuitKeys | null | ((profile: string) => Promise<CircuitKeys | null>);
  /** A block before or of the guard's deployment; 0 when absent. */
  readonly fromBlock?: number;
  /** The last block to look at; the endpoint's head when absent. */
  readonly headBlock?: number;
}

/** Total: whatever goes wrong while reading is in the report, as "unknown". */
export async function verifyHistory({
  provider,
  guard,
  keys,
  fromBlock = 0,
  headBlock,
}: VerifyRequest): Promise<VerdictReport> {
  try {
    const range = headBlock === undefined ? { fromBlock } : { fromBlock, headBlock };
    const history = await readHistory(createRpc(provider), guard, range);
    const hasher = await createHasher();
    const profile = profileOf(history.genesis)?.name;
    const chosen = typeof keys !== "function" ? keys : profile === undefined ? null : await keys(profile);
    return replayHistory(history, hasher, chosen);
  } catch (cause) {
    const nowhere = { number: 0, hash: "", time: 0n };
    const entry = {
      block: null,
      transaction: null,
      what: "chain",
      findings: [unknown("chain.read", cause)],
      notes: [],
    };
    const subject = { chainId: 0n, guard: guard.toLowerCase(), head: nowhere, profile: null };
    return reportOf(subject, [entry], NOTHING);
  }
}
