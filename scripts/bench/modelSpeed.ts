import { chooseHasher } from "../../prover/proving/chooseHasher.ts";
import { emptyAccount } from "../../verifier/model/account.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { emptyTree, setAccount } from "../../verifier/model/tree.ts";
import { type Benchmark, median } from "./measurement.ts";

const NAME = "model.touchesPerSecond.d20";
const DEPTH = 20;
const MARKETS = 4;
const TOUCHES_A_RUN = 200;
const BATCH = 40; // what a batch of 20 operations touches
const RUNS = 7;

/** How often the tree's root is read: after each touch, as it would be with batches of one, or once a batch. */
const SERIES = [
  { suffix: "", every: 1, native: false },
  { suffix: ".native", every: 1, native: true },
  { suffix: ".batch", every: BATCH, native: false },
  { suffix: ".batch.native", every: BATCH, native: true },
] as const;

/**
 * How many accounts a second of processor time the tree takes in at depth 20: a new leaf hash and 20 node hashes each, fewer where
 * accounts of a batch share their paths. By circomlibjs and by the native hasher, in turn; medians after one run that only warms up.
 */
export const modelSpeed: Benchmark = {
  names: SERIES.map(({ suffix }) => `${NAME}${suffix}`),
  async *run(wanted, say) {
    const [plain, chosen] = [await createHasher(), await chooseHasher()];
    if (chosen.name !== "native") say("the native hasher is not built: npm run build:native");
    const series = SERIES.filter(({ suffix, native }) => {
      return wanted.includes(`${NAME}${suffix}`) && (!native || chosen.name === "native");
    }).map((each) => ({ ...each, hasher: each.native ? chosen.hasher : plain, rates: [] as number[] }));
    for (let run = 0; run <= RUNS; run++) {
      for (const { hasher, every, rates } of series) {
        const rate = runOnce(hasher, every);
        if (run > 0) rates.push(rate);
      }
    }
    for (const { suffix, rates } of series)
      yield { name: `${NAME}${suffix}`, value: Math.round(median(rates)), unit: "touches/s" };
  },
};

function runOnce(hasher: Hasher, every: number): number {
  let tree = emptyTree(hasher, DEPTH, MARKETS);
  const roots = new Set([tree.root.hash]);
  const before = process.cpuUsage();
  for (let touch = 1; touch <= TOUCHES_A_RUN; touch++) {
    const index = (touch * 40_503) % 2 ** DEPTH; // spread over the tree
    const lanes = Array.from({ length: 2 * MARKETS }, (_, lane) => BigInt((touch * 7919 + lane * 104_729) % 2 ** 29));
    tree = setAccount(hasher, tree, index, { ...emptyAccount(MARKETS), owner: 1n, quote: -BigInt(touch), lanes });
    if (touch % every === 0) roots.add(tree.root.hash);
  }
  const { user, system } = process.cpuUsage(before);
  return (TOUCHES_A_RUN * 1e6) / (user + system);
}
