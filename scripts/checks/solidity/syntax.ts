import { compile, errorsOf, type Output, type SyntaxNode } from "./compile.ts";

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as { nodeType?: unknown }).nodeType === "string";

/** Trees of the files, by name. @throws {Error} when one does not parse or type-check */
export function parse(files: readonly string[]): Output["sources"] {
  const output = compile({ files, settings: {}, outputs: { "*": { "": ["ast"] } } });
  const [first] = errorsOf(output);
  if (first !== undefined) throw new Error(first);
  return output.sources;
}

/** Direct children of a node, in the order of its fields. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

/** Calls `visit` for each node below and including `root`, parents first; `visit` may answer false to pass its children over. */
export function walk(
  root: SyntaxNode,
  visit: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => boolean | undefined,
): void {
  const step = (node: SyntaxNode, ancestors: readonly SyntaxNode[]): void => {
    if (visit(node, ancestors) === false) return;
    for (const child of childrenOf(node)) step(child, [...ancestors, node]);
  };
  step(root, []);
}

/** First byte and byte after the last. */
export function spanOf(node: SyntaxNode): readonly [number, number] {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  return [start, start + length];
}

/** The field of a node that holds a node. @throws {Error} when it does not */
export function childOf(node: SyntaxNode, field: string): SyntaxNode {
  const child = node[field];
  if (!isNode(child)) throw new Error(`${node.nodeType} has no ${field}`);
  return child;
}

/** Replaces [start, end) of a text's bytes; later places first, so that none moves another. */
export function edit(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  let bytes = Buffer.from(text);
  for (const { start, end, text: put } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end))
    bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(put), bytes.subarray(end)]);
  return bytes.toString();
}

/** Line of a byte, from one. */
export const lineOf = (text: string, byte: number): number =>
  Buffer.from(text).subarray(0, byte).toString().split("\n").length;
