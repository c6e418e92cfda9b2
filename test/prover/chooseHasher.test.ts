import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import { hashesAsCircomlib, KNOWN_HASHES } from "../../prover/native/knownHashes.ts";
import type { NativeHasher } from "../../prover/native/nativeHasher.ts";
import { chooseHasher, describeHasher, hashingLevel } from "../../prover/proving/chooseHasher.ts";
import { type Forest, hashForest } from "../../verifier/model/forest.ts";
import { createHasher } from "../../verifier/model/hasher.ts";

/** An addon whose Poseidon leaves the words as they are: no compiler is needed to be refused. */
const wrong = {
  levels: () => ["adx", "portable"],
  poseidonTable: () => ({}),
  poseidon: () => undefined,
} as unknown as Addon;
/** What a hasher says instead of what a good one would. */
interface Lie {
  readonly hash?: (good: NativeHasher, inputs: readonly bigint[]) => bigint;
  readonly hashMany?: (good: NativeHasher, lists: readonly (readonly bigint[])[]) => bigint[];
  readonly hashForest?: (good: NativeHasher, forest: Forest) => bigint[];
}

const found = { find: async () => "homeostat.node", load: () => wrong };

describe("chooseHasher", () => {
  it("takes the native one where the addon passes", async () => {
    const chosen = await chooseHasher("auto", { ...found, test: () => "adx" });
    expect(chosen).to.include({ name: "native", level: "adx" });
    expect(describeHasher(chosen)).to.equal("native, adx");
  });

  it("takes circomlibjs' when nothing native is to be used, without looking", async () => {
    const find = (): Promise<string | null> => Promise.reject(new Error("looked"));
    const load = (): Addon => {
      throw new Error("loaded");
    };
    const chosen = await chooseHasher("snarkjs", { find, load });
    expect(chosen.hasher).to.equal(await createHasher());
    expect(describeHasher(chosen)).to.equal("circomlibjs");
  });

  for (const choice of ["auto", "native"] as const) {
    it(`takes circomlibjs' when the addon hashes wrongly and ${choice} is asked for`, async () => {
      expect(hashingLevel(wrong)).to.equal(null);
      expect((await chooseHasher(choice, found)).hasher).to.equal(await createHasher());
    });

    it(`takes circomlibjs' when nothing is built and ${choice} is asked for`, async () => {
      expect((await chooseHasher(choice, { find: async () => null })).hasher).to.equal(await createHasher());
    });
  }

  for (const [title, lie] of [
    ["of lists of 16", { hash: (good: NativeHasher, list) => good.hash(list) + (list.length === 16 ? 1n : 0n) }],
    ["of lists after the eighth", { hashMany: (good, lists) => good.hashMany(lists).with(8, 1n) }],
    ["at the end of a path", { hashForest: (good, forest) => good.hashForest(forest).with(-1, 1n) }],
  ] satisfies readonly (readonly [string, Lie])[]) {
    it(`trusts no hasher that is wrong ${title}`, async () => {
      const single = await createHasher();
      const good: NativeHasher = {
        ...single,
        hashMany: (lists) => lists.map((list) => single.hash(list)),
        hashForest: (forest) => [...hashForest(single, forest)],
      };
      expect(hashesAsCircomlib(good)).to.equal(true);
      const { hash, hashMany, hashForest: hashTrees }: Lie = lie;
      const lying: NativeHasher = {
        hash: (list) => hash?.(good, list) ?? good.hash(list),
        hashMany: (lists) => hashMany?.(good, lists) ?? good.hashMany(lists),
        hashForest: (forest) => hashTrees?.(good, forest) ?? good.hashForest(forest),
      };
      expect(hashesAsCircomlib(lying)).to.equal(false);
    });
  }

  it("knows circomlib's hashes of every number of inputs", async () => {
    const hasher = await createHasher();
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => BigInt(index + 1));
    expect(KNOWN_HASHES).to.deep.equal(Array.from({ length: 16 }, (_, index) => hasher.hash(upTo(index + 1))));
  });
});
