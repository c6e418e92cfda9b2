import { expect } from "chai";
import type { Contract, Signer } from "ethers";
import { deployGuardDouble, type StatusName } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const [STRIKE, CAP, LOTS, PREMIUM] = [1_000n, 1_200n, 50n, 3_000n];
const COVER = (CAP - STRIKE) * LOTS;
const DAY_SEC = 86_400n;
const PATIENCE_SEC = 30n * DAY_SEC;
const EXIT = 4n;
const NOBODY = ethers.ZeroAddress;

async function withOption() {
  const [deployer, writer, holder, stranger] = await ethers.getSigners();
  const guard = await deployGuardDouble(deployer!, 2);
  const token = (await ethers.deployContract("TestToken")) as unknown as Contract;
  const feed = (await ethers.deployContract("ProvenOracle", [guard.address, 1n, 4, "AVAX"])) as unknown as Contract;
  const calls = (await ethers.deployContract("CappedCalls", [
    guard.address,
    1n,
    await feed.getAddress(),
    await token.getAddress(),
  ])) as unknown as Contract;
  const address = await calls.getAddress();
  for (const user of [writer!, holder!]) {
    await token.mint!(user.address, 10n * COVER);
    await (token.connect(user) as Contract).approve!(address, 10n * COVER);
  }
  const expiry = (await now()) + DAY_SEC;
  const terms = {
    writer: NOBODY,
    holder: NOBODY,
    lots: LOTS,
    premium: PREMIUM,
    strike: STRIKE,
    cap: CAP,
    expiry,
    closed: false,
  };
  const as = (user: Signer) => calls.connect(user) as Contract;
  await as(writer!).offer!(terms);
  return {
    guard,
    token,
    feed,
    calls,
    address,
    writer: writer!,
    holder: holder!,
    stranger: stranger!,
    expiry,
    terms,
    as,
  };
}
async function withHolder() {
  const setup = await withOption();
  await setup.as(setup.holder).buy!(1n);
  return setup;
}
const offered = () => networkHelpers.loadFixture(withOption);
const bought = () => networkHelpers.loadFixture(withHolder);

