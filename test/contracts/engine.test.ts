import { expect } from "chai";
import { Contract, type Signer } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, deployBench, FEE_WEI, LIMITS, now, PROFILE } from "../helpers/contracts/bench.ts";
import { pack } from "../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import { FIELD_ORDER } from "../helpers/fieldOrder.ts";

const PAID = { value: FEE_WEI };
const A = { r8x: 21n, r8y: 22n, s: 23n };
const B = { r8x: 31n, r8y: 32n, s: 33n };
const FAR = 2n ** 39n;
const ORDER = {
  market: 1n,
  accountA: 1n,
  accountB: 2n,
  nonceA: 4n,
  nonceB: 5n,
  expiry: FAR,
  size: 6n,
  price: 7n,
  amount: 8n,
};

/** Alice has account 1, Bob account 2. */
async function withAccounts() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.deposit(bench.bob, 1000n);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withAccounts);
const engineOf = (bench: Bench, signer: Signer) => new Contract(bench.at.engine, ENGINE_ABI, signer);

/** Every posting function with a valid call, by Alice. */
const CALLS: Readonly<Record<string, readonly unknown[]>> = {
  withdraw: [1n, 300n, 4n, FAR, A],
  trade: [ORDER, A, B],
  liquidate: [ORDER, B],
  backstop: [2n],
  recertify: [1n, 2n],
  setKey: [41n, 42n],
  deposit: [1n, 51n, 52n],
};
type Order = typeof ORDER;
const head = (type: bigint, order: Partial<Order>) => {
  const { market = 0n, accountA = 0n, accountB = 0n, nonceA = 0n, nonceB = 0n, expiry = 0n } = order;
  return pack([
    [type, 4n],
    [market, 4n],
    [accountA, 32n],
    [accountB, 32n],
    [nonceA, 40n],
    [nonceB, 40n],
    [expiry, 40n],
  ]);
};
const terms = (size: bigint, price: bigint, amount: bigint) =>
  pack([
    [size, 40n],
    [price, 27n],
    [amount, 63n],
  ]);

async function post(bench: Bench, name: string, args = CALLS[name]!) {
  if (name === "deposit") {
    await bench.token.mint!(await bench.alice.getAddress(), 1n);
    await (bench.token.connect(bench.alice) as Contract).approve!(bench.at.engine, 1n);
  }
  return engineOf(bench, bench.alice)[name]!(...args, PAID);
}

