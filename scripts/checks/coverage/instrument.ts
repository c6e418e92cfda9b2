import type { SyntaxNode } from "../solidity/compile.ts";
import { childOf, edit, lineOf, spanOf, walk } from "../solidity/syntax.ts";

/** A place that tells when it is reached; of a branch, one of its two outcomes. */
export interface Point {
  /** 64 hex digits, as the chain reports it. */
  readonly tag: string;
  readonly file: string;
  readonly line: number;
  /** Bytes of the statement or condition. */
  readonly start: number;
  readonly end: number;
  readonly outcome: "reached" | "true" | "false";
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const PROBE_FILE = "coverage/CoverageProbe.sol";

/** A call that the in-process chain reports to the sandbox's configuration; a library of pure functions, so that it fits everywhere. */
export const PROBE_SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

library CoverageProbe {
    address private constant REPORTED = 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE;

    function reached(uint256 tag) internal pure {
        _asPure(_report)(tag);
    }

    function seen(uint256 tag, bool value) internal pure returns (bool) {
        _asPure(_report)(value ? tag : tag + 1);
        return value;
    }

    function _report(uint256 tag) private view {
        address reported = REPORTED;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            pop(staticcall(gas(), reported, free, 32, 0, 0))
        }
    }

    function _asPure(function(uint256) internal view given) private pure returns (function(uint256) internal pure taken) {
        assembly ("memory-safe") {
            taken := given
        }
    }
}
`;

const BODIES = ["trueBody", "falseBody", "body"] as const;
const BLOCKS = new Set(["Block", "UncheckedBlock"]);
const BODY_OWNERS = new Set(["IfStatement", "ForStatement", "WhileStatement"]);
const tagOf = (value: number) => value.toString(16).padStart(64, "0");

/** A source whose every statement and every condition tells when it is reached, and the points in it. Tags count from `firstTag`. */
export function instrument(
  file: string,
  text: string,
  tree: SyntaxNode,
  firstTag: number,
): { readonly text: string; readonly points: readonly Point[]; readonly nextTag: number } {
  const edits: Edit[] = [];
  const points: Point[] = [];
  let tag = firstTag;
  const bytes = Buffer.from(text);
  const insert = (at: number, put: string) => edits.push({ start: at, end: at, text: put });
  const note = (node: SyntaxNode, offset: number, outcome: Point["outcome"]) => {
    const [start, end] = spanOf(node);
    points.push({ tag: tagOf(tag + offset), file, line: lineOf(text, start), start, end, outcome });
  };
  const statement = (node: SyntaxNode, bare: boolean) => {
    const [start, end] = spanOf(node);
    note(node, 0, "reached");
    insert(start, `${bare ? "{ " : ""}CoverageProbe.reached(${tag}); `);
    if (bare) insert(bytes[end] === 59 ? end + 1 : end, " }"); // behind its semicolon
    tag += 1;
  };
  const condition = (node: SyntaxNode) => {
    const [start, end] = spanOf(node);
    note(node, 0, "true");
    note(node, 1, "false");
    insert(start, `CoverageProbe.seen(${tag}, `);
    insert(end, ")");
    tag += 2;
  };

  walk(tree, (node) => {
    if (BLOCKS.has(node.nodeType)) for (const each of node.statements as readonly SyntaxNode[]) statement(each, false);
    if (BODY_OWNERS.has(node.nodeType)) {
      const owned = BODIES.map((field) => node[field] as SyntaxNode | null | undefined);
      for (const body of owned) if (body && !BLOCKS.has(body.nodeType)) statement(body, true);
    }
    if (node.nodeType === "IfStatement" || node.nodeType === "Conditional") condition(childOf(node, "condition"));
    if (node.nodeType === "BinaryOperation" && (node.operator === "&&" || node.operator === "||")) {
      condition(childOf(node, "leftExpression"));
      condition(childOf(node, "rightExpression"));
    }
    return undefined;
  });
  const ordered = [...edits].reverse(); // of edits at one place the outer was noted first, and belongs first
  return { text: `${edit(text, ordered)}\nimport {CoverageProbe} from "${PROBE_FILE}";\n`, points, nextTag: tag };
}
