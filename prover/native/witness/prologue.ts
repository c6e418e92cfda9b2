import { GeneratedTextError } from "./generatedText.ts";

/** A range of local variables. */
export interface LocalRange {
  readonly first: number;
  readonly count: number;
}

/** A template's statements, apart: those that no input and no signal reaches, and the rest. */
export interface SplitBody {
  readonly prologue: readonly string[];
  readonly rest: readonly string[];
  /** Local variables that the rest may write, ascending and apart. */
  readonly written: readonly LocalRange[];
}

const REACHED = /signalValues|mySubcomponents|mySignalStart|ctx_index|cmp_index|ctx->|aux_create/;
const FILL = /^fill\(ctx,lvar,(\d+),[^,]+,(\d+)\);$/;
const DESTINATION = /^PFrElement aux_dest = &lvar\[(.+)\];/;
const COPY = /^Fr_copy(?:n)?\(aux_dest,.*?(?:\],(\d+))?\);/;
const CALL = /^\w+\(ctx,lvarcall,myId,&lvar\[(.+)\],(\d+)\);/;
const DIRECT = /^Fr_\w+\(&lvar\[/;

/** Statements at the outermost level: single lines up to and with the block that they lead to. */
function* statementsOf(lines: readonly string[]): Generator<readonly string[]> {
  let current: string[] = [];
  let depth = 0;
  for (const line of lines) {
    current.push(line);
    if (line === "{{" || line === "}}") continue; // around a condition's value: balanced, and leads to a block
    for (const character of line.split("//")[0] ?? "") depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    if (depth !== 0 || !(line.startsWith("}") || FILL.test(line))) continue;
    yield current;
    current = [];
  }
  if (current.length > 0) yield current;
}

/** Where an index expression of circom's may lead: it ends with "+ base)" of its array, and adds no less. */
function rangeOf(index: string, count: number, locals: number): LocalRange {
  if (/^\d+$/.test(index)) return { first: Number(index), count };
  const [, base] = /\+ (\d+)\)$/.exec(index) ?? [];
  const first = Number(base ?? 0);
  return { first, count: locals - first };
}

function* writesOf(lines: readonly string[], locals: number): Generator<LocalRange> {
  for (const [at, line] of lines.entries()) {
    const [, filled, count] = FILL.exec(line) ?? [];
    if (filled !== undefined) yield { first: Number(filled), count: Number(count) };
    const [, called, results] = CALL.exec(line) ?? [];
    if (called !== undefined) yield rangeOf(called, Number(results), locals);
    const [, stored] = DESTINATION.exec(line) ?? [];
    if (stored !== undefined) {
      const copy = lines.slice(at).find((each) => each.includes("(aux_dest,")) ?? "";
      const matched = COPY.exec(copy);
      if (matched === null) throw new GeneratedTextError("a store", copy);
      yield rangeOf(stored, copy.startsWith("Fr_copyn") ? Number(matched[1] ?? locals) : 1, locals);
    } else if (DIRECT.test(line)) throw new GeneratedTextError("a write to a local variable", line);
  }
}

function merge(ranges: readonly LocalRange[], locals: number): LocalRange[] {
  const written = new Uint8Array(locals);
  for (const { first, count } of ranges) written.fill(1, first, first + count);
  const out: LocalRange[] = [];
  for (let at = 0; at < locals; at++) {
    if (written[at] === 0) continue;
    const first = at;
    while (at < locals && written[at] === 1) at++;
    out.push({ first, count: at - first });
  }
  return out;
}

/**
 * Takes what is the same in every run out of a template's statements: tables of constants, their copies, calls of functions
 * on constants. The prologue ends at the first statement that touches a signal; statements that create components, which
 * touch no local variable, stay in the rest and do not end it.
 */
export function splitBody(lines: readonly string[], locals: number): SplitBody {
  const prologue: string[] = [];
  const rest: string[] = [];
  let constant = true;
  for (const statement of statementsOf(lines)) {
    const creates =
      statement.some((line) => line.includes("ctx->create(")) && !statement.some((line) => line.includes("lvar"));
    if (constant && !creates && statement.some((line) => REACHED.test(line))) constant = false;
    (constant && !creates ? prologue : rest).push(...statement);
  }
  return { prologue, rest, written: merge([...writesOf(rest, locals)], locals) };
}
