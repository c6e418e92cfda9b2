/** Exit stays when everything that led to it has gone. */
import { expect } from "chai";
import { deployBench, LIMITS } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const [VAULT_SHORT, EXIT_CAUSE] = [4n, 128n];
const [NORMAL, EXIT] = [0n, 4n];

/** Only the vault halts this guard, which can enter Exit an hour after that. */
async function withShortVault() {
  const limits = { ...LIMITS, roundDeadlineSec: 2 ** 31, exitDelaySec: 3600, exitBlocks: 1 };
  const bench = await deployBench({ limits });
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  await bench.drain(1n);
  await bench.guard.noteHalt!();
  await networkHelpers.time.increase(3600);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withShortVault);

describe("a vault that is filled up again", () => {
  it("ends what could have become Exit", async () => {
    const { guard, token, at } = await fixture();
    expect([await guard.globalStatus!(), await guard.haltCauses!()]).to.deep.equal([EXIT, VAULT_SHORT]);
    await token.mint!(at.engine, 1n);
    expect([await guard.globalStatus!(), await guard.haltCauses!()]).to.deep.equal([NORMAL, 0n]);
  });

  it("does not end Exit once somebody entered it", async () => {
    const bench = await fixture();
    const { guard } = bench;
    await guard.enterExit!();
    await bench.token.mint!(bench.at.engine, 1n);
    expect(await guard.haltCauses!()).to.equal(EXIT_CAUSE);
    expect([await guard.globalStatus!(), await guard.status!(0n), await guard.status!(1n)]).to.deep.equal([
      EXIT,
      EXIT,
      EXIT,
    ]);
    expect(await guard.exitable!()).to.equal(false);
    await expect(bench.submitRound()).to.be.revertedWithCustomError(guard, "ExitBegun");
  });
});
