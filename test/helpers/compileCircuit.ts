import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const CACHE = join(ROOT, "build/test-circuits");
const COMPILER = join(ROOT, "node_modules/circom2/cli.js");
/** 1: the compiled witness program does not stop at a broken `===`, so the harness sees what the constraints alone refuse. */
const SANITY_CHECK = "0";

/** What to compile: a template of circuits/, wrapped so that its inputs carry the tags it wants. */
export type CircuitSource = {
  /** path under circuits/, for instance "lib/AssertUint.circom" */
  readonly file: string;
  /** defaults to the file's name */
  readonly template?: string;
  readonly parameters?: readonly (number | bigint)[];
  /** width in bits that the wrapper claims, unchecked, for a tagged input (tag maxbit or maxabs) */
  readonly tags?: Readonly<Record<string, number>>;
};

export type CompiledCircuit = { readonly r1cs: string; readonly wasm: string; readonly sym: string };

let queue: Promise<unknown> = Promise.resolve();

/** Compiles a wrapped template at -O2, one compilation at a time; the same sources are compiled once. */
export function compileCircuit(source: CircuitSource): Promise<CompiledCircuit> {
  const text = wrap(source);
  return enqueue(text, join(ROOT, "circuits", source.file));
}

/** Compiles an instance of circuits/main as it is. */
export function compileMain(file: string): Promise<CompiledCircuit> {
  const path = join(ROOT, "circuits/main", file);
  return enqueue(readFileSync(path, "utf8"), path);
}

function enqueue(text: string, entry: string): Promise<CompiledCircuit> {
  const next = queue.then(() => compile(text, entry));
  queue = next.catch(() => undefined);
  return next;
}

async function compile(text: string, entry: string): Promise<CompiledCircuit> {
  const digest = createHash("sha256").update(text).update(SANITY_CHECK);
  for (const path of sourcesOf(entry).sort()) digest.update(readFileSync(path));
  const folder = join(CACHE, digest.digest("hex").slice(0, 24));
  const result = { r1cs: join(folder, "main.r1cs"), wasm: join(folder, "main_js/main.wasm"), sym: join(folder, "main.sym") };
  if (existsSync(folder)) return result;

  const scratch = `${folder}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, "main.circom"), relocate(text, entry, scratch));
  const options = ["--r1cs", "--wasm", "--sym", "--O2", "--sanity_check", SANITY_CHECK, "-l", "node_modules"];
  const input = relative(ROOT, join(scratch, "main.circom"));
  try {
    await run(process.execPath, [COMPILER, input, ...options, "-o", relative(ROOT, scratch)], { cwd: ROOT, maxBuffer: 1 << 26 });
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string }; // shape of execFile's rejection
    throw new CircuitCompileError(entry, `${stdout ?? ""}${stderr ?? ""}`);
  }
  if (existsSync(folder)) rmSync(scratch, { recursive: true });
  else renameSync(scratch, folder);
  return result;
}

export class CircuitCompileError extends Error {
  override readonly name = "CircuitCompileError";
  readonly code = "CIRCUIT_COMPILE";
  readonly file: string;
  constructor(file: string, output: string) {
    super(`${file} does not compile:\n${output}`);
    this.file = file;
  }
}

/** A main component around the template: same inputs and outputs, tags claimed without a check. */
function wrap({ file, template, parameters = [], tags = {} }: CircuitSource): string {
  const name = template ?? file.replace(/^.*\/|\.circom$/g, "");
  const source = readFileSync(join(ROOT, "circuits", file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const [, names = "", body = ""] = new RegExp(`template\\s+${name}\\(([^)]*)\\)\\s*\\{([\\s\\S]*?)\\n\\}`).exec(source) ?? [];
  const lines: string[] = [];
  for (const [, direction, tag, list] of body.matchAll(/signal (input|output)\s*(\{[^}]*\})?\s*([^;]*);/g)) {
    for (const [, signal, size = ""] of list!.split("<==")[0]!.matchAll(/(\w+)((?:\[[^\]]*\])*)\s*(?:,|$)/g)) {
      if (direction === "output") lines.push(`signal output ${signal}${size} <== inner.${signal};`);
      else if (tag === undefined) lines.push(`signal input ${signal}${size}; inner.${signal} <== ${signal};`);
      else {
        const claim = /maxbit|maxabs/.exec(tag)?.[0];
        const width = tags[signal!] ?? tags["*"];
        if (width === undefined) throw new RangeError(`${file}: no tag width given for input ${signal}`);
        lines.push(`signal input ${signal}${size}; signal {${claim}} ${signal}_${size}; ${signal}_.${claim} = ${width};`);
        lines.push(`${signal}_ <== ${signal}; inner.${signal} <== ${signal}_;`);
      }
    }
  }
  const inputsFirst = [...lines.filter((line) => !line.startsWith("signal output")), ...lines.filter((line) => line.startsWith("signal output"))];
  return [
    "pragma circom 2.2.0;",
    `include "./${file.replace(/^.*\//, "")}";`,
    `template Main(${names}) {`,
    `component inner = ${name}(${names});`,
    ...inputsFirst,
    "}",
    `component main = Main(${parameters.join(", ")});`,
  ].join("\n");
}

/** Rewrites the relative includes of `text`, written for the folder of `entry`, for another folder. */
function relocate(text: string, entry: string, folder: string): string {
  return text.replace(/include "(\.[^"]*)"/g, (_, path: string) => `include "${relative(folder, resolve(dirname(entry), path))}"`);
}

function sourcesOf(entry: string, seen = new Set<string>()): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  for (const [, path] of readFileSync(entry, "utf8").matchAll(/include "(\.[^"]*)"/g)) sourcesOf(resolve(dirname(entry), path!), seen);
  return [...seen];
}
