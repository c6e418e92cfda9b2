/** Real proofs over time: the guard halts when they stay away, returns when they come, and the verifier confirms it all. */
import { expect } from "chai";
import type { ProofBackend } from "../../prover/proving/backend.ts";
import { batchInputs } from "../../prover/witness/batchInputs.ts";
import { roundInputs } from "../../prover/witness/roundInputs.ts";
import { LIMITS, PARAMETERS } from "../../scripts/demo/parameters.ts";
import { readHaltCauses, readMarkets } from "../../scripts/demo/stage/readGuard.ts";
import { compose } from "../../scripts/demo/story/compose.ts";
import { type Ledger, owed } from "../../scripts/demo/story/ledger.ts";
import type { Action } from "../../scripts/demo/story/story.ts";
import { keysOfBuild } from "../../verifier/cli/keys.ts";
import { applyBatch } from "../../verifier/model/batch.ts";
import { operationFields } from "../../verifier/model/operationWords.ts";
import { applyRound } from "../../verifier/model/round.ts";
import type { RpcProvider } from "../../verifier/replay/rpc.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { devBackend, toCalldata } from "./support/proofs.ts";
import { reportWords } from "./support/reports.ts";
import { batchArguments, batchSubmission, roundArguments, roundSubmission } from "./support/submission.ts";
import { createWorld, START_PRICES, START_SEC, type World } from "./support/world.ts";

const STALE_SEC = Number(PARAMETERS.margin.staleSec);