describe("MarginEngine", () => {
  describe("when an operation is posted", () => {
    const wanted = (name: string, owner: bigint): readonly bigint[] => {
      const zeros = [0n, 0n, 0n];
      const words: Record<string, readonly bigint[]> = {
        deposit: [head(1n, { accountA: 1n }), terms(0n, 0n, 1n), owner, 51n, 52n, ...zeros],
        withdraw: [
          head(2n, { accountA: 1n, nonceA: 4n, expiry: FAR }),
          terms(0n, 0n, 300n),
          21n,
          22n,
          23n,
          owner,
          0n,
          0n,
        ],
        trade: [head(3n, ORDER), terms(6n, 7n, 8n), 21n, 22n, 23n, 31n, 32n, 33n],
        liquidate: [head(4n, ORDER), terms(6n, 7n, 8n), ...zeros, 31n, 32n, 33n],
        backstop: [head(5n, { accountA: 2n }), 0n, ...zeros, ...zeros],
        recertify: [head(6n, { accountA: 1n, accountB: 2n }), 0n, ...zeros, ...zeros],
        setKey: [head(7n, { accountA: 1n }), 0n, owner, 41n, 42n, ...zeros],
      };
      return words[name]!;
    };
    for (const name of Object.keys(CALLS)) {
      it(`logs the nine words of ${name}, with round, time and sender written by the log`, async () => {
        const bench = await fixture();
        await bench.submitRound();
        const sender = await bench.alice.getAddress();
        await post(bench, name);
        const stamp = pack([
          [1n, 40n],
          [await now(), 40n],
          [BigInt(sender), 160n],
        ]);
        const [first, second, ...rest] = wanted(name, BigInt(sender));
        expect((await bench.logged(2, 1))[0]).to.deep.equal([first, second, stamp, ...rest]);
      });

      it(`takes the exact fee for ${name}`, async () => {
        const bench = await fixture();
        for (const value of [0n, FEE_WEI - 1n, FEE_WEI + 1n]) {
          await expect(engineOf(bench, bench.alice)[name]!(...CALLS[name]!, { value }))
            .to.be.revertedWithCustomError(bench.engine, "WrongFee")
            .withArgs(value, FEE_WEI);
        }
      });
    }
  });

  describe("when losses are to be shared", () => {
    const shareLoss = (bench: Bench, market: bigint) => engineOf(bench, bench.alice).shareLoss!(market, PAID);
    const inDeficit = async () => {
      const bench = await fixture();
      await bench.settle(2, { deficit: 1n });
      return { bench, since: await now() };
    };

    it("logs the nine words once a deficit has outlasted the cure time, also while halted", async () => {
      const { bench, since } = await inDeficit();
      await networkHelpers.time.setNextBlockTimestamp(since + BigInt(LIMITS.cureSec) + 1n);
      await shareLoss(bench, 1n);
      const [words = []] = await bench.logged(2, 1);
      const stamp = pack([
        [0n, 40n],
        [await now(), 40n],
        [BigInt(await bench.alice.getAddress()), 160n],
      ]);
      expect(words).to.deep.equal([head(8n, { market: 1n }), 0n, stamp, ...new Array<bigint>(6).fill(0n)]);
      await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 10);
      expect(await bench.guard.haltCauses!()).not.to.equal(0n);
      await shareLoss(bench, 0n);
    });

    it("refuses in the last second of the cure time", async () => {
      const { bench, since } = await inDeficit();
      await networkHelpers.time.setNextBlockTimestamp(since + BigInt(LIMITS.cureSec));
      await expect(shareLoss(bench, 1n))
        .to.be.revertedWithCustomError(bench.engine, "NoLastingDeficit")
        .withArgs(since);
    });

    it("refuses without a deficit", async () => {
      await expect(shareLoss(await fixture(), 1n))
        .to.be.revertedWithCustomError((await fixture()).engine, "NoLastingDeficit")
        .withArgs(0n);
    });

    it("refuses a market that does not exist, and any other fee", async () => {
      const { bench, since } = await inDeficit();
      await networkHelpers.time.setNextBlockTimestamp(since + BigInt(LIMITS.cureSec) + 1n);
      await expect(shareLoss(bench, 2n)).to.be.revertedWithCustomError(bench.engine, "NoSuchMarket").withArgs(2n, 2n);
      await expect(engineOf(bench, bench.alice).shareLoss!(1n, { value: FEE_WEI + 1n }))
        .to.be.revertedWithCustomError(bench.engine, "WrongFee")
        .withArgs(FEE_WEI + 1n, FEE_WEI);
    });
  });

  describe("when an order has passed", () => {
    for (const name of ["withdraw", "trade", "liquidate"]) {
      it(`refuses ${name} after its last second, and takes it in it`, async () => {
        const bench = await fixture();
        const time = (await now()) + 10n;
        const at = (expiry: bigint) =>
          name === "withdraw" ? CALLS.withdraw!.with(3, expiry) : CALLS[name]!.with(0, { ...ORDER, expiry });
        await networkHelpers.time.setNextBlockTimestamp(time);
        await expect(post(bench, name, at(time - 1n)))
          .to.be.revertedWithCustomError(bench.engine, "Expired")
          .withArgs(time - 1n, time);
        await networkHelpers.time.setNextBlockTimestamp(time + 10n);
        await post(bench, name, at(time + 10n));
      });
    }
  });

  describe("when a value does not fit", () => {
    const widths = { nonceA: 40n, nonceB: 40n, expiry: 40n, size: 40n, price: 27n, amount: 63n };
    for (const [name, bits] of Object.entries(widths)) {
      it(`names ${name} of ${bits + 1n} bits, and takes the greatest below`, async () => {
        const bench = await fixture();
        await expect(post(bench, "trade", [{ ...ORDER, [name]: 2n ** bits }, A, B]))
          .to.be.revertedWithCustomError(bench.engine, "TooWide")
          .withArgs(name, 2n ** bits, bits);
        await post(bench, "trade", [{ ...ORDER, [name]: 2n ** bits - 1n }, A, B]);
      });
    }
    for (const name of ["r8x", "r8y", "s"]) {
      it(`names the signature's ${name} when it is no field element`, async () => {
        const bench = await fixture();
        const bad = { ...A, [name]: FIELD_ORDER };
        for (const [call, args] of [
          ["trade", [ORDER, bad, B]],
          ["trade", [ORDER, A, bad]],
          ["liquidate", [ORDER, bad]],
          ["withdraw", [1n, 1n, 1n, FAR, bad]],
        ] as const) {
          await expect(post(bench, call, [...args]))
            .to.be.revertedWithCustomError(bench.engine, "NotInField")
            .withArgs(name, FIELD_ORDER);
        }
      });
    }
    it("names a key's coordinate when it is no field element", async () => {
      const bench = await fixture();
      await expect(post(bench, "setKey", [FIELD_ORDER, 1n]))
        .to.be.revertedWithCustomError(bench.engine, "NotInField")
        .withArgs("keyX", FIELD_ORDER);
      await expect(post(bench, "deposit", [1n, 1n, FIELD_ORDER]))
        .to.be.revertedWithCustomError(bench.engine, "NotInField")
        .withArgs("keyY", FIELD_ORDER);
    });
  });

  it("refuses markets and accounts that do not exist", async () => {
    const bench = await fixture();
    await expect(post(bench, "trade", [{ ...ORDER, market: 2n }, A, B]))
      .to.be.revertedWithCustomError(bench.engine, "NoSuchMarket")
      .withArgs(2n, 2n);
    await expect(post(bench, "liquidate", [{ ...ORDER, market: 2n }, B]))
      .to.be.revertedWithCustomError(bench.engine, "NoSuchMarket")
      .withArgs(2n, 2n);
    const cases: readonly (readonly [string, readonly unknown[], bigint])[] = [
      ["withdraw", [0n, 1n, 1n, FAR, A], 0n],
      ["withdraw", [3n, 1n, 1n, FAR, A], 3n],
      ["trade", [{ ...ORDER, accountA: 0n }, A, B], 0n],
      ["trade", [{ ...ORDER, accountB: 3n }, A, B], 3n],
      ["liquidate", [{ ...ORDER, accountB: 0n }, B], 0n],
      ["liquidate", [{ ...ORDER, accountA: 3n }, B], 3n],
      ["backstop", [0n], 0n],
      ["backstop", [3n], 3n],
      ["recertify", [3n, 0n], 3n],
      ["recertify", [0n, 3n], 3n],
    ];
    for (const [name, args, account] of cases) {
      await expect(post(bench, name, args))
        .to.be.revertedWithCustomError(bench.engine, "UnknownAccount")
        .withArgs(account);
    }
    await post(bench, "liquidate", [{ ...ORDER, accountA: 0n }, B]); // from the insurance account
    await post(bench, "recertify", [0n, 0n]);
    await expect(engineOf(bench, bench.deployer).setKey!(1n, 1n, PAID))
      .to.be.revertedWithCustomError(bench.engine, "NoAccount")
      .withArgs(await bench.deployer.getAddress());
  });

  describe("when tokens come in", () => {
    it("gives the first account index 1, and a further deposit the same account", async () => {
      const bench = await fixture();
      const [alice, bob] = [await bench.alice.getAddress(), await bench.bob.getAddress()];
      await bench.deposit(bench.alice, 5n);
      expect([
        await bench.engine.accountOf!(alice),
        await bench.engine.accountOf!(bob),
        await bench.engine.nextAccount!(),
      ]).to.deep.equal([1n, 2n, 3n]);
      expect(await bench.engine.ownerOf!(1n)).to.equal(alice);
      expect(await bench.engine.vaulted!()).to.equal(2005n);
      expect(await bench.token.balanceOf!(bench.at.engine)).to.equal(2005n);
    });

    it("refuses a first deposit below the minimum, and nothing at all", async () => {
      const bench = await fixture();
      await expect(bench.deposit(bench.deployer, 9n))
        .to.be.revertedWithCustomError(bench.engine, "DepositTooSmall")
        .withArgs(9n, 10n);
      await expect(bench.deposit(bench.alice, 0n))
        .to.be.revertedWithCustomError(bench.engine, "DepositTooSmall")
        .withArgs(0n, 1n);
      await bench.deposit(bench.deployer, 10n);
    });

    it("refuses what exceeds the cap, whatever was given to the vault besides", async () => {
      const bench = await deployBench({ engine: { vaultCap: 100n, minimumDeposit: 10n, feeWei: FEE_WEI } });
      await bench.token.mint!(bench.at.engine, 10_000n);
      await bench.deposit(bench.alice, 99n);
      await expect(bench.deposit(bench.alice, 2n))
        .to.be.revertedWithCustomError(bench.engine, "VaultFull")
        .withArgs(101n, 100n);
      await bench.deposit(bench.alice, 1n);
    });

    it("refuses an account beyond the tree", async () => {
      const bench = await deployBench({ profile: { ...PROFILE, depth: 1 } });
      await bench.deposit(bench.alice, 10n);
      await expect(bench.deposit(bench.bob, 10n)).to.be.revertedWithCustomError(bench.engine, "NoRoom").withArgs(2n);
    });
  });

  describe("when fees are collected", () => {
    it("pays a prover once, wherever it likes", async () => {
      const bench = await fixture();
      await bench.settle(2, { liabilities: 2000n });
      const to = "0x00000000000000000000000000000000000000AA";
      await expect(bench.engine.collectFees!(to))
        .to.emit(bench.engine, "FeesCollected")
        .withArgs(await bench.deployer.getAddress(), to, 2n * FEE_WEI);
      expect(await ethers.provider.getBalance(to)).to.equal(2n * FEE_WEI);
      expect(await ethers.provider.getBalance(bench.at.engine)).to.equal(0n);
      await expect(bench.engine.collectFees!(to)).to.be.revertedWithCustomError(bench.engine, "NoFees");
    });

    it("keeps them when the receiver refuses", async () => {
      const bench = await fixture();
      await bench.settle(2, { liabilities: 2000n });
      await expect(bench.engine.collectFees!(bench.at.token))
        .to.be.revertedWithCustomError(bench.engine, "FeesRefused")
        .withArgs(bench.at.token, 2n * FEE_WEI);
      expect(await bench.engine.feesOf!(await bench.deployer.getAddress())).to.equal(2n * FEE_WEI);
    });

    it("credits them on the guard's word only", async () => {
      const bench = await fixture();
      const thief = await bench.deployer.getAddress();
      await expect(bench.engine.onSettled!(0n, 9n, thief))
        .to.be.revertedWithCustomError(bench.engine, "NotGuard")
        .withArgs(thief);
    });
  });
});
