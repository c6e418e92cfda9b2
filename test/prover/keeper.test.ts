import { join } from "node:path";
import { expect } from "chai";
import { Contract } from "ethers";
import { pause } from "../../prover/chain/clock.ts";
import type { Transport } from "../../prover/chain/transport.ts";
import { AbortedError } from "../../prover/errors.ts";
import type { ProverConfig } from "../../prover/service/config.ts";
import type { ProverEvents, ProverHandle } from "../../prover/service/handle.ts";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { operationFields } from "../../verifier/model/operationWords.ts";
import { PROVER_KEYS } from "./support/fakeProver.ts";
import { proverBench } from "./support/proverBench.ts";

const FEE_WEI = 1_000n;
const BACKSTOP = 5; // in OPERATION_TYPES
const SETTLED_BY_USERS = 3; // two deposits and a trade
const ROUNDS = 40;

describe("the keeper", function () {
  this.timeout(600_000);
  const bench = proverBench({ feeWei: FEE_WEI });
  let kept: ProverEvents["kept"][0][] = [];
  beforeEach(() => {
    kept = [];
  });

  async function start(changes: Partial<ProverConfig> = {}): Promise<ProverHandle> {
    const prover = await bench.start({ keeperPerDay: 10, ...changes });
    prover.events.on("kept", (value) => kept.push(value));
    return prover;
  }

  /** Proves a round of the chain's own time, 12 seconds on. @param price of the first market, ticks */
  async function prove(prover: ProverHandle, price: bigint): Promise<void> {
    await bench.local.request("evm_increaseTime", 12);
    await bench.local.request("evm_mine");
    const { timestamp } = (await bench.local.ethers.provider.getBlock("latest"))!;
    await prover.submitRound(bench.local.roundWords(timestamp - Number(bench.local.startSec), [price, 50_000n]));
  }

  /** User 0 buys from user 1; account 1 is soon below its margin when the price falls. */
  async function openPositions(prover: ProverHandle): Promise<void> {
    await bench.local.deposit(0, 10_000n);
    await bench.local.deposit(1, 1_000_000n);
    await prover.idle();
    await prove(prover, 100_000n); // a price is too old to trade by after a minute
    await bench.local.trade(1n, 100_000n);
    await prover.idle();
  }

  /** Proves falling rounds. @param until looked at after each */
  async function fall(prover: ProverHandle, until: () => boolean): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      await prove(prover, 80_000n);
      await settle(prover);
      if (until()) return;
    }
    throw new Error(`not within ${ROUNDS} rounds`);
  }

  /** Waits until nothing is being proven, settled or posted. */
  async function settle(prover: ProverHandle): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      const before = kept.length;
      await pause(60);
      await prover.idle();
      if (kept.length !== before) quiet = 0;
    }
  }

  /** Backstops in the log: account and sender of each. */
  async function backstops(): Promise<readonly { readonly account: number; readonly sender: bigint }[]> {
    const engine = new Contract(bench.local.deployment.engine, ENGINE_ABI, bench.local.ethers.provider);
    const logs = await engine.queryFilter("OperationLogged");
    return logs.flatMap((log) => {
      const { words } = engine.interface.parseLog(log)!.args;
      const { type, accountA: account, sender } = operationFields([...words].map(BigInt));
      return type === BACKSTOP ? [{ account, sender }] : [];
    });
  }

  it("moves an account below its margin to the insurance account, once, and pays the fee", async () => {
    const prover = await start();
    await openPositions(prover);
    await fall(prover, () => kept.length > 0);
    expect(kept).to.have.length(1);
    expect(kept[0]).to.deep.include({ type: "backstop", accounts: [1], feeWei: FEE_WEI });
    expect(await backstops()).to.deep.equal([{ account: 1, sender: BigInt(prover.status().account) }]);
    let rounds = 0;
    await fall(prover, () => ++rounds === 2);
    expect(await backstops()).to.have.length(1);
    expect(prover.status().operationsSettled).to.equal(SETTLED_BY_USERS + 1);
    expect(bench.alarms).to.deep.equal([]);
  });

  it("is off unless it is asked for, and then finds what is due by itself", async () => {
    const storePath = join(bench.folder, "prover.sqlite");
    const off = await start({ storePath, keeperPerDay: 0 });
    await openPositions(off);
    let rounds = 0;
    await fall(off, () => ++rounds === 12);
    expect(await backstops()).to.deep.equal([]);
    await off.stop();

    const on = await start({ storePath, keeperPerDay: 1 });
    while (kept.length === 0) await pause(20);
    await settle(on);
    expect(await backstops()).to.have.length(1);
  });

  it("posts nothing twice when it is stopped before it knows what became of a transaction", async () => {
    const storePath = join(bench.folder, "prover.sqlite");
    const first = await start({ storePath, keeperPerDay: 0 });
    await openPositions(first);
    let rounds = 0;
    await fall(first, () => ++rounds === 12);
    await first.stop();

    for (const arrives of [false, true]) {
      let sent = 0;
      const { transport } = bench.local;
      const broken: Transport = {
        label: "broken",
        async send(method, params, signal) {
          if (method !== "eth_sendRawTransaction") return transport.send(method, params, signal);
          sent++;
          if (arrives) await transport.send(method, params, signal);
          while (signal?.aborted === false) await pause(10); // no reply ever comes
          throw new AbortedError("a broadcast");
        },
      };
      const cut = await start({ storePath, transport: broken, settleBatches: false });
      while (sent === 0) await pause(10);
      await cut.stop();
      expect(await backstops()).to.have.length(arrives ? 1 : 0);
    }
    const last = await start({ storePath });
    while (last.status().operationsSettled === SETTLED_BY_USERS) await pause(20);
    await settle(last);
    expect(await backstops()).to.have.length(1);
    expect(last.status().operationsSettled).to.equal(SETTLED_BY_USERS + 1);
  });

  it("leaves to others what they have posted", async () => {
    const storePath = join(bench.folder, "prover.sqlite");
    const first = await start({ storePath, keeperPerDay: 0 });
    await openPositions(first);
    let rounds = 0;
    await fall(first, () => ++rounds === 12);
    await first.stop();
    await bench.local.backstop(1);
    const keeper = await start({ storePath, settleBatches: false });
    const { operationsLogged } = await waitFor(keeper, SETTLED_BY_USERS + 1);
    expect(operationsLogged).to.equal(SETTLED_BY_USERS + 1);
    expect(kept).to.deep.equal([]);
  });

  it("says when it cannot pay", async () => {
    const prover = await start({ keeperPerDay: 10, restMs: 20 });
    await openPositions(prover);
    await bench.local.request("hardhat_setBalance", prover.status().account, "0x1");
    const other = await bench.start({ signerKey: PROVER_KEYS[1] });
    await other.idle();
    await fall(other, () => bench.alarms.some((alarm) => alarm.includes("keeper:")));
    expect(await backstops()).to.deep.equal([]);
  });

  async function waitFor(prover: ProverHandle, logged: number): Promise<ReturnType<ProverHandle["status"]>> {
    while (prover.status().operationsLogged < logged) await pause(20);
    await pause(300);
    return prover.status();
  }
});
