import { expect } from "chai";
import type { Contract } from "ethers";
import fc from "fast-check";
import { chainHead } from "../helpers/contracts/encode.ts";
import {
  deployForkedLog,
  depositOf,
  type ForkedLog,
  recertify,
  type Words,
  ZERO_HEAD as ZERO,
} from "../helpers/contracts/forkedLog.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const fixture = () => networkHelpers.loadFixture(deployForkedLog);

/** The log as it should be: the operations in force, and every deposit with its tokens. */
interface Model {
  settled: number;
  operations: { words: Words; amount: bigint; head: string }[];
  awaiting: { words: Words; before: string; amount: bigint; fork: number }[];
  forks: number;
}

type Step =
  | { readonly kind: "log"; readonly count: number }
  | { readonly kind: "deposit" | "repost" | "settle" | "fork"; readonly share: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("log" as const), count: fc.integer({ min: 1, max: 120 }) }),
  fc.record({
    kind: fc.constantFrom(
      "deposit" as const,
      "deposit" as const,
      "repost" as const,
      "settle" as const,
      "fork" as const,
    ),
    share: fc.integer({ min: 0, max: 1000 }),
  }),
);

const headBefore = (model: Model, index: number) => (index === 0 ? ZERO : (model.operations[index - 1]?.head ?? ZERO));

async function take(at: ForkedLog, model: Model, step: Step): Promise<void> {
  const pending = model.operations.length - model.settled;
  if (step.kind === "log" && pending + step.count <= 192) await at.log.logMany!(recertify(5n), step.count);
  if (step.kind === "deposit" && pending < 192) {
    await at.log.logDeposit!(depositOf(BigInt(step.share) + 1n), BigInt(step.share) + 1n);
  }
  if (step.kind === "settle") {
    model.settled += Math.floor((pending * step.share) / 1000);
    await at.settleTo(BigInt(model.settled));
  }
  if (step.kind === "fork" && model.operations.length !== 0) {
    const from = Math.floor((model.settled * step.share) / 1001);
    if (from === model.operations.length) return;
    const arrived = model.operations.slice(0, from).reduce((sum, { amount }) => sum + amount, 0n);
    const proven = BigInt(model.settled);
    await at.settleTo(BigInt(from));
    await at.asGuard.forkTo!(from, headBefore(model, from), arrived, proven, await at.by.getAddress());
    for (const [i, { words, amount }] of model.operations.entries()) {
      if (i >= from && amount !== 0n)
        model.awaiting.push({ words, amount, before: headBefore(model, i), fork: model.forks });
    }
    Object.assign(model, { settled: from, forks: model.forks + 1, operations: model.operations.slice(0, from) });
    return;
  }
  let amounts: readonly bigint[] = step.kind === "deposit" ? [BigInt(step.share) + 1n] : [];
  if (step.kind === "repost" && pending < 192 && model.awaiting.length !== 0) {
    const [one] = model.awaiting.splice(step.share % model.awaiting.length, 1);
    await at.log.repost!(one!.fork, one!.before, one!.words);
    amounts = [one!.amount];
  }
  const logged = await at.logged();
  for (let i = model.operations.length; i < logged.length; i++) {
    const words = logged[i]!;
    model.operations.push({ words, amount: amounts[0] ?? 0n, head: chainHead(headBefore(model, i), words) });
  }
}

async function compare(log: Contract, model: Model): Promise<void> {
  const count = model.operations.length;
  expect(await log.operationCount!()).to.equal(count);
  const sum = (amounts: readonly { readonly amount: bigint }[]) => amounts.reduce((s, { amount }) => s + amount, 0n);
  expect(await log.arrivals!()).to.deep.equal([sum(model.operations), sum(model.awaiting)]);
  const pending = count - model.settled;
  expect(await log.headsOf!(model.settled, pending)).to.deep.equal([
    headBefore(model, model.settled),
    headBefore(model, count),
    sum(model.operations),
  ]);
  for (let i = Math.max(0, count - 300); i < count; i += i < model.settled - 2 ? 7 : 1) {
    const head = await log.entryOf!(i).then(
      ([answer]: readonly [string]) => answer,
      () => null,
    );
    if (i >= model.settled || head !== null) expect(head, `entry ${i} of ${count}`).to.equal(model.operations[i]?.head);
  }
}

describe("a log that is cut again and again", () => {
  it("answers as a list of operations would, or by name that it no longer knows; and loses no receipt", async function () {
    this.timeout(300_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (steps) => {
        const at = await fixture();
        const model: Model = { settled: 0, operations: [], awaiting: [], forks: 0 };
        for (const one of steps) await take(at, model, one);
        await compare(at.log, model);
      }),
      { numRuns: 20, seed: 31 },
    );
  });
});
