import type { Output, SyntaxNode } from "../solidity/compile.ts";
import { childOf, spanOf, walk } from "../solidity/syntax.ts";
import type { Mutant } from "./operators.ts";

/** Bytes of a source. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

const BODY_OWNERS = new Set(["FunctionDefinition", "ModifierDefinition"]);

/** Where constants are used. A constant has no statement of its own: a change of it shows where its value is written into the code. */
export class References {
  readonly #constants: readonly (Place & { readonly id: unknown; readonly isPublic: boolean })[];
  readonly #uses = new Map<unknown, (Place & { readonly inBody: boolean })[]>();

  constructor(trees: Output["sources"]) {
    const constants: (Place & { id: unknown; isPublic: boolean })[] = [];
    for (const [file, { ast }] of Object.entries(trees)) {
      walk(ast, (node, ancestors) => {
        const [start, end] = spanOf(node);
        if (node.nodeType === "VariableDeclaration" && node.constant === true)
          constants.push({ file, start, end, id: node.id, isPublic: node.visibility === "public" });
        const inBody = isInBody(node, ancestors);
        for (const id of referredTo(node))
          this.#uses.set(id, [...(this.#uses.get(id) ?? []), { file, start, end, inBody }]);
        return undefined;
      });
    }
    this.#constants = constants;
  }

  /** Where a mutant takes effect: itself, or the uses of the constant that it lies in; "everywhere" when that is no statement's. */
  of(mutant: Mutant): readonly Place[] | "everywhere" {
    if (mutant.change === "modifier removed") return "everywhere";
    const end = mutant.change === "statement removed" ? mutant.end - 1 : mutant.end; // points end before the semicolon
    const within = this.#constantAround({ ...mutant, end });
    return within === undefined ? [{ file: mutant.file, start: mutant.start, end }] : this.#usesOf(within.id);
  }

  #usesOf(id: unknown): readonly Place[] | "everywhere" {
    const places: Place[] = [];
    if (this.#constants.some((constant) => constant.id === id && constant.isPublic)) return "everywhere";
    for (const use of this.#uses.get(id) ?? []) {
      const outer = this.#constantAround(use);
      if (outer === undefined && !use.inBody) return "everywhere";
      const further = outer === undefined ? [use] : this.#usesOf(outer.id);
      if (further === "everywhere") return "everywhere";
      places.push(...further);
    }
    return places;
  }

  #constantAround({ file, start, end }: Place) {
    return this.#constants.find((each) => each.file === file && each.start <= start && end <= each.end);
  }
}

function referredTo(node: SyntaxNode): readonly unknown[] {
  if (node.nodeType === "InlineAssembly")
    return (node.externalReferences as readonly { readonly declaration: number }[]).map(
      ({ declaration }) => declaration,
    );
  return typeof node.referencedDeclaration === "number" ? [node.referencedDeclaration] : [];
}

function isInBody(node: SyntaxNode, ancestors: readonly SyntaxNode[]): boolean {
  const owner = ancestors.find(({ nodeType }) => BODY_OWNERS.has(nodeType));
  if (!owner?.body) return false;
  const [start, end] = spanOf(childOf(owner, "body"));
  const [from, to] = spanOf(node);
  return start <= from && to <= end;
}
