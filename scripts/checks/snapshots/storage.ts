import { type Compiled, compile, errorsOf, type StorageSlot } from "../solidity/compile.ts";
import { contractFiles } from "../solidity/contractFiles.ts";

const NOT_DEPLOYED = /^contracts\/(mocks|interfaces|testing|examples|libraries)\//;

type Layout = NonNullable<Compiled["storageLayout"]>;

/** "slot.offset label: type, bytes" of every variable of every deployed contract, members of structs below their owner. */
export function storageLayouts(): Readonly<Record<string, readonly string[]>> {
  const files = contractFiles().filter((file) => !NOT_DEPLOYED.test(file));
  const outputs = { "*": { "*": ["storageLayout"], "": ["ast"] } };
  const output = compile({ files, settings: { evmVersion: "cancun" }, outputs });
  const [first] = errorsOf(output);
  if (first !== undefined) throw new Error(first);

  const layouts: Record<string, readonly string[]> = {};
  for (const file of files) {
    const abstract = abstractNames(output.sources[file]?.ast);
    for (const [name, { storageLayout }] of Object.entries(output.contracts[file] ?? {})) {
      if (abstract.has(name) || storageLayout === undefined) continue;
      layouts[`${file}:${name}`] = storageLayout.storage.flatMap((slot) => linesOf(slot, storageLayout, ""));
    }
  }
  return layouts;
}

function linesOf(variable: StorageSlot, layout: Layout, indent: string): readonly string[] {
  const type = layout.types?.[variable.type];
  const line = `${indent}${variable.slot}.${variable.offset} ${variable.label}: ${type?.label}, ${type?.numberOfBytes} bytes`;
  return [line, ...(type?.members ?? []).flatMap((member) => linesOf(member, layout, `${indent}  `))];
}

/** Names of what a file declares but cannot be deployed. */
function abstractNames(tree: unknown): ReadonlySet<string> {
  const { nodes = [] } = (tree ?? {}) as { nodes?: { name?: string; abstract?: boolean; contractKind?: string }[] };
  const chosen = nodes.filter(({ abstract, contractKind }) => abstract === true || contractKind !== "contract");
  return new Set(chosen.map(({ name }) => name ?? ""));
}
