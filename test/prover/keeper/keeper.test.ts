import { EventEmitter } from "node:events";
import { expect } from "chai";
import type { ChainClient } from "../../../prover/chain/client.ts";
import { ENGINE } from "../../../prover/chain/events.ts";
import { nextDuty } from "../../../prover/keeper/duty.ts";
import { createKeeper, type Keeper } from "../../../prover/keeper/keeper.ts";
import type { ProverEvents } from "../../../prover/service/handle.ts";
import { SubmissionRevertedError } from "../../../prover/settle/errors.ts";
import type { Intent } from "../../../prover/settle/signer.ts";
import type { Submitter } from "../../../prover/settle/submitter.ts";
import { PRICES } from "../../helpers/model/instance.ts";
import { constants, ledgerOf, loggedDuty, priced, stateOf, viewOf } from "./support.ts";

const ACCOUNT = "0x00000000000000000000000000000000000000aa";
const DAY_SEC = 86_400n;
const START_SEC = 1_760_000_000n;
const state = stateOf(
  [
    { index: 1, quote: 10n ** 12n, sizes: [-9n, 0n] },
    ...[2, 3, 4].map((index) => ({ index, quote: -5_700_000n * BigInt(index), sizes: [BigInt(index), 0n] })),
  ],
  priced(PRICES),
);
const crashed = (round: bigint) => ({ ...priced([5_500_000n, PRICES[1]]), round });

/** A keeper over a log in memory, to which the submitter appends what it is given. */
function keeperBench(perDay: number, refuses = false) {
  const log: (readonly bigint[])[] = [];
  const sent: Intent[] = [];
  const alarms: string[] = [];
  const events = new EventEmitter<ProverEvents>();
  events.on("alarm", ({ code }) => alarms.push(code));
  const now = { sec: START_SEC, block: 1, round: 1n };
  const look = () => viewOf(state, crashed(now.round), log.length);
  const submitter: Submitter = {
    recover: async () => undefined,
    quiet: async () => undefined,
    async submit(intent) {
      sent.push(intent);
      if (refuses) throw new SubmissionRevertedError(intent.purpose, "OperationRefused(5, 4)");
      log.push(loggedDuty(nextDuty(ledgerOf(log, crashed(0n)), look(), constants)!, BigInt(ACCOUNT), now.sec));
      return { status: "mined", hash: "0x1", blockNumber: ++now.block, gasUsed: 1n };
    },
  };
  const client = {
    headNumber: async () => now.block,
    call: async () => ENGINE.encodeFunctionResult("feeWei", [7n]),
  } as unknown as ChainClient;
  const update = (): void =>
    keeper.update({ ...look(), head: String(log.length) }, { number: now.block, timeSec: now.sec });
  const ledger = {
    ...ledgerOf([], crashed(0n)),
    operationsFrom: (first: number, limit: number) => ledgerOf(log, crashed(0n)).operationsFrom(first, limit),
  };
  const keeper: Keeper = createKeeper({
    ...{ ledger, constants, client, submitter, events, perDay, wake: update },
    engine: "0xengine",
    account: ACCOUNT,
    restMs: 1,
    signal: new AbortController().signal,
  });
  const run = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) {
      update();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { now, sent, alarms, run };
}

describe("createKeeper", () => {
  it("posts what is due, one after the other, with the engine's fee", async () => {
    const { sent, alarms, run } = keeperBench(100);
    await run();
    const data = [4, 3, 2].map((account) => ENGINE.encodeFunctionData("backstop", [account]));
    expect(sent.map((intent) => [intent.to, intent.data, intent.value])).to.deep.equal(
      data.map((call) => ["0xengine", call, 7n]),
    );
    expect(alarms).to.deep.equal([]);
  });

  it("posts no more than a day's number, says so, and goes on when the day is over", async () => {
    const { now, sent, alarms, run } = keeperBench(2);
    await run();
    expect(sent).to.have.length(2);
    expect(alarms).to.deep.equal(["KEEPER_LIMIT"]);
    now.sec += DAY_SEC - 1n;
    now.round++;
    await run();
    expect(sent).to.have.length(2);
    now.sec += 1n;
    now.round++;
    await run();
    expect(sent).to.have.length(3);
  });

  it("asks an engine that refuses once for each state, not for ever", async () => {
    const { now, sent, alarms, run } = keeperBench(100, true);
    await run();
    expect(sent).to.have.length(1);
    expect(alarms).to.have.length(1);
    now.round++;
    await run();
    expect(sent).to.have.length(2);
  });
});
