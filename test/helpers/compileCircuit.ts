import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { wrapTemplate } from "./wrapTemplate.ts";

const run = promisify(execFile);
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const CACHE = join(ROOT, "build/test-circuits");
const COMPILER = join(ROOT, "node_modules/circom2/cli.js");

/** What to compile: a template of circuits/, wrapped so that its inputs carry the tags it wants. */
export type CircuitSource = {
  /** path under circuits/, for instance "lib/AssertUint.circom" */
  readonly file: string;
  /** defaults to the file's name */
  readonly template?: string;
  readonly parameters?: readonly (number | bigint)[];
  /** width in bits that the wrapper claims, unchecked, for a tagged input (tag maxbit or maxabs) */
  readonly tags?: Readonly<Record<string, number>>;
  /** instead of the generated wrapper: a whole circuit, with includes as seen from the folder of `file` */
  readonly text?: string;
};

/** Paths of a compiled circuit; `bareR1cs` is the one whose constraints are counted. */
export type CompiledCircuit = {
  readonly r1cs: string;
  readonly wasm: string;
  readonly sym: string;
  readonly bareR1cs: string;
};

type CompilerOutput = Omit<CompiledCircuit, "bareR1cs">;

let queue: Promise<unknown> = Promise.resolve();

/**
 * Compiles a wrapped template at -O2, one compilation at a time; the same sources are compiled once. Inputs are public
 * where witnesses are judged, so that the optimiser cannot drop an input with the only constraint that reads it; the
 * constraints are counted with private inputs, as they are inside a circuit.
 */
export async function compileCircuit(source: CircuitSource): Promise<CompiledCircuit> {
  const entry = join(ROOT, "circuits", source.file);
  if (source.text !== undefined) return counted(await enqueue(source.text, entry));
  const circom = readFileSync(entry, "utf8");
  const judged = await enqueue(wrapTemplate(source, circom, "public"), entry);
  const bare = await enqueue(wrapTemplate(source, circom, "private"), entry);
  return { ...judged, bareR1cs: bare.r1cs };
}

/** Compiles an instance of circuits/main as it is. */
export async function compileMain(file: string, level: 0 | 2 = 2): Promise<CompiledCircuit> {
  const path = join(ROOT, "circuits/main", file);
  return counted(await enqueue(readFileSync(path, "utf8"), path, level));
}

function counted(output: CompilerOutput): CompiledCircuit {
  return { ...output, bareR1cs: output.r1cs };
}

function enqueue(text: string, entry: string, level: 0 | 2 = 2): Promise<CompilerOutput> {
  const next = queue.then(() => compile(text, entry, level));
  queue = next.catch(() => undefined);
  return next;
}

async function compile(text: string, entry: string, level: 0 | 2): Promise<CompilerOutput> {
  const digest = createHash("sha256").update(text);
  if (level !== 2) digest.update(`O${level}`);
  for (const path of sourcesOf(entry, text).sort()) digest.update(readFileSync(path));
  const folder = join(CACHE, digest.digest("hex").slice(0, 24));
  const result = {
    r1cs: join(folder, "main.r1cs"),
    wasm: join(folder, "main_js/main.wasm"),
    sym: join(folder, "main.sym"),
  };
  if (existsSync(folder)) return result;

  const scratch = `${folder}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, "main.circom"), relocate(text, entry, scratch));
  const options = ["--r1cs", "--wasm", "--sym", `--O${level}`, "-l", "node_modules"];
  const input = relative(ROOT, join(scratch, "main.circom"));
  try {
    await run(process.execPath, [COMPILER, input, ...options, "-o", relative(ROOT, scratch)], {
      cwd: ROOT,
      maxBuffer: 1 << 26,
    });
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

/** Rewrites the relative includes of `text`, written for the folder of `entry`, for another folder. */
function relocate(text: string, entry: string, folder: string): string {
  return text.replace(
    /include "(\.[^"]*)"/g,
    (_, path: string) => `include "${relative(folder, resolve(dirname(entry), path))}"`,
  );
}

/** Every file of the project that the text of a circuit, written for the folder of `entry`, includes. */
function sourcesOf(entry: string, text: string, seen = new Set<string>()): string[] {
  for (const [, include = ""] of text.matchAll(/include "(\.[^"]*)"/g)) {
    const path = resolve(dirname(entry), include);
    if (seen.has(path)) continue;
    seen.add(path);
    sourcesOf(path, readFileSync(path, "utf8"), seen);
  }
  return [...seen];
}
