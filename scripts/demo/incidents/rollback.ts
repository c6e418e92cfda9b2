/** An engine with a fault credits a deposit without tokens: the proven state goes back to the last root that the vault covers. */
import { createChainClient } from "../../../prover/chain/client.ts";
import { planRollback } from "../../../prover/rollback/planRollback.ts";
import { rollbackCall } from "../../../prover/rollback/rollbackCall.ts";
import { LIMITS } from "../parameters.ts";
import { scriptedMarket } from "../scriptedMarket.ts";
import { showExactUsd } from "../units.ts";
import { abandonedOperations } from "./abandonedOperations.ts";
import { CAUSE } from "./causes.ts";
import type { Direction } from "./direction.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { readAnswer } from "./passTime.ts";
import { refusalAt } from "./refusal.ts";
import {
  BELAS_DEPOSIT,
  BOGUS_CLAIM,
  END,
  FAULT,
  NO_FUNDING,
  REPOST_SEC,
  ROLLBACK_SEC,
  SCENES,
  THEFT,
} from "./stories/rollbackStory.ts";

export const ROLLBACK: Incident = {
  title: "the engine credits a deposit that nobody paid",
  about:
    "The proofs are sound, the engine is not: it logs a deposit without taking the tokens. From the next batch on the vault holds less than it owes, and nothing is paid. When that has lasted, anyone may take the proven state back to the last root that the vault covers; honest deposits after it are posted again, their tokens being there.",
  play: {
    market: scriptedMarket([{ at: "12:00:00", prices: ["200", "25"] }], NO_FUNDING),
    scenes: [...SCENES, FAULT, THEFT, END],
    limits: LIMITS,
    engine: {
      source: "mocks/BuggyEngine.sol",
      name: "BuggyEngine",
      functions: ["function depositNothing(uint256 amount, uint256 keyX, uint256 keyY) payable returns (uint256)"],
    },
    promises: {
      short: "the batch with the credit halted everything at once, for the vault was short",
      unpaid: "the bogus withdrawal was proven, and was not paid",
      back: "anyone could roll back to the last covered root, and only after the cure time",
      void: "the bogus claim is void: nobody is ever paid for it",
      reposted: "the honest deposit was posted again, and its tokens were not taken twice",
      nothing: "the deposit without tokens could not be posted again",
      whole: "everyone honest has what they had, and the vault holds what it owes, to the unit",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  async perform(direction) {
    for (const scene of SCENES) await direction.scene(scene);
    const before = await direction.holdings();
    await direction.scene(FAULT);
    const { statuses, causes, block } = await readAnswer(direction.theatre);
    direction.saw("short", statuses[0] === "Halted", `block ${block}: ${statuses[0]}, ${causes.join(", ")}`);
    await direction.keeper("noteVault");
    await direction.scene(THEFT);
    await sawNoPayment(direction);
    await rollBack(direction);
    await repost(direction);
    await direction.scene(END);

    const after = await closeAccounts(direction, before, ["before the fault", "at the end"]);
    const same = [...after.people].every(([name, value]) => value === before.people.get(name));
    const owed = direction.owed();
    const covered = after.vault === owed;
    direction.saw(
      "whole",
      same && covered,
      `the vault holds ${showExactUsd(after.vault)} USD and owes ${showExactUsd(owed)}`,
    );
  },
};

async function sawNoPayment(direction: Direction): Promise<void> {
  const { guard } = direction.theatre.stage;
  const { amount, payableAt } = await guard.getFunction("claim").staticCall(BOGUS_CLAIM);
  await direction.pass(Number(payableAt));
  const refused = await direction.refusal("guard", "payClaim", [BOGUS_CLAIM], direction.addressOf("Carl"));
  const text = `Carl's claim of ${showExactUsd(BigInt(amount))} USD is due, and is refused: ${refused}`;
  direction.saw("unpaid", refused === "GuardHalted", text);
}

async function rollBack(direction: Direction): Promise<void> {
  const { chain, stage, signal } = direction.theatre;
  const plan = async () => {
    const client = createChainClient(chain.transport);
    return planRollback(client, stage.addresses.guard.toLowerCase(), stage.addresses.genesisBlock, signal);
  };
  const early = await stage.provider.getBlockNumber();
  await direction.pass(ROLLBACK_SEC);
  const { plan: found } = await plan();
  if (found === null) return direction.saw("back", false, "no rule allows a rollback");
  const call = { to: stage.addresses.guard, data: rollbackCall(found) };
  const refusedEarly = await refusalAt(stage, call, early);
  direction.say(`earlier, in block ${early}, the guard would have refused it: ${refusedEarly}`);
  await (await stage.walletOf("Liv").sendTransaction(call)).wait();
  await direction.follow();
  const record = (await direction.watch.incidents()).find(({ cause }) => cause === CAUSE.rollback);
  const settled = await stage.guard.getFunction("settled").staticCall();
  const isBack =
    refusedEarly === "CauseNotLasting" && record !== undefined && settled === found.target.checkpoint.settled;
  direction.saw(
    "back",
    isBack,
    `Liv's transaction, block ${record?.detectedBlock}: ${settled} operations are settled now`,
  );
  const isVoid = await stage.guard.getFunction("isVoid").staticCall(BOGUS_CLAIM);
  const refused = await direction.refusal("guard", "payClaim", [BOGUS_CLAIM], direction.addressOf("Carl"));
  direction.saw("void", isVoid && refused === "ClaimVoid", `Carl's claim: ${refused}`);
}

/** Posts Bela's deposit again, and tries the same with Carl's. */
async function repost(direction: Direction): Promise<void> {
  const { stage } = direction.theatre;
  await direction.announce(REPOST_SEC, "Bela's tokens are in the vault. She posts her deposit again.");
  const abandoned = await abandonedOperations(stage);
  const [carls, belas] = abandoned;
  if (carls === undefined || belas === undefined) throw new RangeError("two operations were abandoned");
  const wallet = direction.addressOf("Bela");
  const balance = async () => BigInt(await stage.token.getFunction("balanceOf").staticCall(wallet));
  const [tokens, vault] = [await balance(), (await direction.holdings()).vault];
  const again = [0, [belas.headBefore], [belas.words]];
  await direction.actBy(BELAS_DEPOSIT, { method: "repostDeposits", parameters: again });
  await direction.settle();
  const untouched = (await balance()) === tokens && (await direction.holdings()).vault === vault;
  const value = (await direction.holdings()).accounts.get("Bela") ?? 0n;
  const valid = direction.outcomes(1)[0] === "valid" && value === 2_000_000_000n;
  direction.saw("reposted", untouched && valid, `Bela's account holds ${showExactUsd(value)} USD; no token moved`);

  const ask = (operation: typeof carls) =>
    direction.refusal("engine", "repostDeposits", [0, [operation.headBefore], [operation.words]], wallet);
  const [his, hersAgain] = [await ask(carls), await ask(belas)];
  const text = `Carl's deposit again: ${his}; Bela's a second time: ${hersAgain}`;
  direction.saw("nothing", his === "NothingToRepost" && hersAgain === "NothingToRepost", text);
}
