/** How far a guard is on the way out, as guard and exit hall say at one block. */

import { ZeroAddress } from "ethers";
import { GUARD, HALL } from "../chain/interfaces.ts";
import { askContract } from "../replay/askContract.ts";
import type { Rpc } from "../replay/rpc.ts";

/** `running`: Exit cannot begin; `exitable`: it can; `showing`: losses are shown; `openable`: the time for that is over; `open`: paid. */
export type ExitPhase = "running" | "exitable" | "showing" | "openable" | "open";

export interface ExitStanding {
  readonly phase: ExitPhase;
  readonly engine: string;
  /** Null: this guard has no exit hall, and never enters Exit. */
  readonly hall: string | null;
  /** Unix seconds; 0 when the guard did not enter Exit. */
  readonly exitAt: bigint;
  /** Unix seconds from which the hall may open; 0 before Exit. */
  readonly opensAt: bigint;
  readonly insuranceShown: boolean;
  /** Quote units; 0 until the hall is open. */
  readonly backed: bigint;
  readonly owed: bigint;
  readonly isDone: (account: number) => Promise<boolean>;
  /** @param head that the deposit made in the log's chain */
  readonly isShown: (head: string) => Promise<boolean>;
}

/**
 * @param block number and unix seconds of the block to look at
 * @throws {CouldNotCheckError} when a call fails
 */
export async function readStanding(
  rpc: Rpc,
  guard: string,
  block: { readonly number: number; readonly time: bigint },
): Promise<ExitStanding> {
  const ofGuard = async (name: string) => (await askContract(rpc, GUARD, guard, block.number, name))[0];
  const engine = String(await ofGuard("engine")).toLowerCase();
  const address = String(await ofGuard("exitHall")).toLowerCase();
  const exitAt: bigint = await ofGuard("exitAt");
  const none = { engine, exitAt, opensAt: 0n, insuranceShown: false, backed: 0n, owed: 0n };
  const never = async () => false;
  if (address === ZeroAddress) return { ...none, phase: "running", hall: null, isDone: never, isShown: never };

  const ofHall = async (name: string, ...inputs: readonly unknown[]) =>
    askContract(rpc, HALL, address, block.number, name, ...inputs);
  const isDone = async (account: number): Promise<boolean> => (await ofHall("isDone", account))[0];
  const isShown = async (head: string): Promise<boolean> => (await ofHall("depositOf", head))[1] !== 0n;
  if (exitAt === 0n) {
    const phase = (await ofGuard("exitable")) === true ? "exitable" : "running";
    return { ...none, phase, hall: address, isDone, isShown };
  }
  const [opensAt]: bigint[] = [...(await ofHall("opensAt"))];
  const [isOpen] = await ofHall("isOpen");
  const beforeOpening = block.time >= (opensAt ?? 0n) ? "openable" : "showing";
  return {
    phase: isOpen === true ? "open" : beforeOpening,
    engine,
    hall: address,
    exitAt,
    opensAt: opensAt ?? 0n,
    insuranceShown: (await ofHall("insuranceShown"))[0] === true,
    backed: (await ofHall("backed"))[0],
    owed: (await ofHall("owed"))[0],
    isDone,
    isShown,
  };
}