describe("the guard's life with real proofs", () => {
  let world: World;
  let backend: ProofBackend;
  let ledger: Ledger;
  let settled = 0n;

  const statuses = async () => (await readMarkets(world.guard)).map(({ status }) => status);
  const post = async (action: Action, sender: string) => {
    const operation = compose(action, ledger, world.context);
    return world.log(operation, await world.wallet(sender));
  };
  async function settle(operations: readonly (readonly bigint[])[]): Promise<void> {
    const result = applyBatch(ledger.state, ledger.oracle, operations, world.context);
    const inputs = batchInputs(ledger.state, ledger.oracle, world.context, result);
    const { proof } = await backend.prove("MarginBatch", inputs);
    const submission = batchSubmission(result, operations, settled);
    await world.submit("settleBatch", batchArguments(submission, toCalldata(proof)));
    settled += BigInt(operations.length);
    ledger = { ...ledger, state: result.next };
  }
  async function proveRound(tvl: bigint): Promise<void> {
    const timeSec = (await world.now()) + 12;
    const words = reportWords(timeSec, START_PRICES, world.context);
    const context = { ...world.context, tvl };
    const result = applyRound(ledger.oracle, words, context);
    const { proof } = await backend.prove("OracleRound", roundInputs(ledger.oracle, words, context, result));
    await world.atTime(timeSec + 2);
    const submission = roundSubmission(result, words);
    await world.submit("submitRound", roundArguments(submission, toCalldata(proof)));
    ledger = { ...ledger, oracle: result.next };
  }

  before(async () => {
    world = await createWorld();
    backend = await devBackend(1);
    ledger = world.genesis;
  });
  after(async () => {
    await backend?.close();
    await world?.close();
  });

  it("is Normal while proofs come in time", async () => {
    const deposits = [
      await post({ type: "deposit", who: "Mira", amount: "900" }, "Mira"),
      await post({ type: "deposit", who: "Liv", amount: "700" }, "Liv"),
    ];
    await settle(deposits);
    expect(await statuses()).to.deep.equal(["Normal", "Normal"]);
  });

  it("is Broken when the price is stale, Halted when it is older than the deadline, each to the second", async () => {
    for (const [afterSec, status] of [
      [STALE_SEC, "Normal"],
      [STALE_SEC + 1, "Broken"],
      [LIMITS.roundDeadlineSec, "Broken"],
      [LIMITS.roundDeadlineSec + 1, "Halted"],
    ] as const) {
      await world.mineAt(START_SEC + afterSec);
      expect(await statuses(), `${afterSec} s after the last round`).to.deep.equal([status, status]);
    }
    expect(await readHaltCauses(world.guard)).to.deep.equal(["no price round for too long"]);
  });

  it("takes a withdrawal while Halted from an account without positions, marked so in its words, and deposits", async () => {
    const withdrawal = await post({ type: "withdraw", who: "Mira", amount: "50" }, "Mira");
    const deposit = await post({ type: "deposit", who: "Mira", amount: "50" }, "Mira");
    expect([withdrawal, deposit].map((words) => operationFields(words).restricted)).to.deep.equal([true, false]);
    await settle([withdrawal, deposit]);
    expect(BigInt(await world.guard.getFunction("unpaidClaims").staticCall())).to.equal(50_000_000n);
  });

  it("returns to Normal with the next round's proof, and with nothing else", async () => {
    await world.mineAt((await world.now()) + 12);
    expect(await statuses()).to.deep.equal(["Halted", "Halted"]);
    await proveRound(0n);
    expect(await statuses()).to.deep.equal(["Normal", "Normal"]);
  });

  it("halts for an operation without a proof, and recovers when it is settled; its claim waits for its delay", async () => {
    const withdrawal = await post({ type: "withdraw", who: "Mira", amount: "300" }, "Mira");
    const loggedSec = await world.now();
    await world.mineAt(loggedSec + LIMITS.proofDeadlineSec);
    expect(await readHaltCauses(world.guard)).to.deep.equal([]);
    await world.mineAt(loggedSec + LIMITS.proofDeadlineSec + 1);
    expect(await readHaltCauses(world.guard)).to.deep.equal(["an operation has waited too long for its proof"]);
    const tvl = BigInt(await world.guard.getFunction("nextRoundTvl").staticCall());
    await settle([withdrawal]);
    expect(await readHaltCauses(world.guard)).to.deep.equal([]);
    await proveRound(tvl);
    expect(await statuses()).to.deep.equal(["Normal", "Normal"]);
    await expect(world.guard.getFunction("payClaim").send(1)).to.be.revertedWithCustomError(
      world.guard,
      "ClaimNotPayable",
    );
    const [, , payableAt] = await world.guard.getFunction("claim").staticCall(1);
    await world.atTime(Number(payableAt));
    for (const id of [0, 1]) await world.submit("payClaim", [id]);
    const vault = await world.token.getFunction("balanceOf").staticCall(world.addresses.engine);
    expect(vault).to.equal(owed(ledger, world.context));
  });

  describe("the verifier", () => {
    const verify = async (provider: RpcProvider) =>
      verifyHistory({
        provider,
        guard: world.addresses.guard,
        keys: await keysOfBuild(process.cwd(), "dev"),
        fromBlock: world.addresses.genesisBlock,
      });
    const honest = (): RpcProvider => ({ send: (method, params) => world.send(method, params) });
    /** An endpoint that changes the answers of one method. */
    const lying = (method: string, lie: (answer: unknown) => unknown): RpcProvider => ({
      send: async (asked, params) => {
        const answer = structuredClone(await world.send(asked, params));
        return asked === method ? lie(answer) : answer;
      },
    });

    it("confirms the whole history", async () => {
      const report = await verify(honest());
      const bad = report.entries
        .flatMap(({ findings }) => findings)
        .filter(({ verdict }) => verdict.status !== "holds");
      expect(bad).to.deep.equal([]);
      expect(report.status).to.equal("holds");
      expect(report.counts).to.include({ rounds: 2, batches: 3, operations: 5, claims: 2 });
    });

    const changeLast = (hex: string) => hex.slice(0, -1) + (hex.endsWith("1") ? "2" : "1");
    type Logs = { topics: string[]; data: string }[];
    const lies: Readonly<Record<string, RpcProvider>> = {
      "an event with another root": lying("eth_getLogs", (answer) => {
        const logs = answer as Logs; // the shape of the method
        return logs.map((log) => ({ ...log, data: log.data.length > 2 ? changeLast(log.data) : log.data }));
      }),
      "an event left out": lying("eth_getLogs", (answer) => (answer as Logs).slice(0, -1)),
      "other calldata": lying("eth_getTransactionByHash", (answer) => {
        const transaction = answer as { input: string };
        return { ...transaction, input: changeLast(transaction.input) };
      }),
    };
    for (const [title, provider] of Object.entries(lies)) {
      it(`does not confirm a history with ${title}`, async () => {
        expect((await verify(provider)).status).to.not.equal("holds");
      });
    }
  });
});
