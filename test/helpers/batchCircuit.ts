import { type TestCircuit, testCircuit } from "./circuit.ts";

/** The public signals of MarginBatch in their order. */
export const BATCH_SIGNALS = [
  "oldStateRoot",
  "newStateRoot",
  "oracleRoot",
  "domain",
  "dataCommitment",
  "challenge",
  "evaluation",
  "outcomeWord",
  "box",
  "totalsWord",
  "lossWord",
] as const;

/** MarginBatch of a small shape, compiled once for all tests that use the same. */
export function batchCircuit(shape: {
  readonly markets: number;
  readonly depth: number;
  readonly operations: number;
}): Promise<TestCircuit> {
  const text = [
    "pragma circom 2.2.0;",
    'include "./MarginBatch.circom";',
    `component main { public [${BATCH_SIGNALS.join(", ")}] } =`,
    `    MarginBatch(${shape.markets}, ${shape.depth}, ${shape.operations});`,
  ].join("\n");
  return testCircuit({ file: "margin/MarginBatch.circom", text });
}
