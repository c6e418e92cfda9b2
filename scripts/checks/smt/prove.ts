import { readFileSync } from "node:fs";
import { compile, errorsOf, type SyntaxNode } from "../solidity/compile.ts";
import { parse, spanOf, walk } from "../solidity/syntax.ts";

/** What the model checker says of the asserts of one contract. */
export interface Proof {
  readonly file: string;
  readonly contract: string;
  readonly asserts: number;
  readonly proved: number;
  /** The compiler's text on each assert that it refuted or could not decide. */
  readonly open: readonly string[];
}

const PROVED = /(\d+) verification condition\(s\) proved safe/;
/** Assembly is taken as free to do anything: it can hide a proof, and never make one. */
const FALSE_ALARMS = /Inline assembly may cause SMTChecker to produce spurious warnings/;
const ANY_PROVED = "1391"; // CHC: n verification conditions proved safe

/**
 * Has the compiler's model checker (constrained Horn clauses, Z3) prove every assert of a file's contracts for all inputs.
 * @throws {Error} when the file does not compile, or the compiler has no solver
 */
export function prove(file: string): readonly Proof[] {
  const tree = parse([file])[file]?.ast;
  if (tree === undefined) throw new Error(`${file} has no tree`);
  const contracts = (tree.nodes as readonly SyntaxNode[]).filter(({ nodeType }) => nodeType === "ContractDefinition");
  return contracts.map((contract) => proveContract(file, String(contract.name), assertsIn(file, contract)));
}

function proveContract(file: string, contract: string, asserts: number): Proof {
  const modelChecker = {
    engine: "chc",
    targets: ["assert"],
    solvers: ["z3"],
    showProvedSafe: false,
    showUnproved: true,
    showUnsupported: true,
    contracts: { [file]: [contract] },
  };
  const output = compile({
    files: [file],
    settings: { evmVersion: "cancun", modelChecker },
    outputs: { "*": { "*": ["abi"] } },
  });
  const [error] = errorsOf(output);
  if (error !== undefined) throw new Error(error);
  const said = output.errors.filter(
    ({ formattedMessage }) => /CHC|BMC|verification|SMT/.test(formattedMessage) && !FALSE_ALARMS.test(formattedMessage),
  );
  const proved = said.filter(({ errorCode }) => errorCode === ANY_PROVED);
  const open = said.filter(({ errorCode }) => errorCode !== ANY_PROVED).map(({ formattedMessage }) => formattedMessage);
  const count = proved.reduce((sum, { formattedMessage }) => sum + Number(PROVED.exec(formattedMessage)?.[1] ?? 0), 0);
  return { file, contract, asserts, proved: count, open };
}

/** Calls of assert in the text of a contract, so that one that the checker passed over is missed. */
function assertsIn(file: string, contract: SyntaxNode): number {
  let asserts = 0;
  const bytes = readFileSync(file);
  walk(contract, (node) => {
    const [start, end] = spanOf(node);
    if (node.nodeType === "FunctionCall" && bytes.subarray(start, end).toString().startsWith("assert(")) asserts += 1;
    return undefined;
  });
  return asserts;
}
