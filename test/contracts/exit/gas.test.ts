import { expect } from "chai";
import { deployStateHasher } from "../../../scripts/deploy/exitHall.ts";
import { openingOf } from "../../../verifier/exit/opening.ts";
import { emptyAccount } from "../../../verifier/model/account.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { type State, stateRoot } from "../../../verifier/model/state.ts";
import { emptyTree, setAccount } from "../../../verifier/model/tree.ts";
import { ethers } from "../../helpers/contracts/network.ts";

const LANE = 1n;

describe("the gas of an opening", () => {
  const lines: string[] = [];
  after(() => console.log(`      ${lines.join("\n      ")}`));

  for (const { markets, depth, limit } of [
    { markets: 1, depth: 1, limit: 350_000n },
    { markets: 2, depth: 8, limit: 750_000n },
    { markets: 4, depth: 16, limit: 1_300_000n },
    { markets: 4, depth: 24, limit: 1_800_000n },
  ]) {
    it(`in a tree of depth ${depth} with ${markets} markets stays below ${limit}, and leads to the model's root`, async () => {
      const [signer] = await ethers.getSigners();
      const hasher = await createHasher();
      const account = {
        ...emptyAccount(markets),
        owner: 77n,
        quote: -5n,
        sizes: new Array<bigint>(markets).fill(-3n),
        lanes: new Array<bigint>(markets).fill(0n).flatMap(() => [0n, LANE]),
      };
      const state: State = {
        tree: setAccount(hasher, emptyTree(hasher, depth, markets), 1, account),
        sumQuote: -5n,
        insurance: 9n,
        markets: new Array(markets).fill({ openInterest: 0n, lossLong: 0n, lossShort: 0n }),
      };
      const address = await deployStateHasher(signer!, "artifacts", markets);
      const onChain = (await ethers.getContractAt("StateHasher", address)).getFunction("stateRootOf");
      const opening = openingOf(hasher, state, 1);
      expect(await onChain.staticCall(opening, 9n)).to.equal(stateRoot(hasher, state));
      const gas = await onChain.estimateGas(opening, 9n);
      lines.push(`depth ${depth}, ${markets} markets: ${gas} gas, calldata and base included`);
      expect(gas < limit, `${gas} gas`).to.equal(true);
    });
  }
});
