import { ConstantTable, collapseConstants } from "./constantRuns.ts";
import { type GeneratedBody, GeneratedTextError, readGeneratedText } from "./generatedText.ts";
import { splitBody } from "./prologue.ts";
import { rewriteLine } from "./rewriteLine.ts";
import { type BodyText, type BodyUse, shareBodies } from "./sharedBodies.ts";

/** A source file; `optimise` where its speed matters. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly optimise: boolean;
}

const LINES_PER_FILE = 6_000;
const PARAMETERS = "uint ctx_index,Calculation* ctx,Locals lvarGiven,[[maybe_unused]] const int* parameter";
const FUNCTION = "Calculation* ctx,Locals lvar,uint componentFather,FrElement* destination,int destination_size";

const rewritten = (body: GeneratedBody, table: ConstantTable): string[] =>
  collapseConstants(body.lines, table).flatMap((line) => rewriteLine(line, body.name) ?? []);

/** Declarations of a template's body, under the names that its statements use. */
const templateHead = ({ locals, expressions }: GeneratedBody): string =>
  [
    `Locals lvar(lvarGiven.from(0,${locals}),${locals});`,
    "[[maybe_unused]] FrElement* const circuitConstants = ctx->constants();",
    "[[maybe_unused]] const Locals signalValues = ctx->signalValues;",
    "[[maybe_unused]] const u64 mySignalStart = ctx->componentMemory[ctx_index].signalStart, myId = ctx_index;",
    "[[maybe_unused]] const Checked<u32> mySubcomponents = ctx->componentMemory[ctx_index].subcomponents;",
    "[[maybe_unused]] int cmp_index_ref_load = -1;",
    `[[maybe_unused]] FrElement expaux[${Math.max(1, expressions)}];`,
  ].join("\n");

const functionHead = ({ expressions }: GeneratedBody): string =>
  [
    "[[maybe_unused]] FrElement* const circuitConstants = ctx->constants();",
    "[[maybe_unused]] const u64 myId = componentFather;",
    `FrElement expaux[${Math.max(1, expressions)}];`,
  ].join("\n");

/** Cuts definitions into files of about as many lines. */
function filesOf(definitions: readonly string[], kind: string, optimise: boolean): SourceFile[] {
  const files: SourceFile[] = [];
  let pending: string[] = [];
  let lines = 0;
  const flush = (): void => {
    if (pending.length === 0) return;
    const name = `${kind}${files.length}.cpp`;
    files.push({ name, text: `#include "program.hpp"\n${namespaced(pending.join("\n"))}`, optimise });
    pending = [];
    lines = 0;
  };
  for (const text of definitions) {
    pending.push(text);
    lines += text.split("\n").length;
    if (lines >= LINES_PER_FILE) flush();
  }
  flush();
  return files;
}

const namespaced = (text: string): string => `namespace homeostat {\n${text}\n}\n`;
/**
 * The sources of a witness library, from circom's C++. Templates that differ only in constants share a function.
 * @param generated what circom wrote with --c
 * @param datPath its .dat file, which goes into the library
 * @param runtime folder of the runtime's headers
 * @throws {GeneratedTextError} when the text is not as this version knows it
 */
export function witnessSources(generated: string, datPath: string, runtime: string): SourceFile[] {
  const program = readGeneratedText(generated);
  const size = (name: string): number => {
    const value = program.sizes.get(`get_${name}`);
    if (value === undefined) throw new GeneratedTextError("a size is missing", name);
    return value;
  };
  const table = new ConstantTable();
  const splits = program.templates.map((template) => ({
    template,
    head: templateHead(template),
    ...splitBody(rewritten(template, table), template.locals),
  }));
  const shared = (kind: "rest" | "prologue") =>
    shareBodies(splits.map(({ head, [kind]: lines }) => ({ head, text: lines.join("\n") })));
  const bodies = shared("rest");
  const prologues = shared("prologue");
  const arrays: string[] = [];
  const arrayOf = (type: string, items: readonly string[]): string => {
    if (items.length === 0) return "nullptr";
    arrays.push(`static const ${type} ARRAY${arrays.length}[] = {${items.join()}};`);
    return `ARRAY${arrays.length - 1}`;
  };
  const rows = splits.map(({ template, written }, id) => {
    const code = (kind: string, use: BodyUse | undefined): string =>
      `{${kind}${use?.index},${arrayOf("int", (use?.parameters ?? []).map(String))}}`;
    const ranges = written.map(({ first, count }) => `{${first},${count}}`);
    const { name, inputs, subcomponents, locals } = template;
    return [
      `{"${name}"`,
      code("prologue", prologues.uses[id]),
      code("body", bodies.uses[id]),
      inputs,
      subcomponents,
      locals,
      arrayOf("Range", ranges),
      `${ranges.length}}`,
    ].join();
  });
  const functions = program.functions.map(
    (each) => `void ${each.symbol}(${FUNCTION}){\n${functionHead(each)}\n${rewritten(each, table).join("\n")}\n}`,
  );
  const names = (kind: string, texts: readonly BodyText[]) =>
    texts.map((_, index) => `void ${kind}${index}(${PARAMETERS})`);
  const definitions = (kind: string, texts: readonly BodyText[]) =>
    names(kind, texts).map((name, index) => `${name}{\n${texts[index]?.head}\n${texts[index]?.text}\n}`);
  const header = [
    "#pragma once",
    `#include "${runtime}/calculation.hpp"`,
    "namespace homeostat {",
    "extern const u32 CONSTANT_PLACES[];",
    ...program.functions.map(({ symbol }) => `void ${symbol}(${FUNCTION});`),
    ...names("body", bodies.functions).map((name) => `${name};`),
    ...names("prologue", prologues.functions).map((name) => `${name};`),
    "}",
  ].join("\n");
  const circuit = [
    `extern const u32 CONSTANT_PLACES[] = {${[...table.places, 0].join()}};`,
    ...arrays,
    `static const Template TEMPLATES[] = {\n${rows.join(",\n")}};`,
    `asm(".section .rodata\\n.balign 8\\nhomeostatDat: .incbin \\"${datPath}\\"\\nhomeostatDatEnd:\\n.previous");`,
    'extern "C" { extern const unsigned char homeostatDat[] __attribute__((visibility("hidden")));',
    'extern const unsigned char homeostatDatEnd[] __attribute__((visibility("hidden"))); }',
    `const Circuit& circuit() { static const Circuit all = {TEMPLATES,${program.mainTemplate},${size("total_signal_no")},`,
    `${size("main_input_signal_start")},${size("main_input_signal_no")},${size("number_of_components")},`,
    `{${size("size_of_input_hashmap")},${size("size_of_witness")},${size("size_of_constants")},${size("size_of_io_map")},${program.templates.length}},`,
    "{homeostatDat,std::size_t(homeostatDatEnd-homeostatDat)}}; return all; }",
  ].join("\n");
  return [
    { name: "program.hpp", text: header, optimise: false },
    {
      name: "circuit.cpp",
      text: `#include "program.hpp"\n#include "${runtime}/exports.hpp"\n${namespaced(circuit)}`,
      optimise: false,
    },
    ...filesOf(definitions("body", bodies.functions), "bodies", true),
    ...filesOf(functions, "functions", true),
    ...filesOf(definitions("prologue", prologues.functions), "prologues", false),
  ];
}
