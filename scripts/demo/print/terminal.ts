/** Plain, aligned output that is as readable in a log file as on a terminal. Colours follow NO_COLOR and the terminal. */
import { stripVTControlCharacters } from "node:util";
import colors from "picocolors";

export interface Terminal {
  line(text?: string): void;
  /** A heading with a rule below it. */
  heading(text: string): void;
  /** Explanations: wrapped, dimmed. */
  explain(text: string): void;
  /** A line of text with proof time and gas in the right columns. */
  proven(text: string, cost?: ProofCost): void;
}

export interface ProofCost {
  /** Undefined when another prover made the proof. */
  readonly proofMs: number | undefined;
  readonly gasUsed: bigint;
}

/** Columns before the proof time. */
const TEXT_WIDTH = 90;
const WRAP_WIDTH = 106;
const PROOF_WIDTH = 7;
const GAS_WIDTH = 10;

export function createTerminal(print: (line: string) => void = console.log): Terminal {
  const write = (line: string): void => print(line.trimEnd());
  return {
    line: (text = "") => write(text),
    heading(text) {
      write("");
      write(colors.bold(text));
      write(colors.dim("─".repeat(WRAP_WIDTH)));
    },
    explain(text) {
      for (const part of wrap(text, WRAP_WIDTH)) write(colors.dim(part));
    },
    proven(text, cost) {
      write(cost === undefined ? text : padEnd(text, TEXT_WIDTH) + colors.dim(showCost(cost)));
    },
  };
}

/** Pads to a number of visible columns. */
export const padEnd = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - visible(text)));
export const padStart = (text: string, width: number): string => " ".repeat(Math.max(0, width - visible(text))) + text;

/** Breaks at spaces; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

function showCost({ proofMs, gasUsed }: ProofCost): string {
  const time = proofMs === undefined ? "" : `${(proofMs / 1000).toFixed(1)} s`;
  return padStart(time, PROOF_WIDTH) + padStart(gasUsed.toLocaleString("en-US"), GAS_WIDTH);
}

/** Columns that a text takes on a terminal: colour codes take none. */
const visible = (text: string): number => stripVTControlCharacters(text).length;
