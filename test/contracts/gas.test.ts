import { expect } from "chai";
import { deployBench, FEE_WEI, now } from "../helpers/contracts/bench.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { outcomeOf } from "../helpers/contracts/outcome.ts";

/** What a verifier of these signals costs by EIP-1108 and its own work; the mock costs next to nothing. */
const GROTH16_GAS = (signals: number) => 185_000 + 7_100 * signals;
const SIGNATURE = { r8x: 2n ** 253n + 1n, r8y: 2n ** 253n + 2n, s: 2n ** 250n + 3n };

async function gasOf(sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<number> {
  return Number((await (await sent).wait())!.gasUsed);
}

/** MockVerifierComparesSignals.HUNGRY. */
const HUNGRY = 4n;

describe("gas", () => {
  it("stays within the budget of a round and of a batch with a withdrawal, verification included", async () => {
    const bench = await networkHelpers.loadFixture(deployBench);
    const { engine, alice } = bench;
    await bench.deposit(alice, 10_000n);
    await bench.deposit(bench.bob, 10_000n);
    await bench.settle(2, { liabilities: 20_000n });
    const words = Array.from({ length: 16 }, (_, i) => (i % 4 === 0 ? 2n ** 136n - 1n : 2n ** 253n - 1n - BigInt(i)));
    await bench.submitRound({ words });
    await networkHelpers.time.increase(12);
    const round = await gasOf(bench.submitRound({ words }));

    const rows: Record<string, number> = { "round without verification": round, round: round + GROTH16_GAS(10) };
    for (const title of ["first", "steady"]) {
      const expiry = (await now()) + 1000n;
      await bench.deposit(alice, 1000n);
      await engine.withdraw!(1n, 500n, expiry, expiry, SIGNATURE, { value: FEE_WEI });
      const gas = await gasOf(bench.settle(2, { liabilities: 20_500n, box: 2n ** 200n }));
      rows[`batch, ${title}, without verification`] = gas;
      rows[`batch, ${title}`] = gas + GROTH16_GAS(11);
    }
    rows.deposit = await gasOf(bench.deposit(alice, 1000n));
    console.table(rows);
    expect(rows.round).to.be.at.most(380_000);
    expect(rows["batch, first"]).to.be.at.most(420_000);
  });

  for (const kind of ["round", "batch"] as const) {
    it(`never rejects a valid ${kind} for want of gas: each limit is refused by name, runs out, or succeeds`, async function () {
      this.timeout(300_000);
      const bench = await networkHelpers.loadFixture(deployBench);
      await bench.deposit(bench.alice, 1000n);
      const behaviour = HUNGRY; // refuses when it has less gas than four pairings take
      const call =
        kind === "round" ? await bench.roundArguments({ behaviour }) : await bench.batchArguments(1, { behaviour });
      const send = bench.guard.getFunction(kind === "round" ? "submitRound" : "settleBatch");
      const counts: Record<string, number> = {};
      for (let gasLimit = 25_000; gasLimit <= 500_000; gasLimit += 1_000) {
        const outcome = await outcomeOf(bench.guard, send.staticCall(...call, { gasLimit }));
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
      console.log(`      ${kind}: ${JSON.stringify(counts)}`);
      expect(Object.keys(counts).sort()).to.deep.equal(["NotEnoughGas", "ok", "out of gas"]);
    });
  }
});
