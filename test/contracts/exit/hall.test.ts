import { expect } from "chai";
import { LIMITS, now } from "../../helpers/contracts/bench.ts";
import {
  drainVault,
  enterExit,
  type Holding,
  loggedAt,
  makeScene,
  openHall,
  type Scene,
  type SceneOptions,
} from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const person = (index: number) => ethers.getAddress(ethers.zeroPadValue(ethers.toBeHex(0xa000 + index), 20));
/** Four accounts; 1 is long in both markets, 2 short in the first, 3 short in the second, 4 flat. The insurance account is long. */
const HOLDINGS: readonly Holding[] = [
  { owner: person(1), quote: 5_000n, sizes: [10n, 200n] },
  { owner: person(2), quote: 90_000n, sizes: [-13n, 0n] },
  { owner: person(3), quote: 20_000n, sizes: [0n, -200n] },
  { owner: person(4), quote: 777n, sizes: [0n, 0n] },
];
const SOLVENT: SceneOptions = {
  holdings: HOLDINGS,
  insuranceAccount: { quote: -500n, sizes: [3n, 0n] },
  insurance: 41n,
  claim: 1_000n,
};
/** Account 2 owes more than it has. */
const WITH_LOSS: SceneOptions = {
  ...SOLVENT,
  holdings: HOLDINGS.map((holding, i) => (i === 1 ? { ...holding, quote: 9_000n } : holding)),
};

const solvent = () => makeScene(SOLVENT);
const withLoss = () => makeScene(WITH_LOSS);
const entered = async () => {
  const scene = await solvent();
  await enterExit(scene);
  return scene;
};
const opened = async () => {
  const scene = await solvent();
  await openHall(scene);
  return scene;
};
const balanceOf = ({ bench }: Scene, owner: string): Promise<bigint> => bench.token.balanceOf!(owner);

