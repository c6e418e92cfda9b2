import { ProverError } from "../../errors.ts";

/** circom's C++ has a shape that this version does not know: the wasm calculator stays in use. */
export class GeneratedTextError extends ProverError {
  override readonly name = "GeneratedTextError";
  readonly code = "GENERATED_TEXT";
  constructor(what: string, line: string) {
    super(`circom's C++ is not understood: ${what}: ${line.slice(0, 200)}`);
  }
}

/** A function that circom's C++ defines: of a circuit's template with its parameters, or of a circom function. */
export interface GeneratedBody {
  /** Its name in C++. */
  readonly symbol: string;
  /** Its name in circom. */
  readonly name: string;
  /** Places for intermediate results. */
  readonly expressions: number;
  /** Local variables; 0 for a function, whose caller provides them. */
  readonly locals: number;
  /** Statements, without the declarations before and the releases after them. */
  readonly lines: readonly string[];
}

export interface GeneratedTemplate extends GeneratedBody {
  /** Input signals. */
  readonly inputs: number;
  readonly subcomponents: number;
}

export interface GeneratedText {
  /** What `get_size_of_witness()` and its like return, by name. */
  readonly sizes: ReadonlyMap<string, number>;
  /** By template id. */
  readonly templates: readonly GeneratedTemplate[];
  readonly functions: readonly GeneratedBody[];
  readonly mainTemplate: number;
}

const SIZE = /^uint (get_\w+)\(\) \{return (\d+);\}$/;
const CREATE = /^void (\w+)_create\(.*\)\{$/;
const RUN = /^void (\w+)_run\(uint ctx_index,Circom_CalcWit\* ctx\)\{$/;
const FUNCTION =
  /^void (\w+)\(Circom_CalcWit\* ctx,FrElement\* lvar,uint componentFather,FrElement\* destination,int destination_size\)\{$/;
const MAIN = /^\w+_(\d+)_create\(1,0,ctx,"main",0\);$/;
const IGNORED = /^(#include .*|\/\/.*|void .*;|\w+_run,|\w+_run \};|NULL,|NULL \};|Circom_TemplateFunction .*\{ ?)$/;
/** What a body declares before its first statement; none of it is needed but the two arrays' sizes. */
const DECLARATION =
  /^(FrElement\* (circuitConstants|signalValues) = |std::string\*? \w+ = |u64 my\w+ = |u32\* mySubcomponents = |bool\* mySub|uint sub_component_aux;|uint index_multiple_eq;|int cmp_index_ref_load = -1;|FrElement (expaux|lvar)\[\d+\];$)/;
const ARRAY = /^FrElement (expaux|lvar)\[(\d+)\];$/;
const RELEASES = 8; // lines after the last statement of a template, with the brace that ends it

const depthOf = (line: string): number => {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 123) depth++;
    else if (code === 125) depth--;
  }
  return depth;
};

function bodyOf(symbol: string, name: string, lines: readonly string[], releases: number): GeneratedBody {
  const sizes = new Map<string, number>();
  let first = 0;
  for (; DECLARATION.test(lines[first] ?? ""); first++) {
    const [, array, size] = ARRAY.exec(lines[first] ?? "") ?? [];
    if (array !== undefined) sizes.set(array, Number(size));
  }
  const statements = lines.slice(first, lines.length - releases);
  return { symbol, name, expressions: sizes.get("expaux") ?? 0, locals: sizes.get("lvar") ?? 0, lines: statements };
}

/** Reads what circom wrote with --c. @throws {GeneratedTextError} */
export function readGeneratedText(text: string): GeneratedText {
  const lines = text.split("\n");
  const sizes = new Map<string, number>();
  const created = new Map<string, { id: number; name: string; inputs: number; subcomponents: number }>();
  const templates: GeneratedTemplate[] = [];
  const functions: GeneratedBody[] = [];
  let mainTemplate = -1;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, sizeName, size] = SIZE.exec(line) ?? [];
    if (sizeName !== undefined) {
      sizes.set(sizeName, Number(size));
      continue;
    }
    if (line === "" || IGNORED.test(line)) continue;
    const first = at + 1;
    for (let depth = depthOf(line); depth > 0; ) depth += depthOf(lines[++at] ?? "}");
    const body = lines.slice(first, at + 1);
    const [, creating] = CREATE.exec(line) ?? [];
    const [, running] = RUN.exec(line) ?? [];
    const [, called] = FUNCTION.exec(line) ?? [];
    if (creating !== undefined) created.set(creating, readCreate(line, body));
    else if (running !== undefined) {
      const shape = created.get(running);
      if (shape === undefined) throw new GeneratedTextError("a template that is never created", line);
      templates[shape.id] = { ...shape, ...bodyOf(running, shape.name, body, RELEASES) };
    } else if (called !== undefined) functions.push(bodyOf(called, called.replace(/_\d+$/, ""), body, 1));
    else if (line === "void run(Circom_CalcWit* ctx){") mainTemplate = Number(MAIN.exec(body[0] ?? "")?.[1] ?? -1);
    else if (!line.startsWith("void release_memory_component(")) throw new GeneratedTextError("a definition", line);
  }
  if (templates[mainTemplate] === undefined) throw new GeneratedTextError("no main component", text.slice(-200));
  return { sizes, templates, functions, mainTemplate };
}

function readCreate(line: string, body: readonly string[]) {
  const text = body.join("\n");
  const [, id] = /templateId = (\d+);/.exec(text) ?? [];
  const [, name] = /templateName = "(\w+)";/.exec(text) ?? [];
  const [, inputs] = /inputCounter = (\d+);/.exec(text) ?? [];
  const [, subcomponents] = /subcomponents = new uint\[(\d+)\](?:\{0\})?;/.exec(text) ?? [];
  if (id === undefined || name === undefined || text.includes("subcomponentsParallel"))
    throw new GeneratedTextError("a component", line);
  return { id: Number(id), name, inputs: Number(inputs ?? 0), subcomponents: Number(subcomponents ?? 0) };
}
