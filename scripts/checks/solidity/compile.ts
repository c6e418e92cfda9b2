import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import solc from "solc";

/** One node of the compiler's syntax tree; `src` is "start:length:file" in bytes. */
export interface SyntaxNode {
  readonly nodeType: string;
  readonly src: string;
  readonly [field: string]: unknown;
}

export interface StorageSlot {
  readonly label: string;
  readonly offset: number;
  readonly slot: string;
  readonly type: string;
}

/** What the checks read of a compiled contract. */
export interface Compiled {
  readonly abi: readonly object[];
  readonly storageLayout?: {
    readonly storage: readonly StorageSlot[];
    readonly types: Readonly<
      Record<string, { readonly label: string; readonly numberOfBytes: string; readonly members?: StorageSlot[] }>
    > | null;
  };
  readonly evm: {
    readonly bytecode: { readonly object: string };
    readonly deployedBytecode: { readonly object: string };
  };
}

interface Message {
  readonly severity: string;
  readonly formattedMessage: string;
  readonly errorCode?: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number };
}

export interface Output {
  readonly errors: readonly Message[];
  readonly contracts: Readonly<Record<string, Readonly<Record<string, Compiled>>>>;
  readonly sources: Readonly<Record<string, { readonly ast: SyntaxNode }>>;
}

export interface Request {
  readonly files: readonly string[];
  /** Texts that take the place of files, or add to them. */
  readonly replaced?: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Text of a source by the name under which it is imported. */
export function sourceText(name: string): string | undefined {
  const path = [name, join("node_modules", name)].find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : readFileSync(path, "utf8");
}

/** Compiles with soljson.js of the npm package `solc`; nothing is downloaded. Errors are the caller's to look at. */
export function compile({ files, replaced = {}, settings, outputs }: Request): Output {
  const read = (name: string) => {
    const contents = replaced[name] ?? sourceText(name);
    return contents === undefined ? { error: `${name} is missing` } : { contents };
  };
  const sources = Object.fromEntries(
    files.map((name) => [name, { content: replaced[name] ?? sourceText(name) ?? "" }]),
  );
  const input = { language: "Solidity", sources, settings: { ...settings, outputSelection: outputs } };
  const answer = JSON.parse(solc.compile(JSON.stringify(input), { import: read })) as Partial<Output>; // the compiler's own
  return { errors: answer.errors ?? [], contracts: answer.contracts ?? {}, sources: answer.sources ?? {} };
}

export const errorsOf = (output: Output): readonly string[] =>
  output.errors.filter(({ severity }) => severity === "error").map(({ formattedMessage }) => formattedMessage);
