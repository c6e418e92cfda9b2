import type { EventEmitter } from "node:events";
import type { ProverEvents } from "../service/handle.ts";

/** Where a command writes: values on stdout, remarks on stderr. */
export interface Output {
  /** With --json a value is one line of JSON; without, its text. */
  print(text: string, value: unknown): void;
  remark(text: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    print: (text, value) => void process.stdout.write(`${json ? toJson(value) : text}\n`),
    remark: (text) => void process.stderr.write(`${text}\n`),
  };
}

/** JSON with integers of any size as decimal text. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => (typeof member === "bigint" ? member.toString() : member));

/** The guard's number for all markets. */
const EVERYTHING = 255;

/** Prints what a prover does, one line an event. */
export function printEvents(events: EventEmitter<ProverEvents>, output: Output): void {
  const line = (event: string, text: string, value: object): void =>
    output.print(`${event.padEnd(8)} ${text}`, { event, ...value });
  events.on("reorg", (value) =>
    line("reorg", `${value.dropped} blocks dropped, back to block ${value.ancestor}`, value),
  );
  events.on("operation", (value) => line("logged", `operation ${value.index}`, value));
  events.on("roundProven", (value) =>
    line("round", `${value.round} proven${value.own ? "" : " by another prover"}`, value),
  );
  events.on("batchProven", (value) =>
    line(
      "batch",
      `operations ${value.first} to ${value.first + value.count - 1} proven${value.own ? "" : " by another prover"}`,
      value,
    ),
  );
  events.on("incident", (value) => {
    const where = value.market === EVERYTHING ? "everywhere" : `in market ${value.market}`;
    line("incident", `${value.cause} ${where} ${value.phase}`, value);
  });
  events.on("rolledBack", (value) =>
    line(
      "rollback",
      `back from ${value.abandoned} to ${value.settled} settled operations, cause ${value.cause}`,
      value,
    ),
  );
  events.on("proof", (value) => line("proof", `${value.circuit} in ${value.milliseconds} ms`, value));
  events.on("settled", (value) =>
    line("settled", `${value.kind} in ${value.transactionHash}, ${value.gasUsed} gas`, value),
  );
  events.on("kept", (value) =>
    line("kept", `${value.type} of ${value.accounts.join(" and ")} in ${value.transactionHash}`, value),
  );
  events.on("alarm", (value) => line("alarm", `${value.code}: ${value.message}`, value));
}