describe("the exit hall", () => {
  describe("when the guard is not in Exit", () => {
    it("shows nothing, opens nothing and pays nothing", async () => {
      const scene = await networkHelpers.loadFixture(solvent);
      const { hall, opening } = scene;
      const calls = [
        () => hall.showInsurance!(opening(0)),
        () => hall.showLoss!(opening(1)),
        () => hall.showDeposit!(0, new Array(9).fill(0n), ethers.ZeroHash),
        () => hall.open!(),
        () => hall.opensAt!(),
      ];
      for (const call of calls) await expect(call()).to.be.revertedWithCustomError(hall, "ExitNotEntered");
      await expect(hall.exit!(opening(1))).to.be.revertedWithCustomError(hall, "HallNotOpen");
      await expect(hall.shareOf!(1n)).to.be.revertedWithCustomError(hall, "HallNotOpen");
    });

    it("says what each account owns", async () => {
      const { hall, opening, worth } = await networkHelpers.loadFixture(solvent);
      for (const index of [0, 1, 2, 3, 4, 5, 255]) {
        expect(await hall.accountValue!(opening(index)), `account ${index}`).to.equal(worth(index));
      }
    });
  });

  describe("when things are shown", () => {
    it("takes the insurance account, with its scalar, once", async () => {
      const { hall, opening, worth } = await networkHelpers.loadFixture(entered);
      const value = worth(0) + 41n;
      await expect(hall.showInsurance!(opening(0)))
        .to.emit(hall, "InsuranceShown")
        .withArgs(value);
      expect([await hall.insuranceShown!(), await hall.insuranceValue!()]).to.deep.equal([true, value]);
      await expect(hall.showInsurance!(opening(0))).to.be.revertedWithCustomError(hall, "InsuranceShownBefore");
    });

    it("takes no other account for the insurance account", async () => {
      const { hall, opening } = await networkHelpers.loadFixture(entered);
      await expect(hall.showInsurance!(opening(1)))
        .to.be.revertedWithCustomError(hall, "WrongAccount")
        .withArgs(1n);
    });

    it("takes a bankrupt account's loss once, and from an account that owns something none", async () => {
      const scene = await networkHelpers.loadFixture(withLoss);
      await enterExit(scene);
      const { hall, opening, worth } = scene;
      expect(worth(2)).to.equal(-3_974n);
      await expect(hall.showLoss!(opening(2)))
        .to.emit(hall, "LossShown")
        .withArgs(2n, 3_974n);
      expect([await hall.losses!(), await hall.isDone!(2), await hall.isDone!(1)]).to.deep.equal([3_974n, true, false]);
      await expect(hall.showLoss!(opening(2)))
        .to.be.revertedWithCustomError(hall, "AccountDone")
        .withArgs(2n);
      await expect(hall.showLoss!(opening(1)))
        .to.be.revertedWithCustomError(hall, "NoLoss")
        .withArgs(1n, worth(1));
      await expect(hall.showLoss!(opening(9)))
        .to.be.revertedWithCustomError(hall, "NoLoss")
        .withArgs(9n, 0n);
    });

    it("does not take the insurance account's deficit for a loss: it is in its value", async () => {
      const scene = await makeScene({ ...SOLVENT, insuranceAccount: { quote: -50_000n, sizes: [3n, 0n] } });
      await enterExit(scene);
      await expect(scene.hall.showLoss!(scene.opening(0))).to.be.revertedWithCustomError(scene.hall, "WrongAccount");
    });
  });

  describe("when it opens", () => {
    it("does so to the second, and not without the insurance account", async () => {
      const scene = await networkHelpers.loadFixture(entered);
      const { hall, bench } = scene;
      const opensAt = (await bench.guard.exitAt!()) + BigInt(LIMITS.exitShareSec);
      expect(await hall.opensAt!()).to.equal(opensAt);
      await networkHelpers.time.setNextBlockTimestamp(opensAt - 1n);
      await expect(hall.open!())
        .to.be.revertedWithCustomError(hall, "TooEarly")
        .withArgs(opensAt, opensAt - 1n);
      await networkHelpers.time.increaseTo(opensAt);
      await expect(hall.open!()).to.be.revertedWithCustomError(hall, "InsuranceNotShown");
      await hall.showInsurance!(scene.opening(0)); // late, but in time: everyone waits for it
      await hall.open!();
      await expect(hall.open!()).to.be.revertedWithCustomError(hall, "HallOpenAlready");
    });

    it("owes liabilities and claims, less what the insurance account owns", async () => {
      const scene = await networkHelpers.loadFixture(opened);
      const { hall, liabilities, worth } = scene;
      const owed = liabilities + 1_000n - (worth(0) + 41n);
      expect([await hall.owed!(), await hall.backed!(), await hall.isOpen!()]).to.deep.equal([owed, owed, true]);
    });

    it("takes nothing that is shown later", async () => {
      const { hall, opening } = await networkHelpers.loadFixture(opened);
      const calls = [
        () => hall.showInsurance!(opening(0)),
        () => hall.showLoss!(opening(2)),
        () => hall.showDeposit!(2, new Array(9).fill(0n), ethers.ZeroHash),
      ];
      for (const call of calls) await expect(call()).to.be.revertedWithCustomError(hall, "HallOpenAlready");
    });
  });

  describe("when the vault covers everything", () => {
    it("pays everyone exactly what they own, whoever sends it", async () => {
      const scene = await networkHelpers.loadFixture(opened);
      for (const [i, { owner }] of HOLDINGS.entries()) {
        const value = scene.worth(i + 1);
        await expect(scene.hall.exit!(scene.opening(i + 1)))
          .to.emit(scene.hall, "AccountLeft")
          .withArgs(BigInt(i + 1), owner, value, value);
        expect(await balanceOf(scene, owner)).to.equal(value);
      }
      await scene.bench.guard.payClaim!(0);
      expect(await balanceOf(scene, await scene.bench.alice.getAddress())).to.equal(1_000n);
      expect(await balanceOf(scene, scene.bench.at.engine), "what the insurance account owned").to.equal(
        scene.worth(0) + 41n,
      );
    });

    it("pays an account once", async () => {
      const { hall, opening } = await networkHelpers.loadFixture(opened);
      await hall.exit!(opening(1));
      await expect(hall.exit!(opening(1)))
        .to.be.revertedWithCustomError(hall, "AccountDone")
        .withArgs(1n);
    });

    it("pays neither the insurance account nor one that owns nothing", async () => {
      const { hall, opening } = await networkHelpers.loadFixture(opened);
      await expect(hall.exit!(opening(0)))
        .to.be.revertedWithCustomError(hall, "WrongAccount")
        .withArgs(0n);
      await expect(hall.exit!(opening(9)))
        .to.be.revertedWithCustomError(hall, "NothingOwed")
        .withArgs(9n, 0n);
    });

    it("pays a claim once, and its delay still counts", async () => {
      const { bench } = await networkHelpers.loadFixture(opened);
      await bench.guard.payClaim!(0);
      await expect(bench.guard.payClaim!(0)).to.be.revertedWithCustomError(bench.guard, "ClaimAlreadyPaid");
    });

    it("pays in full also where somebody gave the vault tokens and a loss is larger than what deposits left there", async () => {
      const scene = await networkHelpers.loadFixture(withLoss);
      await scene.bench.token.mint!(scene.bench.at.engine, 10_000n);
      await openHall(scene, [2]);
      for (const index of [1, 3, 4]) await scene.hall.exit!(scene.opening(index));
      await scene.bench.guard.payClaim!(0);
      expect(await balanceOf(scene, person(3))).to.equal(scene.worth(3));
      expect(await scene.bench.engine.vaulted!()).to.equal(0n);
    });
  });

  describe("when the vault is short", () => {
    it("pays accounts, claims and deposits at one ratio, rounded down", async () => {
      const scene = await networkHelpers.loadFixture(solvent);
      const { hall, bench } = scene;
      await bench.deposit(bench.bob, 321n);
      await drainVault(bench, 40_000n);
      const bob = await bench.bob.getAddress();
      const before = await balanceOf(scene, bob);
      const assets = await balanceOf(scene, bench.at.engine);
      await enterExit(scene);
      const deposit = await loggedAt(bench, 2);
      await hall.showDeposit!(2, deposit.words, deposit.before);
      await hall.showInsurance!(scene.opening(0));
      await networkHelpers.time.increaseTo(await hall.opensAt!());
      await hall.open!();
      const owed = scene.liabilities + 1_000n + 321n - (scene.worth(0) + 41n);
      expect([await hall.owed!(), await hall.backed!()]).to.deep.equal([owed, assets]);
      const share = (value: bigint) => (value * assets) / owed;

      await hall.exitDeposit!(deposit.head);
      expect((await balanceOf(scene, bob)) - before).to.equal(share(321n));
      await bench.guard.payClaim!(0);
      expect(await balanceOf(scene, await bench.alice.getAddress())).to.equal(share(1_000n));
      let paid = share(321n) + share(1_000n);
      for (const [i, { owner }] of HOLDINGS.entries()) {
        await hall.exit!(scene.opening(i + 1));
        expect(await balanceOf(scene, owner)).to.equal(share(scene.worth(i + 1)));
        paid += share(scene.worth(i + 1));
      }
      expect(await balanceOf(scene, bench.at.engine), "what rounding left").to.equal(assets - paid);
      expect(assets - paid < 6n).to.equal(true);
    });

    it("shares a bankrupt account's loss when it was shown", async () => {
      const scene = await networkHelpers.loadFixture(withLoss);
      const { hall, bench } = scene;
      await drainVault(bench, scene.worth(0) + 41n); // the insurance account's surplus would pay it
      await openHall(scene, [2]);
      const assets = await balanceOf(scene, bench.at.engine);
      const owed = scene.worth(1) + scene.worth(3) + scene.worth(4) + 1_000n;
      expect([await hall.owed!(), await hall.backed!()]).to.deep.equal([owed, assets]);
      expect(owed - assets).to.equal(-scene.worth(2));
      await hall.exit!(scene.opening(3));
      expect(await balanceOf(scene, person(3))).to.equal((scene.worth(3) * assets) / owed);
      await expect(hall.exit!(scene.opening(2)))
        .to.be.revertedWithCustomError(hall, "NothingOwed")
        .withArgs(2n, scene.worth(2));
    });

    it("pays nothing out of an empty vault, and does not stop", async () => {
      const scene = await networkHelpers.loadFixture(solvent);
      await drainVault(scene.bench, await balanceOf(scene, scene.bench.at.engine));
      await openHall(scene);
      await expect(scene.hall.exit!(scene.opening(1)))
        .to.emit(scene.hall, "AccountLeft")
        .withArgs(1n, person(1), scene.worth(1), 0n);
    });
  });

  it("pays in full while nothing is known to be owed: a loss was left out that is larger than all else", async () => {
    const holdings = [
      { owner: person(1), quote: 100n, sizes: [0n, 0n] },
      { owner: person(2), quote: -900n, sizes: [1n, 0n] },
      { owner: person(3), quote: 0n, sizes: [-1n, 0n] },
    ] as const;
    const scene = await makeScene({ holdings, insurance: 2_000n });
    expect([scene.worth(2), scene.worth(3)]).to.deep.equal([93n, -998n]);
    await openHall(scene);
    expect([await scene.hall.owed!(), await scene.hall.backed!()]).to.deep.equal([0n, 0n]);
    await scene.hall.exit!(scene.opening(1));
    expect(await balanceOf(scene, person(1))).to.equal(100n);
  });

  it("has no end: whoever comes years later finds the same ratio", async () => {
    const scene = await networkHelpers.loadFixture(opened);
    await networkHelpers.time.increase(5 * 365 * 86_400);
    await scene.hall.exit!(scene.opening(4));
    expect(await balanceOf(scene, person(4))).to.equal(777n);
    expect(await now()).to.be.greaterThan(0n);
  });
});
