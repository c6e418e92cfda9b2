import { expect } from "chai";
import fc from "fast-check";
import { initCodeOf, poseidonPages } from "../../../scripts/circuits/poseidonConstants.ts";
import { createHasher, type Hasher } from "../../../verifier/model/hasher.ts";
import { ethers } from "../../helpers/contracts/network.ts";
import { FIELD_ORDER } from "../../helpers/fieldOrder.ts";

/** Widths that a state of 1 to 4 markets needs: nodes 5, roots 6, accounts 7 to 10. */
const WIDTHS = [5, 6, 7, 8, 9, 10] as const;
const SEED = 20261122;

describe("Poseidon on chain", () => {
  let hasher: Hasher;
  let bench: Awaited<ReturnType<typeof ethers.deployContract>>;
  const pages = new Map<number, readonly [string, string]>();
  const pagesOf = (width: number) => pages.get(width) ?? [ethers.ZeroAddress, ethers.ZeroAddress];
  const gasOf = new Map<number, string>();

  async function hashOnChain(inputs: readonly bigint[]): Promise<bigint> {
    const width = inputs.length + 1;
    const { digest, loadGas, hashGas } = await bench.getFunction("hash").staticCall(pagesOf(width), inputs);
    gasOf.set(width, `width ${width}: hash ${hashGas} gas, table ${loadGas} gas`);
    return digest;
  }

  before(async () => {
    hasher = await createHasher();
    bench = await ethers.deployContract("PoseidonBench");
    const [signer] = await ethers.getSigners();
    for (const width of WIDTHS) {
      const addresses: string[] = [];
      for (const page of poseidonPages(width)) {
        const receipt = await (await signer!.sendTransaction({ data: initCodeOf(page) })).wait();
        addresses.push(receipt!.contractAddress!);
      }
      pages.set(width, [addresses[0] ?? ethers.ZeroAddress, addresses[1] ?? ethers.ZeroAddress]);
    }
  });
  after(() => console.log(`      ${[...gasOf.values()].join("\n      ")}`));

  for (const width of WIDTHS) {
    describe(`of width ${width}`, () => {
      const inputs = width - 1;
      const edge = fc.constantFrom(0n, 1n, FIELD_ORDER - 1n, FIELD_ORDER / 2n, 2n ** 253n);
      const element = fc.oneof(edge, fc.bigInt({ min: 0n, max: FIELD_ORDER - 1n }));

      it("equals the model's hasher on random and extreme inputs", async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(element, { minLength: inputs, maxLength: inputs }), async (values) => {
            expect(await hashOnChain(values)).to.equal(hasher.hash(values));
          }),
          { numRuns: 40, seed: SEED },
        );
      });

      for (const value of [0n, FIELD_ORDER - 1n]) {
        it(`equals the model's hasher where every input is ${value}`, async () => {
          const values = new Array<bigint>(inputs).fill(value);
          expect(await hashOnChain(values)).to.equal(hasher.hash(values));
        });
      }

      it("refuses an input that has a twin in the field, at each place", async () => {
        for (let place = 0; place < inputs; place++) {
          const values = new Array<bigint>(inputs).fill(1n).with(place, FIELD_ORDER);
          await expect(bench.getFunction("hash").staticCall(pagesOf(width), values))
            .to.be.revertedWithCustomError(bench, "NotInField")
            .withArgs("poseidon", FIELD_ORDER);
        }
      });

      it("knows the digest of its table, and refuses any other", async () => {
        await bench.getFunction("check").staticCall(pagesOf(width), width);
        const other = width === 5 ? 6 : 5;
        await expect(bench.getFunction("check").staticCall(pagesOf(other), width)).to.be.revertedWithCustomError(
          bench,
          "WrongTable",
        );
      });
    });
  }

  it("has no constants of other widths", async () => {
    for (const width of [4, 11]) {
      await expect(bench.getFunction("check").staticCall(pagesOf(5), width)).to.be.revertedWithCustomError(
        bench,
        "WrongTable",
      );
    }
    expect(() => poseidonPages(18)).to.throw("no constants of width 18");
  });

  describe("in a state hasher", () => {
    const { ZeroAddress } = ethers;
    const make = async (markets: number, tables: readonly [number, number, number]) => {
      const factory = await ethers.getContractFactory("StateHasher");
      const [node, root, account] = tables.map(pagesOf);
      return { factory, deployed: factory.deploy(markets, node![0], root!, account!) };
    };

    it("is taken when every table is of its width", async () => {
      const { deployed } = await make(2, [5, 6, 8]);
      expect(await (await deployed).getFunction("markets").staticCall()).to.equal(2n);
    });

    for (const [title, tables, width] of [
      ["nodes", [6, 6, 8], 5n],
      ["roots", [5, 7, 8], 6n],
      ["accounts", [5, 6, 9], 8n],
    ] as const) {
      it(`is refused with another table for ${title}`, async () => {
        const { factory, deployed } = await make(2, tables);
        await expect(deployed)
          .to.be.revertedWithCustomError(factory, "WrongTable")
          .withArgs(width, (digest: string) => digest !== ethers.ZeroHash);
      });
    }

    it("is refused with half a table, and for more markets than a box holds", async () => {
      const factory = await ethers.getContractFactory("StateHasher");
      const [node, root, account] = [5, 6, 10].map(pagesOf);
      const half = factory.deploy(2, node![0], [root![0], ZeroAddress], account!);
      await expect(half).to.be.revertedWithCustomError(factory, "WrongTable");
      const many = factory.deploy(5, node![0], root!, account!);
      await expect(many).to.be.revertedWithCustomError(factory, "WrongTable").withArgs(11n, ethers.ZeroHash);
    });
  });
});
