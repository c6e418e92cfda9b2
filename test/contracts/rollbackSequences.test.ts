import { expect } from "chai";
import fc from "fast-check";
import { FEE_WEI, LIMITS, now } from "../helpers/contracts/bench.ts";
import { checkpointsOf, headOf, rollbackArguments } from "../helpers/contracts/checkpoints.ts";
import { deployBuggyEngine } from "../helpers/contracts/hostile.ts";
import { MoneyModel } from "../helpers/contracts/moneyModel.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { outcomeOf } from "../helpers/contracts/outcome.ts";
import { CAUSE, type Faulty, withdraw } from "../helpers/contracts/shortVault.ts";

const ZERO_HEAD = `0x${"00".repeat(32)}`;

type Action = (bench: Faulty, model: MoneyModel) => Promise<string>;

/** The model learns of the last operation of the log. */
async function learn(bench: Faulty, kind: "deposit" | "withdraw", amount: bigint, model: MoneyModel, real: boolean) {
  const index = model.log.length;
  const [words = []] = await bench.logged(index, 1);
  const [headBefore] = index === 0 ? [ZERO_HEAD] : await bench.engine.headsOf!(index, 0n);
  model.append({ kind, amount, real, words, headBefore });
  return "logged";
}

const deposit =
  (amount: bigint): Action =>
  async (bench, model) => {
    await bench.deposit(bench.alice, amount);
    return learn(bench, "deposit", amount, model, true);
  };

const fake =
  (amount: bigint): Action =>
  async (bench, model) => {
    await bench.hostile.depositNothing!(amount, 11n, 12n, { value: FEE_WEI });
    return learn(bench, "deposit", amount, model, false);
  };

const take =
  (amount: bigint): Action =>
  async (bench, model) => {
    const outcome = await outcomeOf(bench.engine, withdraw(bench, bench.alice, 1n, amount));
    if (outcome !== "ok") return outcome;
    return learn(bench, "withdraw", amount, model, false);
  };

/** As an honest circuit would: a withdrawal is valid while there is enough; deposits are nullified by the mask. */
const settle =
  (count: number, nullify: number): Action =>
  async (bench, model) => {
    const next = model.log.slice(model.settled, model.settled + count);
    let liabilities = model.liabilitiesAt(model.settled);
    const valid = next.map(({ kind, amount }, i) => {
      const isValid = kind === "deposit" ? ((nullify >> i) & 1) === 0 : amount <= liabilities;
      if (isValid) liabilities += kind === "deposit" ? amount : -amount;
      return isValid;
    });
    const outcome = await outcomeOf(bench.guard, bench.settle(next.length, { valid, liabilities }));
    if (outcome === "ok") model.settle(valid);
    else expect(["WrongLength", "MixedRounds"]).to.include(outcome);
    return outcome;
  };

const pay =
  (choice: number): Action =>
  async (bench, model) => {
    if (model.claims.length === 0) return "no claim";
    const id = choice % model.claims.length;
    const claim = model.claims[id]!;
    const before: bigint = await bench.token.balanceOf!(bench.at.engine);
    const outcome = await outcomeOf(bench.guard, bench.guard.payClaim!(id));
    const after: bigint = await bench.token.balanceOf!(bench.at.engine);
    claim.paid += before - after;
    if (claim.isVoid) expect(outcome).to.equal("ClaimVoid");
    if (outcome === "ok" && claim.paid < claim.amount) return "paid in part";
    return outcome;
  };

const note: Action = async (bench, model) => {
  const outcome = await outcomeOf(bench.guard, bench.guard.noteVault!());
  expect(outcome).to.equal(model.isShort() === (model.notedAt !== null) ? "NothingToNote" : "ok");
  if (outcome === "ok") model.notedAt = model.isShort() ? await now() : null;
  return outcome;
};

/** To the place that the model names, or to another. */
const rollBack =
  (choice: number): Action =>
  async (bench, model) => {
    const target = model.target();
    const place = choice < 6 && target !== null ? target : choice % model.checkpoints.length;
    const call = rollbackArguments(await checkpointsOf(bench), place);
    const time = (await now()) + 1n;
    await networkHelpers.time.setNextBlockTimestamp(time);
    const lasts = model.notedAt !== null && model.notedAt + BigInt(LIMITS.haltCureSec) < time && model.isShort();
    const wanted = lasts && place === target && !model.isTooLate(place);
    const outcome = await outcomeOf(bench.guard, bench.guard.rollBack!(CAUSE.vaultShort, ...call));
    expect(outcome === "ok", `${outcome}, wanted ${wanted}`).to.equal(wanted);
    if (wanted) model.rollBack(place);
    return wanted ? "rolled back" : outcome;
  };

