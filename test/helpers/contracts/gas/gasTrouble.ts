import type { Contract, Signer } from "ethers";
import { type Bench, FEE_WEI, LIMITS } from "../bench.ts";
import { checkpointsOf } from "../checkpoints.ts";
import { ethers, networkHelpers } from "../network.ts";
import { CAUSE, rollBack } from "../shortVault.ts";
import type { FrozenTime } from "./frozenTime.ts";

const fee = { value: FEE_WEI };

/** A council's restriction, a rollback, a deposit posted again, an empty vault, silence, and Exit. */
export async function sufferAll(bench: Bench, time: FrozenTime): Promise<void> {
  await restrict(bench);
  await rollBackAndRepost(bench, time);
  await emptyVault(bench);
  await leave(bench, time);
}

/** A signer for any address; what a contract would send, sent by itself. */
export async function sender(address: string): Promise<Signer> {
  await networkHelpers.impersonateAccount(address);
  await networkHelpers.setBalance(address, 10n ** 18n);
  return ethers.getSigner(address);
}

async function restrict({ guard, alice, bob }: Bench): Promise<void> {
  await (guard.connect(alice) as Contract).tighten!(2n ** 256n - 1n, 1n, 3600n, 1n);
  await (guard.connect(bob) as Contract).lift!(2n ** 256n - 1n);
}

async function rollBackAndRepost(bench: Bench, time: FrozenTime): Promise<void> {
  const { engine, bob } = bench;
  await engine.recertify!(1n, 2n, fee);
  await bench.settle(1, { liabilities: 19_500n, deficit: 7n });
  const { head: headBefore } = await engine.entryOf!((await engine.operationCount!()) - 1n);
  await bench.deposit(bob, 100n);
  const [words] = (await bench.logged(Number(await bench.guard.settled!()), 1)) as [readonly bigint[]];
  await time.wait(2 * LIMITS.haltCureSec + 1);
  await rollBack(bench, CAUSE.deficit, (await checkpointsOf(bench)).length - 2);
  await time.wait(10);
  await engine.repostDeposits!(0n, [headBefore], [words], fee);
}

async function emptyVault({ at, guard, token }: Bench): Promise<void> {
  const taken: bigint = await token.balanceOf!(at.engine);
  await (token.connect(await sender(at.engine)) as Contract).transfer!(at.token, taken);
  await guard.noteVault!();
  await (token.connect(await sender(at.token)) as Contract).transfer!(at.engine, taken);
  await guard.noteVault!();
}

async function leave({ at, guard }: Bench, time: FrozenTime): Promise<void> {
  await time.wait(LIMITS.roundDeadlineSec);
  await guard.noteHalt!();
  await networkHelpers.mine(LIMITS.exitBlocks);
  await time.wait(LIMITS.exitDelaySec);
  await guard.enterExit!();
  const hall = guard.connect(await sender(await guard.exitHall!())) as Contract;
  await hall.payExit!(at.token, 1n);
}
