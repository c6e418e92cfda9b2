import { expect } from "chai";
import type { AccountOpening, PathStep } from "../../../verifier/exit/opening.ts";
import { makeScene, openHall, type Scene } from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";
import { FIELD_ORDER } from "../../helpers/fieldOrder.ts";

const person = (index: number) => ethers.zeroPadValue(ethers.toBeHex(0xb000 + index), 20);
const ACCOUNT = 2;

async function open(): Promise<Scene> {
  const scene = await makeScene({
    holdings: [
      { owner: person(1), quote: 5_000n, sizes: [10n, -20n] },
      { owner: person(2), quote: 90_000n, sizes: [-13n, 20n] },
      { owner: person(3), quote: 700n, sizes: [3n, 0n] },
    ],
    insurance: 9n,
  });
  await openHall(scene);
  return scene;
}

/** Every word of an opening, changed by one. */
const FORGED: readonly (readonly [string, (opening: AccountOpening) => AccountOpening])[] = [
  ["owner", (o) => ({ ...o, owner: person(1) })],
  ["nonce", (o) => ({ ...o, nonce: o.nonce + 1n })],
  ["quote", (o) => ({ ...o, quote: o.quote + 1n })],
  ["sign of the quote", (o) => ({ ...o, quote: -o.quote })],
  ["keyX", (o) => ({ ...o, keyX: o.keyX + 1n })],
  ["keyY", (o) => ({ ...o, keyY: o.keyY + 1n })],
  ["box", (o) => ({ ...o, box: o.box + 1n })],
  ["sum of quotes", (o) => ({ ...o, sumQuote: o.sumQuote + 1n })],
  ["markets", (o) => ({ ...o, marketsHash: o.marketsHash ^ 1n })],
  ["first size", (o) => ({ ...o, sizes: [o.sizes[0]! + 1n, o.sizes[1]!] })],
  ["second size", (o) => ({ ...o, sizes: [o.sizes[0]!, o.sizes[1]! + 1n] })],
  ["sign of a size", (o) => ({ ...o, sizes: [-o.sizes[0]!, o.sizes[1]!] })],
  ["index: its sibling's", (o) => ({ ...o, index: o.index ^ 1 })],
  ["index: one far away", (o) => ({ ...o, index: o.index ^ 128 })],
];

describe("an account's opening", () => {
  it("is accepted as it is", async () => {
    const { hall, opening, worth } = await networkHelpers.loadFixture(open);
    expect(await hall.accountValue!(opening(ACCOUNT))).to.equal(worth(ACCOUNT));
    await expect(hall.exit!(opening(ACCOUNT)))
      .to.emit(hall, "AccountLeft")
      .withArgs(BigInt(ACCOUNT), ethers.getAddress(person(ACCOUNT)), worth(ACCOUNT), worth(ACCOUNT));
  });

  for (const [what, forge] of FORGED) {
    it(`is refused with another ${what}`, async () => {
      const { hall, opening } = await networkHelpers.loadFixture(open);
      await expect(hall.exit!(forge(opening(ACCOUNT)))).to.be.revertedWithCustomError(hall, "NotInState");
    });
  }

  for (const field of ["siblingHash", "siblingBox", "parentBox"] as const satisfies readonly (keyof PathStep)[]) {
    it(`is refused with another ${field}, at each level`, async () => {
      const { hall, opening } = await networkHelpers.loadFixture(open);
      const honest = opening(ACCOUNT);
      expect(honest.path).to.have.length(8);
      for (const [level, step] of honest.path.entries()) {
        const path = honest.path.with(level, { ...step, [field]: step[field] ^ 1n });
        await expect(hall.exit!({ ...honest, path }), `level ${level}`).to.be.revertedWithCustomError(
          hall,
          "NotInState",
        );
      }
    });
  }

  it("is refused with two levels swapped", async () => {
    const { hall, opening } = await networkHelpers.loadFixture(open);
    const honest = opening(ACCOUNT);
    const path = honest.path.with(3, honest.path[4]!).with(4, honest.path[3]!);
    await expect(hall.exit!({ ...honest, path })).to.be.revertedWithCustomError(hall, "NotInState");
  });

  it("is refused with another account's path, and names the roots", async () => {
    const { hall, bench, opening } = await networkHelpers.loadFixture(open);
    const mixed = { ...opening(ACCOUNT), path: opening(3).path };
    const hasher = await ethers.getContractAt("StateHasher", await hall.hasher!());
    const derived = await hasher.getFunction("stateRootOf").staticCall(mixed, 9n);
    await expect(hall.exit!(mixed))
      .to.be.revertedWithCustomError(hall, "NotInState")
      .withArgs(BigInt(ACCOUNT), derived, await bench.guard.stateRoot!());
  });

  it("is refused with a longer or shorter path, and with an index that has a twin", async () => {
    const { hall, opening } = await networkHelpers.loadFixture(open);
    const honest = opening(ACCOUNT);
    const last = honest.path[7]!;
    for (const changes of [
      { path: honest.path.slice(1), index: honest.index },
      { path: [...honest.path, last], index: honest.index },
      { path: honest.path, index: honest.index + 256 },
    ]) {
      await expect(hall.exit!({ ...honest, ...changes }))
        .to.be.revertedWithCustomError(hall, "WrongPath")
        .withArgs(BigInt(changes.index), BigInt(changes.path.length), 8n);
    }
  });

  it("is refused with another number of markets", async () => {
    const { hall, opening } = await networkHelpers.loadFixture(open);
    const honest = opening(ACCOUNT);
    const hasher = await ethers.getContractAt("StateHasher", await hall.hasher!());
    await expect(hall.exit!({ ...honest, sizes: [...honest.sizes, 0n] }))
      .to.be.revertedWithCustomError(hasher, "WrongMarkets")
      .withArgs(3n, 2n);
  });

  for (const field of ["keyX", "keyY", "box", "marketsHash"] as const) {
    it(`is refused with the twin of its ${field} beyond the field's order`, async () => {
      const { hall, opening } = await networkHelpers.loadFixture(open);
      const honest = opening(ACCOUNT);
      const hasher = await ethers.getContractAt("StateHasher", await hall.hasher!());
      await expect(hall.exit!({ ...honest, [field]: honest[field] + FIELD_ORDER })).to.be.revertedWithCustomError(
        hasher,
        "NotInField",
      );
    });
  }

  it("of a state that is no longer the proven one is refused", async () => {
    const { hall, state, bench } = await networkHelpers.loadFixture(open);
    const other = await makeScene({
      holdings: [{ owner: person(1), quote: 90_000n, sizes: [0n, 0n] }],
      insurance: 9n,
    });
    expect(other.state.tree.root.hash).to.not.equal(state.tree.root.hash);
    await expect(hall.exit!(other.opening(1)))
      .to.be.revertedWithCustomError(hall, "NotInState")
      .withArgs(1n, await other.bench.guard.stateRoot!(), await bench.guard.stateRoot!());
  });
});
