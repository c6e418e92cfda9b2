import { expect } from "chai";
import { Contract } from "ethers";
import { ENGINE_ABI } from "../../../verifier/chain/abi.ts";
import { FEE_WEI, LIMITS } from "../../helpers/contracts/bench.ts";
import { checkpointsOf, rollbackArguments } from "../../helpers/contracts/checkpoints.ts";
import {
  enterExit,
  type Holding,
  type Logged,
  loggedAt,
  makeScene,
  type Scene,
} from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";
import { CAUSE } from "../../helpers/contracts/shortVault.ts";

const OWNER = ethers.getAddress(ethers.zeroPadValue("0xb001", 20));
const HOLDINGS: readonly Holding[] = [{ owner: OWNER, quote: 5_000n, sizes: [0n, 0n] }];
/** Operation 0 is Alice's deposit of all that the scene holds. */
const FIRST = 1;

async function pending(isEngineBuggy = false): Promise<Scene> {
  const scene = await makeScene({ holdings: HOLDINGS, isEngineBuggy });
  await scene.bench.deposit(scene.bench.bob, 321n);
  return scene;
}

/**
 * Bob's 321 are settled, Alice's 45 wait; the root that the guard goes back to is the scene's, and both are abandoned.
 * Then Bob's 700 take the number that his 321 had.
 */
async function abandoned() {
  const scene = await pending();
  const { bench } = scene;
  const lastsSec = 2 * LIMITS.haltCureSec;
  await bench.settle(1, { deficit: 9n });
  await bench.deposit(bench.alice, 45n);
  const [bobs, alices] = [await loggedAt(bench, FIRST), await loggedAt(bench, FIRST + 1)];
  await networkHelpers.time.increase(lastsSec);
  await bench.guard.rollBack!(CAUSE.deficit, ...rollbackArguments(await checkpointsOf(bench), 1));
  await networkHelpers.time.increase(1);
  await bench.deposit(bench.bob, 700n);
  return { ...scene, bobs, alices, later: await loggedAt(bench, FIRST) };
}
const inExit = async () => {
  const made = await abandoned();
  await enterExit(made);
  return made;
};
const fixture = () => networkHelpers.loadFixture(inExit);
const show = ({ hall }: Scene, { words, before }: Logged, fork = 0) => hall.showAbandoned!(fork, words, before);
const repost = ({ bench }: Scene, { words, before }: Logged) =>
  bench.engine.repostDeposits!(0n, [before], [words], { value: FEE_WEI });

async function open({ hall, opening }: Scene): Promise<void> {
  await hall.showInsurance!(opening(0));
  await networkHelpers.time.increaseTo(await hall.opensAt!());
  await hall.open!();
}

