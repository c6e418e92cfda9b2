import { expect } from "chai";
import { Contract } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, CALM, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { FAR, ORDER, PAID, SIGNATURE } from "../helpers/contracts/posted.ts";

async function withAccount() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  return bench;
}
const fixture = async () => {
  const bench = await networkHelpers.loadFixture(withAccount);
  await networkHelpers.mine();
  return bench;
};

/** How each state of market 0 comes about. */
const STATES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  Normal: async () => {},
  Stressed: async (bench) => {
    await bench.deposit(bench.alice, 1n);
    await bench.settle(1, { box: encode.boxOf([{ long: 995n }, {}]) });
    await networkHelpers.time.increase(LIMITS.cureSec + 1);
  },
  Broken: async (bench) => {
    await bench.submitRound({ markets: [{ ...CALM, breakerUntil: (await now()) + 1000n }, CALM] });
  },
  Halted: async () => {
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 10);
  },
};

const CALLS: Readonly<Record<string, (engine: Contract, market: bigint) => Promise<unknown>>> = {
  withdraw: (engine) => engine.withdraw!(1n, 1n, 1n, FAR, SIGNATURE, PAID),
  trade: (engine, market) => engine.trade!({ ...ORDER, accountB: 1n, market }, SIGNATURE, SIGNATURE, PAID),
  liquidate: (engine, market) => engine.liquidate!({ ...ORDER, accountB: 1n, market }, SIGNATURE, PAID),
  backstop: (engine) => engine.backstop!(1n, PAID),
  recertify: (engine) => engine.recertify!(1n, 1n, PAID),
  setKey: (engine) => engine.setKey!(5n, 6n, PAID),
};

/** The flag of the last logged operation, which the circuit obeys. */
async function flagOf(bench: Bench): Promise<bigint> {
  const count = Number(await bench.engine.operationCount!());
  const [words = []] = await bench.logged(count - 1, 1);
  return (words[2] ?? 0n) >> 240n;
}

describe("what an engine logs in which state", () => {
  for (const [state, enter] of Object.entries(STATES)) {
    describe(state, () => {
      for (const [name, call] of Object.entries(CALLS)) {
        const restricted = (name === "trade" && state !== "Normal") || (name === "withdraw" && state === "Halted");
        it(`takes ${name}${restricted ? ", and restricts it" : ""}`, async () => {
          const bench = await fixture();
          await enter(bench);
          const states = Object.keys(STATES);
          expect(await bench.guard.status!(0n)).to.equal(BigInt(states.indexOf(state)));
          await call(new Contract(bench.at.engine, ENGINE_ABI, bench.alice), 0n);
          expect(await flagOf(bench)).to.equal(restricted ? 1n : 0n);
        });
      }

      it("takes a deposit", async () => {
        const bench = await fixture();
        await enter(bench);
        await bench.deposit(bench.alice, 5n);
        expect(await flagOf(bench)).to.equal(0n);
      });

      it("takes a trade of the other market as that market's state says", async () => {
        const bench = await fixture();
        await enter(bench);
        await CALLS.trade!(new Contract(bench.at.engine, ENGINE_ABI, bench.alice), 1n);
        expect(await flagOf(bench)).to.equal(state === "Halted" ? 1n : 0n);
      });
    });
  }

  it("settles batches and takes rounds while halted: they are the way back", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 5n);
    await STATES.Halted!(bench);
    await bench.settle(1);
    await bench.submitRound();
    expect(await bench.guard.globalStatus!()).to.equal(0n);
  });
});