describe("CappedCalls", () => {
  it("locks the whole of what can ever be owed, and pays the premium to the writer", async () => {
    const { token, address, writer, holder, calls, as } = await offered();
    expect(await token.balanceOf!(address)).to.equal(COVER);
    await expect(as(holder).buy!(1n)).to.emit(calls, "Bought").withArgs(1n, holder.address);
    expect(await token.balanceOf!(address)).to.equal(COVER);
    expect(await token.balanceOf!(writer.address)).to.equal(10n * COVER - COVER + PREMIUM);
    expect(await token.balanceOf!(holder.address)).to.equal(10n * COVER - PREMIUM);
  });

  const outcomes = [
    { title: "below the strike", price: 999n, toHolder: 0n },
    { title: "at the strike", price: STRIKE, toHolder: 0n },
    { title: "a tick above", price: STRIKE + 1n, toHolder: LOTS },
    { title: "at the cap", price: CAP, toHolder: COVER },
    { title: "above the cap", price: CAP + 1n, toHolder: COVER },
  ];
  for (const { title, price, toHolder } of outcomes) {
    it(`settles a price ${title} to the unit, once, by anyone`, async () => {
      const { guard, calls, token, address, expiry, writer, holder, stranger, as } = await bought();
      await guard.price(1, price);
      await networkHelpers.time.increaseTo(expiry);
      await expect(as(stranger).settle!(1n))
        .to.emit(calls, "PriceFixed")
        .withArgs(expiry, price, false)
        .and.to.emit(calls, "Settled")
        .withArgs(1n, toHolder, COVER - toHolder);
      await expect(calls.settle!(1n)).to.be.revertedWithCustomError(calls, "NotOwed").withArgs(1n);
      await expect(calls.settleAtLastPrice!(1n)).to.be.revertedWithCustomError(calls, "NotOwed").withArgs(1n);
      for (const user of [writer, holder]) {
        const owed: bigint = await calls.owedTo!(user.address);
        if (owed === 0n) continue;
        await expect(as(user).collect!()).to.emit(calls, "Collected").withArgs(user.address, owed);
      }
      expect(await token.balanceOf!(address)).to.equal(0n);
      await expect(as(holder).collect!()).to.be.revertedWithCustomError(calls, "NothingOwed").withArgs(holder.address);
    });
  }

  it("settles every option of an expiry at one price, the first that was brought", async () => {
    const { guard, calls, terms, writer, holder, as, expiry } = await bought();
    await as(writer).offer!(terms);
    await as(holder).buy!(2n);
    await guard.price(1, 1_010n);
    await networkHelpers.time.increaseTo(expiry);
    await calls.settle!(1n);
    await guard.price(1, 1_190n);
    await guard.bringInto(1, "Halted");
    await calls.settle!(2n); // the price is fixed: the guard is not asked again
    expect(await calls.owedTo!(holder.address)).to.equal(2n * 10n * LOTS);
  });

  describe("in each state of the market", () => {
    const gates: readonly (readonly [string, readonly StatusName[]])[] = [
      ["buy", ["Normal"]],
      ["settle", ["Normal", "Stressed"]],
      ["settleAtLastPrice", ["Exit"]],
    ];
    for (const [name, passing] of gates) {
      it(`allows ${name} in ${passing.join(" and ")} only`, async () => {
        const { guard, as, holder, expiry } = await (name === "buy" ? offered() : bought());
        if (name !== "buy") await networkHelpers.time.increaseTo(expiry);
        const call = () => as(holder).getFunction(name).staticCall(1n);
        expect(await guard.gateOf(1, call)).to.deep.equal(passing);
      });
    }

    it("lets an offer be withdrawn and money be collected in every state", async () => {
      const all = ["Normal", "Stressed", "Broken", "Halted", "Exit"];
      const { guard, as, writer } = await offered();
      expect(await guard.gateOf(1, () => as(writer).withdraw!.staticCall(1n))).to.deep.equal(all);
      await as(writer).withdraw!(1n);
      expect(await guard.gateOf(1, () => as(writer).collect!.staticCall())).to.deep.equal(all);
    });

    it("does not mind another market", async () => {
      const { guard, as, holder } = await offered();
      await guard.bringInto(0, "Broken");
      await as(holder).buy!(1n);
    });
  });

  it("waits while the price is stale or the breaker set, and goes on by itself", async () => {
    const { guard, feed, calls, expiry } = await bought();
    await networkHelpers.time.increaseTo(expiry + 1_000n);
    await guard.contract.setUpdatedAt!(1n, expiry + 10n);
    await expect(calls.settle!(1n)).to.be.revertedWithCustomError(calls, "MarketRestricted").withArgs(1n, 2n);
    await expect(feed.latestRoundData!()).to.be.revertedWithCustomError(feed, "PriceStale");
    await guard.contract.setUpdatedAt!(1n, 0n);
    const until = (await now()) + 100n;
    await guard.contract.setBreaker!(1n, until);
    await expect(calls.settle!(1n)).to.be.revertedWithCustomError(calls, "MarketRestricted").withArgs(1n, 2n);
    await networkHelpers.time.increaseTo(until);
    await calls.settle!(1n);
  });

  it("takes no price from before the expiry, however fresh, and none before the expiry has come", async () => {
    const { guard, calls, expiry } = await bought();
    await expect(calls.settle!(1n)).to.be.revertedWithCustomError(calls, "NotExpired");
    await guard.contract.setUpdatedAt!(1n, expiry - 1n);
    await networkHelpers.time.increaseTo(expiry + 5n);
    await expect(calls.settle!(1n))
      .to.be.revertedWithCustomError(calls, "PriceBeforeExpiry")
      .withArgs(expiry - 1n, expiry);
    await guard.contract.setUpdatedAt!(1n, expiry);
    await calls.settle!(1n);
  });

  it("uses the last proven price in Exit, though no option has expired and the price is old", async () => {
    const { guard, calls, expiry } = await bought();
    await guard.price(1, 1_050n);
    await guard.contract.setUpdatedAt!(1n, await now());
    await networkHelpers.time.increase(DAY_SEC / 2n);
    await expect(calls.settleAtLastPrice!(1n))
      .to.be.revertedWithCustomError(calls, "StillPatient")
      .withArgs(expiry + PATIENCE_SEC);
    await guard.contract.setStatus!(1n, EXIT); // could be entered, and was not: the halt may still end
    await expect(calls.settleAtLastPrice!(1n)).to.be.revertedWithCustomError(calls, "StillPatient");
    await guard.bringInto(1, "Exit");
    await expect(calls.settle!(1n)).to.be.revertedWithCustomError(calls, "IntegrityExited");
    await expect(calls.settleAtLastPrice!(1n))
      .to.emit(calls, "PriceFixed")
      .withArgs(expiry, 1_050n, true)
      .and.to.emit(calls, "Settled")
      .withArgs(1n, 50n * LOTS, COVER - 50n * LOTS);
  });

  it("does not wait for ever for a price that never comes", async () => {
    const { guard, calls, expiry } = await bought();
    await guard.bringInto(1, "Broken");
    await networkHelpers.time.increaseTo(expiry + PATIENCE_SEC - 1n);
    await expect(calls.settleAtLastPrice!(1n)).to.be.revertedWithCustomError(calls, "StillPatient");
    await networkHelpers.time.increaseTo(expiry + PATIENCE_SEC);
    await calls.settleAtLastPrice!(1n);
  });

  describe("an offer", () => {
    for (const [field, value] of [
      ["lots", 0n],
      ["strike", 0n],
      ["cap", STRIKE],
      ["cap", 2n ** 27n],
      ["expiry", 1n],
    ] as const) {
      it(`is refused with ${field} ${value}`, async () => {
        const { calls, terms, writer, as } = await offered();
        await expect(as(writer).offer!({ ...terms, [field]: value }))
          .to.be.revertedWithCustomError(calls, "BadTerm")
          .withArgs(field, value);
      });
    }

    it("names its sender as writer and nobody as holder, whatever its terms say", async () => {
      const { calls, terms, writer, stranger, as } = await offered();
      await as(writer).offer!({ ...terms, writer: stranger.address, holder: stranger.address, closed: true });
      const option = await calls.optionOf!(2n);
      expect([option.writer, option.holder, option.closed]).to.deep.equal([writer.address, NOBODY, false]);
    });

    it("is withdrawn by its writer only, once, and not when it was bought", async () => {
      const { calls, writer, holder, as } = await offered();
      await expect(as(holder).withdraw!(1n)).to.be.revertedWithCustomError(calls, "NotWriter").withArgs(holder.address);
      await as(writer).withdraw!(1n);
      expect(await calls.owedTo!(writer.address)).to.equal(COVER);
      await expect(as(writer).withdraw!(1n)).to.be.revertedWithCustomError(calls, "NotOpen").withArgs(1n);
      await expect(as(holder).buy!(1n)).to.be.revertedWithCustomError(calls, "NotOpen").withArgs(1n);
      const other = await bought();
      await expect(other.as(other.writer).withdraw!(1n)).to.be.revertedWithCustomError(other.calls, "NotOpen");
      await expect(other.as(other.stranger).buy!(1n)).to.be.revertedWithCustomError(other.calls, "NotOpen");
    });

    it("is bought before its expiry only, and must exist; unbought it is never settled", async () => {
      const { calls, holder, expiry, as } = await offered();
      await expect(as(holder).buy!(2n)).to.be.revertedWithCustomError(calls, "NotOpen").withArgs(2n);
      await networkHelpers.time.increaseTo(expiry);
      await expect(as(holder).buy!(1n)).to.be.revertedWithCustomError(calls, "Expired");
      await expect(calls.settle!(1n)).to.be.revertedWithCustomError(calls, "NotOwed").withArgs(1n);
    });
  });
});
