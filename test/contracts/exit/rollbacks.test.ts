import { expect } from "chai";
import fc from "fast-check";
import { openingOf } from "../../../verifier/exit/opening.ts";
import { stateRoot } from "../../../verifier/model/state.ts";
import { accountAt, setAccount } from "../../../verifier/model/tree.ts";
import { FEE_WEI, LIMITS, PROFILE } from "../../helpers/contracts/bench.ts";
import { checkpointsOf, rollbackArguments } from "../../helpers/contracts/checkpoints.ts";
import { totalsOf } from "../../helpers/contracts/encode.ts";
import { enterExit, type Logged, loggedAt, makeScene, type Scene } from "../../helpers/contracts/exitScene.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";
import { CAUSE } from "../../helpers/contracts/shortVault.ts";

const SEED = 20261122;
const RUNS = 15;
const FIRST_QUOTE = 5_000n;

type State = Scene["state"];
type Send = Scene["bench"]["alice"];

/** What happens before Exit; every number picks among what there is. */
type Action =
  | { readonly kind: "deposit"; readonly who: number; readonly amount: bigint }
  | { readonly kind: "settle" }
  | { readonly kind: "rollBack" }
  | { readonly kind: "repost"; readonly choice: number };

const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("deposit" as const), who: fc.nat(1), amount: fc.bigInt(10n, 900n) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("settle" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rollBack" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repost" as const), choice: fc.nat(9) }) },
);

interface Deposit extends Logged {
  readonly who: number;
  readonly amount: bigint;
}

/** Real states behind the guard's roots, and where each deposit is: in the log, or abandoned by a fork. */
class Story {
  readonly log: Deposit[] = [];
  readonly abandoned: (Deposit & { readonly fork: number })[] = [];
  readonly reposted: (Deposit & { readonly fork: number })[] = [];
  /** States and settled operations at each checkpoint after genesis. */
  readonly proven: { readonly state: State; readonly settled: number }[];
  readonly paidIn = [FIRST_QUOTE, FIRST_QUOTE];
  forks = 0;
  private readonly scene: Scene;
  private readonly people: readonly Send[];

  constructor(scene: Scene) {
    this.scene = scene;
    this.people = [scene.bench.alice, scene.bench.bob];
    this.proven = [{ state: scene.state, settled: 1 }];
  }

  get last() {
    return this.proven.at(-1)!;
  }

  /** Operation 0 is the scene's own. */
  get waiting(): readonly Deposit[] {
    return this.log.slice(this.last.settled - 1);
  }

  private async learn(who: number, amount: bigint): Promise<void> {
    this.log.push({ ...(await loggedAt(this.scene.bench, this.log.length + 1)), who, amount });
  }

  async act(action: Action): Promise<string> {
    const { bench } = this.scene;
    switch (action.kind) {
      case "deposit":
        await bench.deposit(this.people[action.who]!, action.amount);
        this.paidIn[action.who]! += action.amount;
        await this.learn(action.who, action.amount);
        return "deposited";
      case "settle":
        return this.settle(0n);
      case "rollBack":
        return this.rollBack();
      case "repost": {
        const [one] = this.abandoned.splice(action.choice % Math.max(this.abandoned.length, 1), 1);
        if (one === undefined) return "nothing abandoned";
        await bench.engine.repostDeposits!(one.fork, [one.before], [one.words], { value: FEE_WEI });
        this.reposted.push(one);
        await this.learn(one.who, one.amount);
        return "posted again";
      }
    }
  }

  /** At most a batch's operations of one round, credited as the circuit would. */
  private async settle(deficit: bigint): Promise<string> {
    const { bench, hasher } = this.scene;
    const next = this.waiting.slice(0, PROFILE.operations);
    if (next.length === 0) return "nothing waits";
    const state = next.reduce((old, { who, amount }) => credited(this.scene, old, who + 1, amount), this.last.state);
    const update = { newStateRoot: stateRoot(hasher, state), totalsWord: totalsOf(state.sumQuote, 0n, deficit) };
    await bench.settle(next.length, { box: state.tree.root.box, lossWord: await bench.guard.lossWord!(), update });
    this.proven.push({ state, settled: this.last.settled + next.length });
    return "settled";
  }

