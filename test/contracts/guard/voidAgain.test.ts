/** Claims that a first rollback made void stay so when a second one, from further on, makes others void. */
import { expect } from "chai";
import { FEE_WEI, LIMITS } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { CAUSE, rollBack, withdraw, withLastingFault } from "../../helpers/contracts/shortVault.ts";

const { vaultShort } = CAUSE;

describe("a second rollback, behind fewer claims than the first", () => {
  it("leaves the first one's claims void, and those between them owed", async () => {
    const bench = await networkHelpers.loadFixture(withLastingFault);
    await rollBack(bench, vaultShort, 1); // claim 0
    await networkHelpers.time.increase(1);
    await withdraw(bench, bench.alice, 1n, 300n);
    await bench.settle(1, { liabilities: 2700n });
    await bench.hostile.depositNothing!(5000n, 11n, 12n, { value: FEE_WEI });
    await bench.settle(1, { liabilities: 7700n });
    await withdraw(bench, bench.alice, 1n, 200n);
    await bench.settle(1, { liabilities: 7500n });
    await bench.guard.noteVault!();
    await networkHelpers.time.increase(LIMITS.haltCureSec);
    await rollBack(bench, vaultShort, 2); // claim 2
    const isVoid = await Promise.all([0n, 1n, 2n, 3n].map((id) => bench.guard.isVoid!(id)));
    expect(isVoid).to.deep.equal([true, false, true, false]);
    expect(await bench.guard.unpaidClaims!()).to.equal(300n);
  });
});
