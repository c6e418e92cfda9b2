import { pathToFileURL } from "node:url";
import { emptyAccount } from "../../verifier/model/account.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { emptyTree, setAccount } from "../../verifier/model/tree.ts";

/** One measured figure, as the benchmark tables hold it. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const DEPTH = 20;
const MARKETS = 4;
const TOUCHES_A_RUN = 200;
const RUNS = 7;

/**
 * How many accounts a second the tree takes in at depth 20: a new leaf hash and 20 node hashes each, on one core.
 * @returns touches per second, the median of several runs after one that only warms up
 */
export async function measureTouches(): Promise<Measurement> {
  const hasher = await createHasher();
  runOnce(hasher);
  const rates = Array.from({ length: RUNS }, () => runOnce(hasher)).sort((a, b) => a - b);
  return { name: "model.touchesPerSecond.d20", value: Math.round(rates[RUNS >> 1] ?? 0), unit: "touches/s" };
}

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await measureTouches())}\n`);
}
