/** Reporters and prover fall silent: the guard restricts and halts by the clock alone, and the first proofs end it. */
import { LIMITS, PARAMETERS } from "../parameters.ts";
import { scriptedMarket } from "../scriptedMarket.ts";
import type { Scene } from "../story/story.ts";
import { marketTime, showExactUsd, showTime } from "../units.ts";
import { CAUSE } from "./causes.ts";
import { countTransactions } from "./countTransactions.ts";
import type { Direction } from "./direction.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { type Change, readAnswer } from "./passTime.ts";
import { fourPeople } from "./stories/openings.ts";

const SCENES: readonly Scene[] = [
  ...fourPeople("Hana goes long AAVE, Carl goes long AVAX."),
  { at: "12:02:00", round: true, text: "The last round before the silence.", actions: [] },
];
/** Market time at which both go away, and at which they are back. */
const GONE_SEC = marketTime("12:02:12");
const BACK_SEC = marketTime("12:06:12");
const MARKET = scriptedMarket([
  { at: "12:00:00", prices: ["200", "25"] },
  { at: "12:02:00", prices: ["199.5", "25.02"] },
]);

export const SILENCE: Incident = {
  title: "reporters and prover fall silent",
  about:
    "Nobody reports and nobody proves any more. What the guard answers is a function of what is proven and of the time: old prices make every market reduce-only, an operation that waits too long for its proof halts everything. Nobody sends a transaction for it; the first proofs end it.",
  play: {
    market: MARKET,
    scenes: SCENES,
    limits: LIMITS,
    promises: {
      stale: "when the proven prices were too old, every market was Broken: reduce-only",
      halted: "when the deadlines passed, everything was Halted, and claims were not paid",
      untouched: "nobody sent a transaction for any of that",
      recovered: "the first round and the first batch brought back Normal",
      recorded: "the guard's ledger holds both deadlines: detected and contained by time, recovered by proof",
      paid: "the withdrawal that waited was paid in full",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  async perform(direction) {
    const { theatre } = direction;
    for (const scene of SCENES) await direction.scene(scene);
    const before = await direction.holdings();

    await direction.announce(GONE_SEC, "Reporters and prover are gone. Liv asks for 5,000 USD; nobody proves it.");
    await theatre.prover.stop();
    await direction.act([{ type: "withdraw", who: "Liv", amount: "5000" }]);
    const firstBlock = (await theatre.stage.provider.getBlockNumber()) + 1;
    const changes = await direction.pass(BACK_SEC - 1);
    await sawSilence(direction, changes);
    const transactions = await countTransactions(theatre, firstBlock);
    direction.saw("untouched", transactions === 0, `${transactions} transactions since block ${firstBlock}`);

    await direction.announce(BACK_SEC, "They are back: one round, one batch.");
    await theatre.prover.start();
    await direction.round(BACK_SEC);
    await direction.settle();
    await direction.watch.tell();
    await sawRecovery(direction, changes);

    const { payableAt, amount } = await theatre.stage.guard.getFunction("claim").staticCall(0);
    await direction.announce(Number(payableAt), "Liv's claim has waited out its delay.");
    await direction.keeper("payClaim", 0);
    const paid = (await theatre.stage.guard.getFunction("claim").staticCall(0)).paid;
    direction.saw("paid", paid && amount === 5_000_000_000n, `Liv is paid ${showExactUsd(BigInt(amount))} USD`);
    await closeAccounts(direction, before, ["before", "at the end"]);
  },
};

async function sawSilence(direction: Direction, changes: readonly Change[]): Promise<void> {
  const broken = changes.find(({ statuses }) => statuses.every((status) => status === "Broken"));
  const halted = changes.find(({ statuses }) => statuses.every((status) => status === "Halted"));
  const stale = `no price since 12:02:00: Broken from block ${broken?.block} on, the first after ${PARAMETERS.margin.staleSec} s`;
  direction.saw("stale", broken !== undefined, stale);
  const text = `Halted from block ${halted?.block} on: ${halted?.causes.join(", ")}`;
  direction.saw("halted", halted !== undefined && (broken?.block ?? 0) < halted.block, text);
}

async function sawRecovery(direction: Direction, changes: readonly Change[]): Promise<void> {
  const { statuses, block } = await readAnswer(direction.theatre);
  const isNormal = statuses.every((status) => status === "Normal");
  direction.saw("recovered", isNormal, `all is ${statuses[0]} in block ${block}`);
  const halted = changes.find(({ causes }) => causes.length > 0)?.timeSec ?? 0;
  const records = await direction.watch.incidents();
  const found = [CAUSE.proofLate, CAUSE.roundLate].map((cause) => records.find((record) => record.cause === cause));
  const complete = found.every(
    (record) => record !== undefined && record.containedAt === record.detectedAt && record.recoveredBlock > 0,
  );
  const first = Math.min(...found.map((record) => record?.detectedAt ?? 0));
  const text = `the ledger says that it was halted from ${showTime(first)} on; it was seen at ${showTime(halted)}`;
  direction.saw("recorded", complete && first <= halted && halted - first <= BLOCK_SEC, text);
}

/** Seconds between two looks. */
const BLOCK_SEC = 12;
