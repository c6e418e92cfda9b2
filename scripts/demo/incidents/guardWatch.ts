/** Follows what the guard and the log record of incidents, and keeps them for the table at the end. */
import type { LogDescription } from "ethers";
import colors from "picocolors";
import { NO_LEAD } from "../print/rows.ts";
import { padEnd } from "../print/terminal.ts";
import type { Theatre } from "../theatre.ts";
import { showTime, showUsd } from "../units.ts";
import { nameOfCause } from "./causes.ts";

/** One incident as the guard's view gives it. Times in unix seconds, 0 for not (yet); stake in quote units. */
export interface IncidentRecord {
  readonly cause: number;
  /** Index, or 255 for all. */
  readonly market: number;
  readonly detectedAt: number;
  /** 0 when time alone brought it about: nobody sent a transaction then. */
  readonly detectedBlock: number;
  readonly containedAt: number;
  /** 0 when time alone ends it. */
  readonly recoveredBlock: number;
  readonly recoveredAt: number;
  readonly stake: bigint;
}

export interface GuardWatch {
  /** Tells what was recorded since the last call. */
  tell(): Promise<void>;
  /** Every incident so far, as the guard's views give it now. */
  incidents(): Promise<readonly IncidentRecord[]>;
}

export function watchGuard({ stage, terminal }: Theatre): GuardWatch {
  const keys = new Map<string, { readonly cause: number; readonly market: number; readonly detectedAt: number }>();
  let seenBlock = stage.addresses.genesisBlock;

  async function tell(): Promise<void> {
    const head = await stage.provider.getBlockNumber();
    if (head <= seenBlock) return;
    const address = [stage.addresses.guard, stage.addresses.engine];
    const logs = await stage.provider.getLogs({ address, fromBlock: seenBlock + 1, toBlock: head });
    seenBlock = head;
    for (const { address: from, blockNumber, topics, data } of logs) {
      const contract = from.toLowerCase() === stage.addresses.guard.toLowerCase() ? stage.guard : stage.engine;
      const event = contract.interface.parseLog({ topics, data });
      const text = event === null ? null : textOf(event);
      if (text !== null) terminal.line(`${NO_LEAD}${colors.magenta(padEnd(`block ${blockNumber}`, 10))} ${text}`);
    }
  }

  function textOf({ name, args }: LogDescription): string | null {
    switch (name) {
      case "IncidentDetected": {
        const [cause, market, detectedAt] = [Number(args.cause), Number(args.market), Number(args.detectedAt)];
        keys.set(`${cause} ${market} ${detectedAt}`, { cause, market, detectedAt });
        return `detected: ${nameOfCause(cause, market)} since ${showTime(detectedAt)}, at stake ${showUsd(args.stake)} USD`;
      }
      case "IncidentRecovered": {
        const [contained, recovered] = [Number(args.containedAt), Number(args.recoveredAt)];
        const how = contained === 0 ? "before it had consequences" : `contained at ${showTime(contained)}`;
        return `recovered: ${nameOfCause(Number(args.cause), Number(args.market))}, ${how}, over at ${showTime(recovered)}`;
      }
      case "HaltNoted":
        return args.halted ? "the halt is noted: Exit counts from here" : "the note of the halt is gone";
      case "VaultNoted":
        return args.short ? "the vault is noted to be short" : "the note of the vault is gone";
      case "RolledBack":
        return `rolled back from ${args.abandonedSettled} settled operations to ${args.settled}; ${args.voidClaims} claims are void from ${args.firstVoidClaim} on`;
      case "LogForked":
        return `the log forks at operation ${args.fromIndex}: ${args.abandonedCount} operations are abandoned`;
      case "ExitEntered":
        return "Exit has begun, and is final";
      default:
        return null;
    }
  }

  async function incidents(): Promise<readonly IncidentRecord[]> {
    await tell();
    const records: IncidentRecord[] = [];
    for (const key of keys.values()) {
      const { cause, market, detectedAt } = key;
      const found = await stage.guard.getFunction("incident").staticCall(cause, market, detectedAt);
      const { detectedBlock, containedAt, recoveredBlock, recoveredAt, stake } = found;
      const numbers = { detectedBlock, containedAt, recoveredBlock, recoveredAt };
      const [block, contained, endBlock, ended] = Object.values(numbers).map(Number);
      records.push({
        ...key,
        detectedBlock: block ?? 0,
        containedAt: contained ?? 0,
        recoveredBlock: endBlock ?? 0,
        recoveredAt: ended ?? 0,
        stake: BigInt(stake),
      });
    }
    return records;
  }

  return { tell, incidents };
}
