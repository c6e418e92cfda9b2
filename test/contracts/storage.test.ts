import { expect } from "chai";
import { CALM, defaultBench, GENESIS_ROOT, NO_LOSSES, now } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

describe("the guard's storage", () => {
  it("is laid out as contracts/README.md says", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    const { pack } = encode;
    const timestamp = await now();
    await bench.submitRound({ timestamp });
    await bench.deposit(bench.alice, 100n);
    await bench.deposit(bench.alice, 50n);
    const box = encode.boxOf([{ long: 995n }, { short: 999n }]);
    await bench.settle(2, { valid: [true, false], liabilities: 100n, deficit: 7n, box, unauthorised: 2n });
    const settledAt = await now();

    const slot = async (index: bigint | string) => BigInt(await ethers.provider.getStorage(bench.at.guard, index));
    expect(await Promise.all([0n, 1n, 2n, 3n].map(slot))).to.deep.equal([
      GENESIS_ROOT + 2n,
      box,
      encode.totalsOf(100n, 0n, 7n),
      NO_LOSSES,
    ]);
    expect(await slot(4n)).to.equal(
      pack([
        [2n, 48n],
        [1n, 40n],
        [timestamp, 40n],
        [0n, 64n],
        [settledAt, 32n],
      ]),
    );
    expect(await slot(5n)).to.equal(
      pack([
        [settledAt, 32n],
        [0n, 32n],
        [settledAt, 32n],
        [settledAt, 32n],
      ]),
    );
    expect(await slot(6n)).to.equal(
      pack([
        [(settledAt + 200n) * 1000n, 64n],
        [1n, 64n],
        [50n, 96n],
        [0n, 32n],
      ]),
    );
    expect(await slot(8n)).to.equal(encode.priceWord(CALM));
    const coder = ethers.AbiCoder.defaultAbiCoder();
    const at = (key: bigint, base: bigint) => ethers.keccak256(coder.encode(["uint256", "uint256"], [key, base]));
    expect(await slot(at(1n, 11n))).to.equal(await bench.guard.oracleRoot!());
    const owner = BigInt(await bench.alice.getAddress());
    expect(await slot(at(0n, 12n))).to.equal(
      pack([
        [owner, 160n],
        [50n, 63n],
        [settledAt + 100n, 32n],
        [0n, 1n],
      ]),
    );
  });
});
