import type { Contract, Signer } from "ethers";
import { ENGINE_ABI } from "../../../verifier/chain/abi.ts";
import { type Bench, FEE_WEI, LIMITS, now } from "./bench.ts";
import { checkpointsOf, rollbackArguments } from "./checkpoints.ts";
import { deployBuggyEngine } from "./hostile.ts";
import { ethers, networkHelpers } from "./network.ts";

/** contracts/libraries/IncidentCause.sol. */
export const CAUSE = { deficit: 4n, vaultShort: 7n, rollback: 9n } as const;
export const ALL_MARKETS = 255n;

export interface Faulty extends Bench {
  readonly hostile: Contract;
}

export async function withdraw(bench: Bench, by: Signer, account: bigint, amount: bigint) {
  const engine = new ethers.Contract(bench.at.engine, ENGINE_ABI, by);
  const signature = { r8x: 1n, r8y: 2n, s: 3n };
  return engine.withdraw!(account, amount, 1n, (await now()) + 99_999n, signature, { value: FEE_WEI });
}

/**
 * Checkpoint 1: Alice has 1000 and Bob 2000. 2: 700 that nobody paid. 3: Bob's 900 more. 4: Alice's claim of 300.
 * The vault holds 3900 and owes 4600.
 */
export async function withFault(limits: object = LIMITS): Promise<Faulty> {
  const { bench, hostile } = await deployBuggyEngine(limits);
  await bench.deposit(bench.alice, 1000n);
  await bench.deposit(bench.bob, 2000n);
  await bench.settle(2, { liabilities: 3000n });
  await hostile.depositNothing!(700n, 11n, 12n, { value: FEE_WEI });
  await bench.settle(1, { liabilities: 3700n });
  await bench.deposit(bench.bob, 900n);
  await bench.settle(1, { liabilities: 4600n });
  await withdraw(bench, bench.alice, 1n, 300n);
  await bench.settle(1, { liabilities: 4300n });
  return { ...bench, hostile };
}

/** The same, noted, and haltCureSec later: it can be rolled back. */
export async function withLastingFault(): Promise<Faulty & { readonly since: bigint }> {
  const bench = await withFault();
  await bench.guard.noteVault!();
  const since = await now();
  await networkHelpers.time.increase(LIMITS.haltCureSec);
  return { ...bench, since };
}

export async function rollBack(bench: Bench, cause: bigint, place: number) {
  const call = rollbackArguments(await checkpointsOf(bench), place);
  return bench.guard.rollBack!(cause, ...call);
}
