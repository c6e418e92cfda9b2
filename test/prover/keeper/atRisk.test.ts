import { expect } from "chai";
import fc from "fast-check";
import { accountsAtRisk } from "../../../prover/keeper/atRisk.ts";
import type { Account } from "../../../verifier/model/account.ts";
import { health } from "../../../verifier/model/margin.ts";
import type { Branch, Leaf, Subtree } from "../../../verifier/model/node.ts";
import type { OracleState } from "../../../verifier/model/oracle.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { accountsOf } from "../../../verifier/model/tree.ts";
import { hasher, PRICES, parameters } from "../../helpers/model/instance.ts";
import { type Holding, priced, stateOf } from "./support.ts";

const DEPTH = 10;
const calm = priced(PRICES);
const size = fc.bigInt(-1_000n, 1_000n);
const holdings: fc.Arbitrary<readonly Holding[]> = fc.uniqueArray(
  fc.record({
    index: fc.integer({ min: 1, max: 2 ** DEPTH - 1 }),
    quote: fc.bigInt(-(10n ** 9n), 10n ** 9n),
    sizes: fc.tuple(size, size),
  }),
  { selector: ({ index }) => index, minLength: 1, maxLength: 25 },
);
const marks = fc.tuple(...PRICES.map((price) => fc.bigInt((price * 8n) / 10n, (price * 12n) / 10n)));

/** The same subtree, which counts how often a box is looked at. */
class Counted {
  readonly node: Subtree;
  readonly looks: { count: number };
  constructor(node: Subtree, looks: { count: number }) {
    this.node = node;
    this.looks = looks;
  }
  get hash(): bigint {
    return this.node.hash;
  }
  get box(): bigint {
    this.looks.count++;
    return this.node.box;
  }
  get account(): Account {
    return (this.node as Leaf).account;
  }
  get left(): Counted {
    return new Counted((this.node as Branch).left, this.looks);
  }
  get right(): Counted {
    return new Counted((this.node as Branch).right, this.looks);
  }
}

describe("accountsAtRisk", () => {
  it("finds every unhealthy account, with its health, and nobody whose certificate covers the prices", () => {
    const property = fc.property(holdings, marks, (given, now) => {
      const state = stateOf(given, calm, DEPTH);
      const oracle = priced(now);
      const terms = marketTerms(state, oracle, parameters);
      const found = [...accountsAtRisk(state.tree, terms)];
      const all = [...accountsOf(state.tree, hasher)].filter(([, { sizes }]) => sizes.some((each) => each !== 0n));
      const unhealthy = all.filter(([, account]) => health(account, terms) < 0n).map(([index]) => index);
      expect(found.map(({ index }) => index)).to.include.members(unhealthy);
      for (const { index, health: said } of found) {
        const account = all.find(([other]) => other === index)![1];
        expect(said).to.equal(health(account, terms));
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("looks at the paths of those at risk and at nothing else", () => {
    const rich = Array.from({ length: 500 }, (_, at) => ({ index: at + 1, quote: 10n ** 12n, sizes: [1n, -1n] }));
    const poor = { index: 777, quote: -5_500_000n, sizes: [1n, 0n] };
    const state = stateOf([...rich, poor], calm, DEPTH);
    const look = (oracle: OracleState): { readonly found: readonly number[]; readonly looks: number } => {
      const looks = { count: 0 };
      const tree = { ...state.tree, root: new Counted(state.tree.root, looks) };
      const found = [...accountsAtRisk(tree, marketTerms(state, oracle, parameters))];
      return { found: found.map(({ index }) => index), looks: looks.count };
    };
    expect(look(calm)).to.deep.equal({ found: [], looks: 1 });
    expect(look(priced([5_500_000n, PRICES[1]]))).to.deep.equal({ found: [777], looks: 1 + 2 * DEPTH });
  });
});
