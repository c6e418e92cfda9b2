import { emptyAccount } from "../../verifier/model/account.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { emptyTree, setAccount } from "../../verifier/model/tree.ts";
import { type Benchmark, median } from "./measurement.ts";

const NAME = "model.touchesPerSecond.d20";
const DEPTH = 20;
const MARKETS = 4;
const TOUCHES_A_RUN = 200;
const RUNS = 7;

/**
 * How many accounts a second the tree takes in at depth 20: a new leaf hash and 20 node hashes each, on one core. The
 * median of several runs after one that only warms up.
 */
export const modelSpeed: Benchmark = {
  names: [NAME],
  async *run() {
    const hasher = await createHasher();
    runOnce(hasher);
    const rates = Array.from({ length: RUNS }, () => runOnce(hasher));
    yield { name: NAME, value: Math.round(median(rates)), unit: "touches/s" };
  },
};

function runOnce(hasher: Hasher): number {
  let tree = emptyTree(hasher, DEPTH, MARKETS);
  const start = performance.now();
  for (let touch = 0; touch < TOUCHES_A_RUN; touch++) {
    const index = (touch * 40_503) % 2 ** DEPTH; // spread over the tree
    const lanes = Array.from({ length: 2 * MARKETS }, (_, lane) => BigInt((touch * 7919 + lane * 104_729) % 2 ** 29));
    tree = setAccount(hasher, tree, index, { ...emptyAccount(MARKETS), owner: 1n, quote: -BigInt(touch) - 1n, lanes });
  }
  return (TOUCHES_A_RUN * 1000) / (performance.now() - start);
}
