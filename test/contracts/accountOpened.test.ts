import { expect } from "chai";
import { deployBench } from "../helpers/contracts/bench.ts";

describe("a first deposit", () => {
  it("announces the account that it opens and its owner, and a second deposit announces none", async () => {
    const bench = await deployBench();
    const owner = await bench.bob.getAddress();
    await expect(bench.deposit(bench.bob, 100n)).to.emit(bench.engine, "AccountOpened").withArgs(1n, owner);
    await expect(bench.deposit(bench.bob, 100n)).not.to.emit(bench.engine, "AccountOpened");
  });
});
