import { expect } from "chai";
import type { Contract } from "ethers";
import { enterExit, makeScene, openHall } from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

/** Moods of HostileToken. */
const MOOD = { honest: 0, balanceReverts: 2, transferReverts: 6 } as const;

const person = (index: number) => ethers.getAddress(ethers.zeroPadValue(ethers.toBeHex(0xd000 + index), 20));

async function scene() {
  const hostile = (await ethers.deployContract("HostileToken")) as unknown as Contract;
  const made = await makeScene({
    holdings: [
      { owner: person(1), quote: 5_000n, sizes: [0n, 0n] },
      { owner: person(2), quote: 700n, sizes: [0n, 0n] },
    ],
    token: await hostile.getAddress(),
  });
  return { ...made, hostile };
}
const opened = async () => {
  const made = await scene();
  await openHall(made);
  return made;
};

describe("the exit hall when the token misbehaves", () => {
  it("does not open while the balance cannot be read, and does when it can", async () => {
    const made = await networkHelpers.loadFixture(scene);
    const { hall, hostile } = made;
    await enterExit(made);
    await hall.showInsurance!(made.opening(0));
    await networkHelpers.time.increaseTo(await hall.opensAt!());
    await hostile.setMood!(MOOD.balanceReverts);
    await expect(hall.open!()).to.be.revertedWithCustomError(hostile, "Refused");
    await hostile.setMood!(MOOD.honest);
    await hall.open!();
  });

  it("keeps an account's right when the transfer fails", async () => {
    const { hall, hostile, opening } = await networkHelpers.loadFixture(opened);
    await hostile.setMood!(MOOD.transferReverts);
    await expect(hall.exit!(opening(1))).to.be.revertedWithCustomError(hostile, "Refused");
    expect(await hall.isDone!(1)).to.equal(false);
    await hostile.setMood!(MOOD.honest);
    await hall.exit!(opening(1));
    expect(await hostile.balanceOf!(person(1))).to.equal(5_000n);
  });

  it("pays an account once when the token calls back, whomever it calls", async () => {
    const { hall, hostile, opening, bench } = await networkHelpers.loadFixture(opened);
    for (const [index, payload] of [
      [1, hall.interface.encodeFunctionData("exit", [opening(1)])],
      [2, hall.interface.encodeFunctionData("exit", [opening(1)])],
    ] as const) {
      await hostile.setCallback!(bench.at.exitHall, payload);
      await hall.exit!(opening(index));
      expect(await hostile.callbackSucceeded!(), `while account ${index} is paid`).to.equal(false);
    }
    expect(await hostile.balanceOf!(person(1))).to.equal(5_000n);
    expect(await hostile.balanceOf!(bench.at.engine)).to.equal(0n);
  });
});

describe("the guard's side of the exit", () => {
  it("pays on the word of the exit hall only", async () => {
    const { bench } = await networkHelpers.loadFixture(opened);
    const caller = await bench.alice.getAddress();
    await expect((bench.guard.connect(bench.alice) as Contract).payExit!(caller, 1n))
      .to.be.revertedWithCustomError(bench.guard, "NotExitHall")
      .withArgs(caller);
  });

  it("pays nobody outside of Exit, whatever the hall is", async () => {
    const { bench } = await networkHelpers.loadFixture(scene);
    await networkHelpers.impersonateAccount(bench.at.exitHall);
    await networkHelpers.setBalance(bench.at.exitHall, 10n ** 18n);
    const hall = await ethers.getSigner(bench.at.exitHall);
    const guard = bench.guard.connect(hall) as Contract;
    await expect(guard.payExit!(person(1), 1n)).to.be.revertedWithCustomError(bench.guard, "NotInExit");
  });
});

describe("the exit hall's constructor", () => {
  it("refuses a hasher without code and a depth that no tree has", async () => {
    const factory = await ethers.getContractFactory("ExitHall");
    const hasher = await (await ethers.deployContract("TestToken")).getAddress();
    await expect(factory.deploy(person(1), person(2), 8))
      .to.be.revertedWithCustomError(factory, "BadHall")
      .withArgs("hasher", BigInt(person(2)));
    for (const depth of [0n, 33n]) {
      await expect(factory.deploy(person(1), hasher, depth))
        .to.be.revertedWithCustomError(factory, "BadHall")
        .withArgs("depth", depth);
    }
  });
});