  /** A deficit is proven and lasts: back to the checkpoint before it. */
  private async rollBack(): Promise<string> {
    const { bench } = this.scene;
    if ((await this.settle(7n)) !== "settled") return "nothing waits";
    if (this.log.length % 2 === 0) await this.act({ kind: "deposit", who: 0, amount: 11n });
    await networkHelpers.time.increase(2 * LIMITS.haltCureSec);
    this.proven.pop();
    const place = this.proven.length; // genesis is the first
    await bench.guard.rollBack!(CAUSE.deficit, ...rollbackArguments(await checkpointsOf(bench), place));
    await networkHelpers.time.increase(1);
    for (const deposit of this.log.splice(this.last.settled - 1)) this.abandoned.push({ ...deposit, fork: this.forks });
    this.forks += 1;
    return "rolled back";
  }
}

function credited({ hasher }: Scene, state: State, index: number, amount: bigint): State {
  const account = accountAt(state.tree, index);
  const tree = setAccount(hasher, state.tree, index, { ...account, quote: account.quote + amount });
  return { ...state, tree, sumQuote: state.sumQuote + amount };
}

async function sceneOfTwo(): Promise<Scene> {
  const [, alice, bob] = await ethers.getSigners();
  const [first, second] = [await alice!.getAddress(), await bob!.getAddress()];
  const holding = (owner: string) => ({ owner, quote: FIRST_QUOTE, sizes: [0n, 0n] as const });
  return makeScene({ holdings: [holding(first), holding(second)] });
}

describe("exit after any rollbacks", () => {
  it(`gives everyone what they ever paid in, wherever their deposits are (${RUNS} histories)`, async () => {
    const seen: Record<string, number> = {};
    const property = fc.asyncProperty(fc.array(actions, { minLength: 8, maxLength: 20 }), async (given) => {
      const scene = await networkHelpers.loadFixture(sceneOfTwo);
      const { bench, hall, hasher } = scene;
      const story = new Story(scene);
      for (const action of given) {
        const outcome = await story.act(action);
        seen[outcome] = (seen[outcome] ?? 0) + 1;
      }
      const people = [await bench.alice.getAddress(), await bench.bob.getAddress()];
      const before = await Promise.all(people.map((owner): Promise<bigint> => bench.token.balanceOf!(owner)));
      await enterExit(scene);
      await hall.showInsurance!(openingOf(hasher, story.last.state, 0));
      for (const [i, { words, before }] of story.waiting.entries())
        await hall.showDeposit!(story.last.settled + i, words, before);
      for (const { fork, words, before, head } of story.abandoned) {
        await hall.showAbandoned!(fork, words, before);
        await expect(hall.showAbandoned!(fork, words, before))
          .to.be.revertedWithCustomError(hall, "DepositShownBefore")
          .withArgs(head);
        seen.shown = (seen.shown ?? 0) + 1;
      }
      for (const { fork, words, before, head } of story.reposted) {
        await expect(hall.showAbandoned!(fork, words, before))
          .to.be.revertedWithCustomError(hall, "NotAbandoned")
          .withArgs(fork, head);
      }
      await networkHelpers.time.increaseTo(await hall.opensAt!());
      await hall.open!();
      const all = story.paidIn.reduce((sum, amount) => sum + amount, 0n);
      expect([await hall.owed!(), await hall.backed!()]).to.deep.equal([all, all]);

      for (const index of [1, 2]) await hall.exit!(openingOf(hasher, story.last.state, index));
      for (const { head } of [...story.waiting, ...story.abandoned]) await hall.exitDeposit!(head);
      for (const [who, owner] of people.entries()) {
        const after: bigint = await bench.token.balanceOf!(owner);
        expect(after - before[who]!, `to ${who === 0 ? "Alice" : "Bob"}`).to.equal(story.paidIn[who]);
      }
      expect(await bench.token.balanceOf!(bench.at.engine), "nothing is left, and nothing was missing").to.equal(0n);
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
    console.log(`      ${JSON.stringify(seen)}`);
    expect(Object.keys(seen)).to.include.members(["rolled back", "posted again", "settled", "shown"]);
  });
});
