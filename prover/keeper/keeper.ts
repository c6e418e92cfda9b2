import type { EventEmitter } from "node:events";
import type { ChainClient } from "../chain/client.ts";
import { ENGINE } from "../chain/events.ts";
import { AbortedError, describeError } from "../errors.ts";
import { readContract } from "../service/checkGuard.ts";
import type { ProverEvents } from "../service/handle.ts";
import type { Ledger } from "../service/ledger.ts";
import type { Constants, View } from "../service/view.ts";
import { SubmissionRevertedError } from "../settle/errors.ts";
import type { Submitter } from "../settle/submitter.ts";
import { type Duty, nextDuty } from "./duty.ts";
import { postedSince } from "./posted.ts";

export interface KeeperConfig {
  readonly ledger: Ledger;
  readonly constants: Constants;
  readonly client: ChainClient;
  readonly submitter: Submitter;
  readonly events: EventEmitter<ProverEvents>;
  /** Address of the engine. */
  readonly engine: string;
  /** Account that pays, and by which the log says what was posted. */
  readonly account: string;
  /** Operations that it posts in 24 hours of chain time at most. */
  readonly perDay: number;
  /** Wait after a failure, milliseconds. */
  readonly restMs: number;
  readonly signal: AbortSignal;
  /** Called when something changed that `update` should look at. */
  readonly wake: () => void;
}

/** The followed block: its number, and its time in unix seconds. */
export interface KeeperHead {
  readonly number: number;
  readonly timeSec: bigint;
}

/** Posts Backstop and Recertify for accounts that nobody else looks after. One at a time, each seen in the log before the next. */
export interface Keeper {
  /** Looks at a state that the guard has confirmed. Starts work, waits for none. */
  update(view: View, head: KeeperHead): void;
}

const DAY_SEC = 86_400n;

export function createKeeper(config: KeeperConfig): Keeper {
  const { ledger, constants, client, submitter, events, engine, account, perDay, signal } = config;
  let busy = false;
  /** The block that must be followed before the log shows what was posted; null until what an earlier run left is known. */
  let dueBlock: number | null = null;
  let examined = "";

  function update(view: View, head: KeeperHead): void {
    if (busy || signal.aborted) return;
    if (dueBlock === null) {
      void work(recover);
      return;
    }
    const state = [view.stateRoot, view.oracleRoot, view.head, view.rollbacks, view.settled].join();
    if (head.number < dueBlock || state === examined) return;
    const duty = nextDuty(ledger, view, constants);
    const posted = duty === null ? 0 : postedSince(ledger, view.logged, account, head.timeSec - DAY_SEC);
    if (duty !== null && posted < perDay) {
      void work(() => post(duty, state));
      return;
    }
    examined = state;
    if (duty !== null) {
      const message = `${describe(duty)} is due, but ${posted} operations were posted within a day`;
      events.emit("alarm", { code: "KEEPER_LIMIT", message });
    }
  }

  /** What an earlier run sent may be on its way: it is in the log, or gone, before anything is posted. */
  async function recover(): Promise<void> {
    await submitter.recover(signal);
    dueBlock = await client.headNumber(signal);
  }

  async function post(duty: Duty, state: string): Promise<void> {
    const value = BigInt(
      String(await readContract(client, { contract: ENGINE, address: engine }, "feeWei", { signal })),
    );
    const intent = { purpose: `keeper: ${describe(duty)}`, to: engine, data: duty.data, value };
    const outcome = await submitter
      .submit(intent, async () => false, signal)
      .catch((error: unknown) => {
        if (error instanceof SubmissionRevertedError) examined = state; // the engine would refuse it again
        throw error;
      });
    if (outcome.status === "obsolete") return;
    dueBlock = outcome.blockNumber;
    const { type, accounts } = duty;
    events.emit("kept", { type, accounts, transactionHash: outcome.hash, feeWei: value });
  }

  /** One thing at a time; after a failure it waits, and looks at everything anew. */
  async function work(action: () => Promise<void>): Promise<void> {
    busy = true;
    try {
      await action();
    } catch (error) {
      if (signal.aborted || error instanceof AbortedError) return;
      const { code, message } = describeError(error);
      events.emit("alarm", { code, message: `keeper: ${message}` });
      dueBlock = null; // a failed submission may have been mined all the same
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, config.restMs);
        signal.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
      });
    } finally {
      busy = false;
    }
    if (!signal.aborted) config.wake();
  }

  return { update };
}

const describe = ({ type, accounts }: Duty): string => `${type} of ${accounts.join(" and ")}`;
