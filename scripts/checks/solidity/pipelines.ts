import { compile, errorsOf, type Output } from "./compile.ts";
import { contractFiles } from "./contractFiles.ts";

/** Quick to compile, and without the optimiser nothing of a change is folded away. */
const OLDER = { evmVersion: "cancun", optimizer: { enabled: false } };
/** Ten times slower; for functions with more parameters than the older pipeline's stack holds. */
const NEWER = { ...OLDER, viaIR: true };
const WANTED = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];

/** Files that the older pipeline refuses. */
export type Refused = ReadonlySet<string>;
type Texts = Readonly<Record<string, string>>;

/** Which files need the newer pipeline. @param replaced texts in place of files */
export function refusedFiles(replaced: Texts = {}): Refused {
  const files = contractFiles();
  if (errorsOf(compileFiles(files, replaced, OLDER)).length === 0) return new Set();
  return new Set(files.filter((file) => errorsOf(compileFiles([file], replaced, OLDER)).length > 0));
}

/** Compiles files, each in the pipeline that it needs; contracts of other files that they import are not among the results. */
export function compileEach(files: readonly string[], replaced: Texts, refused: Refused): Output {
  const groups = [
    [files.filter((file) => !refused.has(file)), OLDER],
    [files.filter((file) => refused.has(file)), NEWER],
  ] as const;
  const outputs = groups
    .filter(([group]) => group.length > 0)
    .map(([group, settings]) => compileFiles(group, replaced, settings));
  return {
    errors: outputs.flatMap(({ errors }) => errors),
    contracts: Object.assign({}, ...outputs.map(({ contracts }) => contracts)) as Output["contracts"],
    sources: {},
  };
}

function compileFiles(files: readonly string[], replaced: Texts, settings: Readonly<Record<string, unknown>>): Output {
  const outputs = Object.fromEntries(files.map((file) => [file, { "*": WANTED }]));
  return compile({ files, replaced, settings, outputs });
}
