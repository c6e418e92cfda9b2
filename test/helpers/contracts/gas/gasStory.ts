import type { Contract } from "ethers";
import { type Bench, FEE_WEI, LIMITS, now } from "../bench.ts";
import { checkpointsOf } from "../checkpoints.ts";
import { boxOf } from "../encode.ts";
import type { FrozenTime } from "./frozenTime.ts";
import { sender, sufferAll } from "./gasTrouble.ts";

/** Words without zero bytes, as real signatures are. */
const FULL_WORD = BigInt(`0x1f${"ab".repeat(31)}`);
const SIGNATURE = { r8x: FULL_WORD, r8y: FULL_WORD, s: FULL_WORD };
const fee = { value: FEE_WEI };
/** Positions on both sides of both markets, far from the mark. */
const FULL_BOX = boxOf([
  { long: 901n, short: 1101n },
  { long: 877n, short: 1199n },
]);

/** A fixed story in which every function of guard and engine that changes something succeeds at least once. */
export async function liveThrough(bench: Bench, time: FrozenTime): Promise<void> {
  await trade(bench, time);
  await sufferAll(bench, time);
  await callAsGuard(bench);
}

async function trade(bench: Bench, time: FrozenTime): Promise<void> {
  const { engine, guard, alice, bob } = bench;
  await bench.deposit(alice, 10_000n);
  await bench.deposit(bob, 10_000n);
  await bench.settle(2, { liabilities: 20_000n });
  await bench.submitRound();
  const expiry = (await now()) + 1000n;
  const order = {
    market: 1n,
    accountA: 1n,
    accountB: 2n,
    nonceA: expiry,
    nonceB: expiry,
    expiry,
    size: 5n,
    price: 1000n,
    amount: 0n,
  };
  await engine.trade!(order, SIGNATURE, SIGNATURE, fee);
  await engine.withdraw!(1n, 500n, expiry, expiry, SIGNATURE, fee);
  await bench.settle(2, { liabilities: 19_500n, box: FULL_BOX });
  await engine.liquidate!(order, SIGNATURE, fee);
  await engine.backstop!(1n, fee);
  await bench.settle(2, { liabilities: 19_500n, box: FULL_BOX });
  await engine.recertify!(1n, 2n, fee);
  await (engine.connect(alice) as Contract).setKey!(FULL_WORD, FULL_WORD, fee);
  await bench.settle(2, { liabilities: 19_500n, box: FULL_BOX });
  await engine.recertify!(1n, 2n, fee);
  await bench.settle(1, { liabilities: 19_500n, box: FULL_BOX, deficit: 7n });
  await time.wait(LIMITS.cureSec + 1);
  await engine.shareLoss!(0n, fee);
  await bench.settle(1, { liabilities: 19_500n, box: FULL_BOX });
  await engine.collectFees!(await bench.deployer.getAddress());
  await time.wait(200);
  await bench.submitRound();
  await guard.payClaim!(0n);
}

/** What only the guard may call, sent from its address by itself. */
async function callAsGuard(bench: Bench): Promise<void> {
  const engine = bench.engine.connect(await sender(bench.at.guard)) as Contract;
  await engine.onSettled!(0n, 2n, bench.at.token);
  await engine.payOut!(bench.at.token, 1n);
  const { settled, logHead, arrived } = (await checkpointsOf(bench)).at(-1)!;
  await engine.forkTo!(settled, logHead, arrived, settled, bench.at.token);
}
