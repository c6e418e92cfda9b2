import type { SyntaxNode } from "../solidity/compile.ts";
import { childOf, lineOf, spanOf, walk } from "../solidity/syntax.ts";

/** One small change of a source. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** Bytes [start, end) of the source, replaced by `put`. */
  readonly start: number;
  readonly end: number;
  readonly put: string;
  /** What is changed, e.g. "< to <=". */
  readonly change: string;
  /** The source's line, trimmed; with file and change it names a mutant across edits elsewhere in the file. */
  readonly text: string;
}

const SWAPS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&&": ["||"],
  "||": ["&&"],
  "&": ["|"],
  "|": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
};
const ASSIGNMENTS: Readonly<Record<string, string>> = { "+=": "-=", "-=": "+=", "|=": "&=" };
const REMOVABLE = new Set(["ExpressionStatement", "EmitStatement"]);
/** Where a changed number or loop says nothing about a check: sizes of types, and counters of loops. */
const PASSED_OVER = new Set([
  "ArrayTypeName",
  "InlineAssembly",
  "ImportDirective",
  "PragmaDirective",
  "InheritanceSpecifier",
]);

/** Every mutant of a source, in its order. */
export function mutantsOf(file: string, source: string, tree: SyntaxNode): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const bytes = Buffer.from(source);
  const lines = source.split("\n");
  const textOf = (start: number, end: number) => bytes.subarray(start, end).toString();
  const add = (start: number, end: number, put: string, change: string) => {
    const line = lineOf(source, start);
    mutants.push({ file, line, start, end, put, change, text: (lines[line - 1] ?? "").trim() });
  };
  const replace = (node: SyntaxNode, put: string, change: string) => add(...spanOf(node), put, change);
  const between = (left: SyntaxNode, right: SyntaxNode, from: string, to: string) => {
    const [, start] = spanOf(left);
    const [end] = spanOf(right);
    add(start, end, textOf(start, end).replace(from, to), `${from} to ${to}`);
  };

  walk(tree, (node, ancestors) => {
    if (PASSED_OVER.has(node.nodeType)) return false;
    const owner = ancestors.at(-1);
    if (owner?.nodeType === "ForStatement" && owner.loopExpression === node) return false;
    switch (node.nodeType) {
      case "BinaryOperation":
        for (const to of SWAPS[String(node.operator)] ?? [])
          between(childOf(node, "leftExpression"), childOf(node, "rightExpression"), String(node.operator), to);
        break;
      case "Assignment": {
        const to = ASSIGNMENTS[String(node.operator)];
        if (to !== undefined)
          between(childOf(node, "leftHandSide"), childOf(node, "rightHandSide"), String(node.operator), to);
        break;
      }
      case "UnaryOperation":
        if (node.operator === "!") replace(node, textOf(...spanOf(childOf(node, "subExpression"))), "! dropped");
        break;
      case "Literal":
        if (node.kind === "number")
          replace(node, `(${textOf(...spanOf(node))} + 1)`, `${textOf(...spanOf(node))} one more`);
        if (node.kind === "bool") replace(node, node.value === "true" ? "false" : "true", "bool flipped");
        break;
      case "IfStatement": {
        const condition = childOf(node, "condition");
        replace(condition, "false", "if never");
        replace(condition, "true", "if always");
        break;
      }
      case "Conditional":
        replace(childOf(node, "condition"), "true", "? always");
        replace(childOf(node, "condition"), "false", "? never");
        break;
      case "ModifierInvocation":
        if (owner?.kind !== "constructor") replace(node, "", "modifier removed");
        break;
      default:
        if (REMOVABLE.has(node.nodeType)) {
          const [start, end] = spanOf(node);
          add(start, bytes[end] === 59 ? end + 1 : end, "{}", "statement removed");
        }
    }
    return undefined;
  });
  return mutants;
}

/** The source with the change made. */
export function applyMutant(source: string, { start, end, put }: Mutant): string {
  const bytes = Buffer.from(source);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(put), bytes.subarray(end)]).toString();
}
