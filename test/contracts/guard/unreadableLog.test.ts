/** An engine that counts its operations and says nothing sound of them. */
import { expect } from "chai";
import { defaultBench } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const PROOF_LATE = 1n;
/** Answers one operation to the only call of four bytes, operationCount(), and does `rest` at any other. */
const engineCode = (rest: string) => `0x366004141560105760015f5260205ff35b${rest}`;

const answers: readonly (readonly [string, string, bigint])[] = [
  ["reverts", "5f5ffd", PROOF_LATE],
  ["answers two words of three", "60405ff3", PROOF_LATE],
  ["says that it comes from the end of all time", "5f1960205260605ff3", 0n], // 2^256 - 1 in the second word
];

describe("an operation that waits", () => {
  for (const [what, rest, causes] of answers) {
    it(`and of which the log ${what} ${causes === 0n ? "is not late" : "counts as late"}`, async () => {
      const { guard, at } = await networkHelpers.loadFixture(defaultBench);
      await networkHelpers.setCode(at.engine, engineCode(rest));
      expect(await guard.haltCauses!()).to.equal(causes);
    });
  }
});
