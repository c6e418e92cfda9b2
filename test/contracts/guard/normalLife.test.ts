/** What does not change is not announced: every event of a batch and of a round in which nothing happens. */
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { type Bench, deployBench } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const fixture = () => networkHelpers.loadFixture(withDeposits);

async function withDeposits() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1, { deficit: 7n });
  await bench.deposit(bench.alice, 100n);
  return bench;
}

/** Names of the guard's events in a transaction, in order. */
async function eventsOf({ guard }: Bench, sent: Promise<ContractTransactionResponse>): Promise<readonly string[]> {
  const receipt = await (await sent).wait();
  const logs = (receipt?.logs ?? []).filter(({ address }) => address === guard.target);
  return logs.map((log) => guard.interface.parseLog(log)?.name ?? "unknown");
}

describe("the guard's events", () => {
  it("of a batch that changes nothing else are the batch", async () => {
    const bench = await fixture();
    await bench.settle(1); // the deficit ends
    await bench.deposit(bench.alice, 100n);
    expect(await eventsOf(bench, bench.settle(1))).to.deep.equal(["BatchProven"]);
  });

  it("of a batch that leaves a deficit as it was, or of another size, are the batch", async () => {
    const bench = await fixture();
    expect(await eventsOf(bench, bench.settle(1, { deficit: 9n }))).to.deep.equal(["BatchProven"]);
  });

  it("of a batch that ends a deficit are the note, the incident's end and the batch", async () => {
    const bench = await fixture();
    expect(await eventsOf(bench, bench.settle(1))).to.deep.equal(["DeficitNoted", "IncidentRecovered", "BatchProven"]);
  });

  it("of a round that changes nothing else are the round", async () => {
    const bench = await fixture();
    expect(await eventsOf(bench, bench.submitRound())).to.deep.equal(["RoundProven"]);
  });
});
