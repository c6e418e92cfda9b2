import type { SyntaxNode } from "../solidity/compile.ts";
import { childOf, spanOf, walk } from "../solidity/syntax.ts";
import type { Mutant } from "./operators.ts";
import { SWITCH_FILE } from "./switch.ts";

/** A source that holds many mutants, each behind its number. */
export interface Schemata {
  readonly text: string;
  readonly numbered: ReadonlyMap<number, Mutant>;
  readonly nextNumber: number;
}

const SEMICOLON = 59;

/**
 * Puts every mutant that lies in a statement or condition behind a switch: `if (Mutation.chosen(17)) { changed } else { as written }`.
 * What is changed holds no further switches, so the size stays linear. Mutants outside of bodies (constants, modifiers, base
 * constructors), in a loop's beginning or in a `try`'s call are not numbered. Numbers count from `firstNumber`.
 */
export function schematise(
  source: string,
  tree: SyntaxNode,
  mutants: readonly Mutant[],
  firstNumber: number,
): Schemata {
  const bytes = Buffer.from(source);
  const slice = (start: number, end: number) => bytes.subarray(start, end).toString();
  const numbered = new Map<number, Mutant>();

  /** A choice between a changed text for each mutant in a span; undefined when there is none. */
  function choose(start: number, end: number): { test: string; numbers: number[]; changed: string[] } | undefined {
    const inside = mutants.filter((mutant) => start <= mutant.start && mutant.end <= end);
    if (inside.length === 0) return undefined;
    const first = firstNumber + numbered.size;
    for (const [index, mutant] of inside.entries()) numbered.set(first + index, mutant);
    return {
      test: `Mutation.within(${first}, ${first + inside.length - 1})`,
      numbers: inside.map((_, index) => first + index),
      changed: inside.map((m, index) => marked(first + index, `${slice(start, m.start)}${m.put}${slice(m.end, end)}`)),
    };
  }

  function condition(node: SyntaxNode): string {
    const [start, end] = spanOf(node);
    const choice = choose(start, end);
    if (choice === undefined) return slice(start, end);
    const changed = choice.changed.reduceRight(
      (rest, text, index) => `Mutation.chosen(${choice.numbers[index]}) ? (${text}) : ${rest}`,
      "false",
    );
    return `(${choice.test} ? (${changed}) : (${slice(start, end)}))`;
  }

  /** @param prefix in front of each text, as "x = " */
  function simple(start: number, end: number, prefix = "", suffix = ""): string {
    const choice = choose(start, end);
    if (choice === undefined) return `{ ${prefix}${slice(start, end)}${suffix} }`;
    const whole = (text: string) => `{ ${prefix}${text}${suffix} }`;
    const changed = choice.changed
      .map((text, index) => {
        const last = index === choice.changed.length - 1; // without a test: the compiler sees that every path assigns and returns
        return last ? whole(text) : `if (Mutation.chosen(${choice.numbers[index]})) ${whole(text)} else `;
      })
      .join("");
    return `{ if (${choice.test}) { ${changed} } else ${whole(slice(start, end))} }`;
  }

  function declaration(node: SyntaxNode): string {
    const [start, end] = extentOf(node, bytes);
    if (!node.initialValue) return slice(start, end);
    const value = spanOf(childOf(node, "initialValue"));
    if (!mutants.some((mutant) => start <= mutant.start && mutant.end <= end)) return slice(start, end);
    const declared = node.declarations as readonly (SyntaxNode | null)[];
    const names = declared.map((each) => (each === null ? "" : String(each.name)));
    const left = declared.length === 1 ? names[0] : `(${names.join(", ")})`;
    const declarations = declared.filter((each) => each !== null).map((each) => `${slice(...spanOf(each))};`);
    return `${declarations.join(" ")} ${simple(...value, `${left} = `, ";")}`;
  }

  /** A node with some of its parts rewritten. */
  function compose(node: SyntaxNode, parts: readonly (readonly [SyntaxNode, (part: SyntaxNode) => string])[]): string {
    const [start, end] = spanOf(node);
    let text = "";
    let at = start;
    for (const [part, rewrite] of parts) {
      const [partStart, partEnd] = rewrite === statement ? extentOf(part, bytes) : spanOf(part);
      text += slice(at, partStart) + rewrite(part);
      at = partEnd;
    }
    return text + slice(at, end);
  }

  function statement(node: SyntaxNode): string {
    const present = (field: string, rewrite: (part: SyntaxNode) => string) =>
      node[field] ? [[childOf(node, field), rewrite] as const] : [];
    switch (node.nodeType) {
      case "Block":
      case "UncheckedBlock":
        return compose(
          node,
          (node.statements as readonly SyntaxNode[]).map((each) => [each, statement] as const),
        );
      case "IfStatement":
        return compose(node, [
          ...present("condition", condition),
          ...present("trueBody", statement),
          ...present("falseBody", statement),
        ]);
      case "ForStatement":
      case "WhileStatement":
        return compose(node, [...present("condition", condition), ...present("body", statement)]);
      case "TryStatement":
        return compose(
          node,
          (node.clauses as readonly SyntaxNode[]).map((clause) => [childOf(clause, "block"), statement] as const),
        );
      case "VariableDeclarationStatement":
        return declaration(node);
      case "InlineAssembly":
      case "PlaceholderStatement":
        return slice(...extentOf(node, bytes));
      default:
        return simple(...extentOf(node, bytes));
    }
  }

  let text = "";
  let at = 0;
  walk(tree, (node) => {
    const { body } = node;
    if (node.nodeType !== "FunctionDefinition" && node.nodeType !== "ModifierDefinition") return undefined;
    if (body) {
      const [start, end] = spanOf(childOf(node, "body"));
      text += slice(at, start) + statement(childOf(node, "body"));
      at = end;
    }
    return false;
  });
  text += `${slice(at, bytes.length)}\nimport {Mutation} from "${SWITCH_FILE}";\n`;
  return { text, numbered, nextNumber: firstNumber + numbered.size };
}

/** A statement's bytes with its semicolon. */
function extentOf(node: SyntaxNode, bytes: Buffer): readonly [number, number] {
  const [start, end] = spanOf(node);
  return [start, bytes[end] === SEMICOLON ? end + 1 : end];
}

const marked = (number: number, text: string) => `/*<${number}*/${text}/*${number}>*/`;

/** The mutant in whose changed text a byte of schemata lies. */
export function numberAt(text: string, byte: number): number | undefined {
  const before = Buffer.from(text).subarray(0, byte).toString();
  const [opened] = [...before.matchAll(/\/\*<(\d+)\*\//g)].slice(-1);
  if (opened === undefined || before.includes(`/*${opened[1]}>*/`)) return undefined;
  return Number(opened[1]);
}