describe("deposits that no proven state holds, in Exit", () => {
  describe("when they were never settled", () => {
    it("are shown once, by what arrived, and returned once", async () => {
      const scene = await pending();
      const { hall, bench } = scene;
      await enterExit(scene);
      const { words, before, head } = await loggedAt(bench, FIRST);
      const bob = await bench.bob.getAddress();
      await expect(hall.showDeposit!(FIRST, words, before))
        .to.emit(hall, "DepositShown")
        .withArgs(head, bob, 321n);
      expect(await hall.depositOf!(head)).to.deep.equal([bob, 321n]);
      expect(await hall.deposits!()).to.equal(321n);
      await expect(hall.showDeposit!(FIRST, words, before))
        .to.be.revertedWithCustomError(hall, "DepositShownBefore")
        .withArgs(head);
      await expect(hall.exitDeposit!(head)).to.be.revertedWithCustomError(hall, "HallNotOpen");
      await open(scene);
      await expect(hall.exitDeposit!(head)).to.emit(hall, "DepositReturned").withArgs(head, bob, 321n, 321n);
      expect(await bench.token.balanceOf!(bob)).to.equal(321n);
      await expect(hall.exitDeposit!(head)).to.be.revertedWithCustomError(hall, "DepositNotShown").withArgs(head);
    });

    it("are no settled ones, no others' words, and no other operations", async () => {
      const scene = await pending();
      const { bench, hall } = scene;
      const { engine } = bench;
      await engine.recertify!(1n, 1n, { value: FEE_WEI });
      await enterExit(scene);
      const settled = await loggedAt(bench, 0);
      await expect(hall.showDeposit!(0, settled.words, settled.before))
        .to.be.revertedWithCustomError(hall, "SettledAlready")
        .withArgs(0n, FIRST);
      const { words, before } = await loggedAt(bench, FIRST);
      for (let place = 0; place < 9; place++) {
        const forged = words.with(place, words[place]! ^ (1n << 100n));
        await expect(hall.showDeposit!(FIRST, forged, before)).to.be.revertedWithCustomError(hall, "NotLogged");
      }
      await expect(hall.showDeposit!(FIRST, words, ethers.ZeroHash)).to.be.revertedWithCustomError(hall, "NotLogged");
      const other = await loggedAt(bench, FIRST + 1);
      await expect(hall.showDeposit!(FIRST + 1, other.words, other.before))
        .to.be.revertedWithCustomError(hall, "NoDeposit")
        .withArgs(other.head);
      await expect(
        hall.showDeposit!(FIRST, words.with(0, words[0]! | (1n << 192n)), before),
      ).to.be.revertedWithCustomError(hall, "NoDeposit");
      await expect(hall.showDeposit!(9, words, before)).to.be.revertedWithCustomError(engine, "NoSuchEntry");
    });

    it("are owed nothing when no tokens arrived with them", async () => {
      const scene = await pending(true);
      const { bench, hall } = scene;
      const abi = ["function depositNothing(uint256 amount, uint256 keyX, uint256 keyY) payable"];
      const fault = new Contract(bench.at.engine, [...ENGINE_ABI, ...abi], bench.bob);
      await fault.depositNothing!(10_000n, 11n, 12n, { value: FEE_WEI });
      await enterExit(scene);
      const { words, before, head } = await loggedAt(bench, FIRST + 1);
      await expect(hall.showDeposit!(FIRST + 1, words, before))
        .to.be.revertedWithCustomError(hall, "NoTokensArrived")
        .withArgs(head);
    });
  });

  describe("when a fork abandoned them and nobody posted them again", () => {
    it("are shown, owed, and returned once, settled before or not", async () => {
      const made = await fixture();
      const { bench, hall, bobs, alices } = made;
      const [bob, alice] = [await bench.bob.getAddress(), await bench.alice.getAddress()];
      await expect(show(made, bobs)).to.emit(hall, "DepositShown").withArgs(bobs.head, bob, 321n);
      await show(made, alices);
      expect(await hall.deposits!()).to.equal(366n);
      await open(made);
      expect(await hall.owed!()).to.equal(5_000n + 366n);
      await expect(hall.exitDeposit!(bobs.head)).to.emit(hall, "DepositReturned").withArgs(bobs.head, bob, 321n, 321n);
      await hall.exitDeposit!(alices.head);
      expect(await bench.token.balanceOf!(bob)).to.equal(321n);
      expect(await bench.token.balanceOf!(alice)).to.equal(45n);
      for (const { head } of [bobs, alices])
        await expect(hall.exitDeposit!(head)).to.be.revertedWithCustomError(hall, "DepositNotShown").withArgs(head);
    });

    it("are shown once", async () => {
      const made = await fixture();
      await show(made, made.bobs);
      await expect(show(made, made.bobs))
        .to.be.revertedWithCustomError(made.hall, "DepositShownBefore")
        .withArgs(made.bobs.head);
    });

    it("are shown in Exit only, and until the hall opens", async () => {
      const made = await networkHelpers.loadFixture(abandoned);
      await expect(show(made, made.bobs)).to.be.revertedWithCustomError(made.hall, "ExitNotEntered");
      await enterExit(made);
      await open(made);
      await expect(show(made, made.bobs)).to.be.revertedWithCustomError(made.hall, "HallOpenAlready");
    });

    it("are not shown once they were posted again: the new one is shown in its new place", async () => {
      const made = await networkHelpers.loadFixture(abandoned);
      const { bench, hall, bobs } = made;
      await repost(made, bobs);
      await enterExit(made);
      await expect(show(made, bobs)).to.be.revertedWithCustomError(hall, "NotAbandoned").withArgs(0n, bobs.head);
      const again = await loggedAt(bench, FIRST + 1);
      await expect(show(made, again)).to.be.revertedWithCustomError(hall, "NotAbandoned").withArgs(0n, again.head);
      await hall.showDeposit!(FIRST + 1, again.words, again.before);
      expect(await hall.deposits!()).to.equal(321n);
    });

    it("are not posted again once Exit was entered, shown or not", async () => {
      const made = await fixture();
      const exitAt: bigint = await made.bench.guard.exitAt!();
      await show(made, made.bobs);
      for (const logged of [made.bobs, made.alices]) {
        await expect(repost(made, logged))
          .to.be.revertedWithCustomError(made.bench.engine, "RepostsEnded")
          .withArgs(exitAt);
      }
    });

    it("are not confused with those that have their numbers now", async () => {
      const made = await fixture();
      const { bench, hall, bobs, later } = made;
      expect(later.head).to.not.equal(bobs.head);
      await expect(show(made, later)).to.be.revertedWithCustomError(hall, "NotAbandoned").withArgs(0n, later.head);
      await expect(hall.showDeposit!(FIRST, bobs.words, bobs.before))
        .to.be.revertedWithCustomError(hall, "NotLogged")
        .withArgs(FIRST, bobs.head, later.head);
      await hall.showDeposit!(FIRST, later.words, later.before);
      await show(made, bobs);
      const bob = await bench.bob.getAddress();
      expect(await hall.depositOf!(later.head)).to.deep.equal([bob, 700n]);
      expect(await hall.depositOf!(bobs.head)).to.deep.equal([bob, 321n]);
    });

    it("are not those that are proven, nor any before the fork", async () => {
      const made = await networkHelpers.loadFixture(abandoned);
      const { bench, hall } = made;
      const first = await loggedAt(bench, 0);
      await enterExit(made);
      await expect(show(made, first)).to.be.revertedWithCustomError(hall, "NotAbandoned").withArgs(0n, first.head);
      await expect(show(made, made.bobs, 1)).to.be.revertedWithCustomError(hall, "NotAbandoned");
    });

    it("are no operations of another kind, and no other words", async () => {
      const made = await fixture();
      const { hall, bobs } = made;
      await expect(show(made, { ...bobs, words: bobs.words.with(0, 2n) })).to.be.revertedWithCustomError(
        hall,
        "NoDeposit",
      );
      const forged = bobs.words.with(3, BigInt(OWNER));
      await expect(show(made, { ...bobs, words: forged })).to.be.revertedWithCustomError(hall, "NotAbandoned");
    });

    it("share a short vault like everyone else", async () => {
      const made = await networkHelpers.loadFixture(abandoned);
      const { bench, hall, bobs, alices, opening } = made;
      await bench.drain(1_000n);
      await enterExit(made);
      await show(made, bobs);
      await show(made, alices);
      await open(made);
      const held = 5_000n + 366n + 700n - 1_000n; // the 700 that nobody showed are there for the others
      expect([await hall.owed!(), await hall.backed!()]).to.deep.equal([5_366n, held]);
      const share = (amount: bigint) => (amount * held) / 5_366n;
      await hall.exitDeposit!(bobs.head);
      await hall.exit!(opening(1));
      expect(await bench.token.balanceOf!(await bench.bob.getAddress())).to.equal(share(321n));
      expect(await bench.token.balanceOf!(OWNER)).to.equal(share(5_000n));
    });
  });

  it("are given by the log to the fork that cut them off alone", async () => {
    const { bench, bobs, later } = await networkHelpers.loadFixture(abandoned);
    expect(await bench.engine.isAbandoned!(0n, bobs.head)).to.equal(true);
    expect(await bench.engine.isAbandoned!(1n, bobs.head)).to.equal(false);
    expect(await bench.engine.isAbandoned!(0n, later.head)).to.equal(false);
    expect(await bench.engine.isAbandoned!(0n, ethers.ZeroHash)).to.equal(false);
  });
});
