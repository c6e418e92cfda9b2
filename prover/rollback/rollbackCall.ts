import type { Checkpoint } from "../../verifier/check/checkpoints.ts";
import { GUARD } from "../chain/events.ts";
import type { RollbackPlan } from "./planRollback.ts";

/** Calldata of the guard's rollBack. */
export function rollbackCall({ cause, target, later }: RollbackPlan): string {
  return GUARD.encodeFunctionData("rollBack", [
    cause,
    word(target.headBefore),
    structOf(target.checkpoint),
    later.map(({ checkpoint }) => structOf(checkpoint)),
  ]);
}

/** Calldata of the note that the vault is short, from which its time counts. */
export const noteVaultCall = (): string => GUARD.encodeFunctionData("noteVault", []);

const structOf = (checkpoint: Checkpoint): object => ({ ...checkpoint, logHead: word(checkpoint.logHead) });

const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`;