const repost =
  (choice: number): Action =>
  async (bench, model) => {
    if (model.abandoned.length === 0) return "nothing abandoned";
    const one = model.abandoned[choice % model.abandoned.length]!;
    const { headBefore, words } = one.operation;
    await networkHelpers.time.increase(1);
    await bench.engine.repostDeposits!(one.fork, [headBefore], [words], { value: FEE_WEI });
    const index = model.log.length;
    const [again = []] = await bench.logged(index, 1);
    const [before] = index === 0 ? [ZERO_HEAD] : await bench.engine.headsOf!(index, 0n);
    model.repost(one, again, before);
    return "posted again";
  };

const wait =
  (seconds: number): Action =>
  async (bench) => {
    await networkHelpers.time.increase(seconds);
    return outcomeOf(bench.guard, bench.submitRound());
  };

/** A fault, proven, noted, and lasting. */
const incident =
  (amount: bigint): Action =>
  async (bench, model) => {
    await fake(amount)(bench, model);
    for (let left = model.log.length - model.settled; left > 0; left--) await settle(1, 0)(bench, model);
    if (model.notedAt === null && model.isShort()) await note(bench, model);
    return wait(LIMITS.haltCureSec + 1)(bench, model);
  };

const place = fc.integer({ min: 0, max: 8 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.bigInt(10n, 1000n).map(deposit),
  fc.bigInt(10n, 900n).map(fake),
  fc.bigInt(1n, 900n).map(take),
  ...[0, 1].map(() =>
    fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 3 })).map(([n, mask]) => settle(n, mask)),
  ),
  ...[0, 1].map(() => place.map(pay)),
  fc.constant(note),
  ...[0, 1].map(() => place.map(rollBack)),
  place.map(repost),
  fc.integer({ min: 1, max: 150 }).map(wait),
  fc.bigInt(10n, 900n).map(incident),
);

async function withAlice(): Promise<Faulty> {
  const { bench, hostile } = await deployBuggyEngine({ ...LIMITS, outflowFloor: 300n });
  await bench.deposit(bench.alice, 1000n);
  return { ...bench, hostile };
}

async function compare(bench: Faulty, model: MoneyModel): Promise<void> {
  const { guard, engine, token } = bench;
  expect(await guard.settled!()).to.equal(model.settled);
  expect(await guard.totalsWord!()).to.equal(model.liabilitiesAt(model.settled));
  expect(await guard.unpaidClaims!()).to.equal(model.unpaidAt(model.settled));
  expect(await token.balanceOf!(bench.at.engine)).to.equal(model.balance);
  expect(await engine.operationCount!()).to.equal(model.log.length);
  const logged = model.log.reduce((total, { real, amount }) => total + (real ? amount : 0n), 0n);
  expect(await engine.arrivals!()).to.deep.equal([logged, model.arrived - logged]);
  for (const { amount, paid, isVoid } of model.claims) {
    expect(paid <= amount, "a claim is paid at most once").to.equal(true);
    expect(isVoid && paid > 0n, "what was paid never comes back into question").to.equal(false);
  }
}

describe("any sequence of deposits, faults, withdrawals, settlements, payments and rollbacks", () => {
  it("pays at most what proven roots owe, rolls back exactly when the rule says so, and loses no deposit", async function () {
    this.timeout(600_000);
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 25, maxLength: 50 }), async (actions) => {
        const bench = await networkHelpers.loadFixture(withAlice);
        const model = new MoneyModel();
        await learn(bench, "deposit", 1000n, model, true);
        for (const act of actions) {
          const outcome = await act(bench, model);
          seen[outcome] = (seen[outcome] ?? 0) + 1;
          await compare(bench, model);
        }
        expect(await bench.guard.checkpointHead!()).to.equal(headOf(await checkpointsOf(bench)));
      }),
      { numRuns: 40, seed: 20240329 },
    );
    console.log(`      ${JSON.stringify(seen)}`);
    expect(Object.keys(seen)).to.include.members([
      "rolled back",
      "posted again",
      "paid in part",
      "ClaimVoid",
      "TargetNotCovered",
      "TargetTooEarly",
      "CauseNotLasting",
    ]);
  });
});
