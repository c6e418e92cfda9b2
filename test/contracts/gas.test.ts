import { expect } from "chai";
import { defaultBench, FEE_WEI, now } from "../helpers/contracts/bench.ts";
import { boxOf } from "../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import { outcomeOf } from "../helpers/contracts/outcome.ts";
import { FIELD_ORDER } from "../helpers/fieldOrder.ts";

/** ProofCheck.BASE_GAS and SIGNAL_GAS. */
const verifyBudget = (signals: number) => 200_000 + 7_500 * signals;
/** Words without zero bytes, as real signatures are. */
const FULL_WORD = BigInt(`0x1f${"ab".repeat(31)}`);
/** Positions on both sides of both markets, far from the mark. */
const FULL_BOX = boxOf([
  { long: 901n, short: 1101n },
  { long: 877n, short: 1199n },
]);
const SIGNATURE = { r8x: FULL_WORD, r8y: FULL_WORD, s: FULL_WORD };

const fixture = () => networkHelpers.loadFixture(defaultBench);

async function gasOf(sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<number> {
  return Number((await (await sent).wait())!.gasUsed);
}

/** MockVerifierComparesSignals.HUNGRY. */
const HUNGRY = 4n;
/** MockVerifierComparesSignals.SLOW. */
const SLOW = 5n;
const G1 = [1n, 2n];
/** The generator of G2, imaginary parts first. */
const G2 = [
  [
    11559732032986387107991004021392285783925812861821192530917403151452391805634n,
    10857046999023057135944570762232829481370756359578518086990519993285655852781n,
  ],
  [
    4082367875863433681332203403145435568316851327593401208105741076214120093531n,
    8495653923123431417604973247489272438418190587263600148770280649306958101930n,
  ],
];

/**
 * Gas of a generated verifier by itself. A wrong proof of points on the curve takes all the work of a right one.
 * The frame's own gas: the transaction's, less its base and its calldata.
 */
async function verifierGas(circuit: string, signals: number): Promise<number> {
  const name = `Groth16Verifier_${circuit}_dev`;
  const verifier = await ethers.deployContract(`contracts/generated/dev/${name}.sol:${name}`);
  const values = Array.from({ length: signals }, (_, i) => FIELD_ORDER - 1n - BigInt(i));
  const call = await verifier.getFunction("verifyProof").populateTransaction(G1, G2, G1, values);
  const [sender] = await ethers.getSigners();
  const gas = await gasOf(sender!.sendTransaction({ ...call, gasLimit: 1_000_000n }));
  return ethers.getBytes(call.data).reduce((left, byte) => left - (byte === 0 ? 4 : 16), gas - 21_000);
}

describe("gas", () => {
  it("stays within the budget of a round and of a batch with a withdrawal, verification included", async () => {
    const bench = await fixture();
    const { engine, alice } = bench;
    const verify = { round: await verifierGas("OracleRound", 10), batch: await verifierGas("MarginBatch", 11) };
    await bench.deposit(alice, 10_000n);
    await bench.deposit(bench.bob, 10_000n);
    await bench.settle(2, { liabilities: 20_000n });
    const words = Array.from({ length: 16 }, (_, i) => (i % 4 === 0 ? 2n ** 136n - 1n : FULL_WORD));
    await bench.submitRound({ words });
    await networkHelpers.time.increase(12);
    // the mock is called with a short proof: a real one has seven words more that are not zero
    const proofCalldata = 7 * 31 * 12;
    const round = (await gasOf(bench.submitRound({ words }))) + proofCalldata;

    const rows: Record<string, number> = { "verifier of a round": verify.round, "verifier of a batch": verify.batch };
    rows["round without verifier"] = round;
    rows.round = round + verify.round;
    for (const title of ["batch", "next batch"]) {
      const expiry = (await now()) + 1000n;
      await bench.deposit(alice, 1000n);
      await engine.withdraw!(1n, 500n, expiry, expiry, SIGNATURE, { value: FEE_WEI });
      const gas = (await gasOf(bench.settle(2, { box: FULL_BOX }))) + proofCalldata;
      rows[`${title} without verifier`] = gas;
      rows[title] = gas + verify.batch;
    }
    rows.deposit = await gasOf(bench.deposit(alice, 1000n));
    console.table(rows);
    expect(rows.round).to.be.at.most(380_000);
    expect(rows.batch).to.be.at.most(420_000);
  });

  it("gives a verifier what it needs, with a twentieth to spare", async () => {
    expect(await verifierGas("OracleRound", 10)).to.be.at.most(verifyBudget(10) * 0.95);
    expect(await verifierGas("MarginBatch", 11)).to.be.at.most(verifyBudget(11) * 0.95);
  });

  for (const kind of ["round", "batch"] as const) {
    it(`never rejects a valid ${kind} for want of gas: each limit is refused by name, runs out, or succeeds`, async function () {
      this.timeout(300_000);
      const bench = await fixture();
      await bench.deposit(bench.alice, 1000n);
      const behaviour = HUNGRY; // refuses when it has less gas than four pairings take
      const call =
        kind === "round" ? await bench.roundArguments({ behaviour }) : await bench.batchArguments(1, { behaviour });
      const send = bench.guard.getFunction(kind === "round" ? "submitRound" : "settleBatch");
      const counts: Record<string, number> = {};
      const starved = ["out of gas", "empty revert"]; // in the guard, or in the log that it asks for its heads
      let judged = false;
      for (let gasLimit = 25_000; gasLimit <= 500_000; gasLimit += 1_000) {
        const outcome = await outcomeOf(bench.guard, send.staticCall(...call, { gasLimit }));
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        expect(["NotEnoughGas", "ok", ...starved], `at ${gasLimit}`).to.include(outcome);
        judged ||= !starved.includes(outcome);
        if (outcome === "empty revert")
          expect(judged, "an empty revert comes before the proof is looked at").to.equal(false);
      }
      console.log(`      ${kind}: ${JSON.stringify(counts)}`);
      expect(counts.ok).to.be.greaterThan(0);
      expect(counts.NotEnoughGas).to.be.greaterThan(0);
    });
  }

  it("credits the prover at the least limit with which a settlement succeeds: nobody can starve the hook", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1000n);
    const call = await bench.batchArguments(1, { behaviour: SLOW });
    const settle = bench.guard.getFunction("settleBatch");
    let [gasLimit, below] = [450_000, ""];
    for (;;) {
      const outcome = await outcomeOf(bench.guard, settle.staticCall(...call, { gasLimit }));
      if (outcome === "ok") break;
      [gasLimit, below] = [gasLimit + 2_000, outcome];
    }
    expect(below).to.equal("NotEnoughGas");
    await settle(...call, { gasLimit });
    expect(await bench.engine.feesOf!(await bench.deployer.getAddress())).to.equal(FEE_WEI);
  });
});
