/** JSON that a snapshot consists of. */
export type Snapshot = { readonly [key: string]: Snapshot } | readonly (string | number)[] | string | number;

/** Where two snapshots differ: "path: kept -> found", one a line. */
export function differences(kept: Snapshot | undefined, found: Snapshot | undefined, path = ""): readonly string[] {
  if (isTree(kept) && isTree(found)) {
    const keys = [...new Set([...Object.keys(kept), ...Object.keys(found)])].sort();
    return keys.flatMap((key) => differences(kept[key], found[key], path === "" ? key : `${path} > ${key}`));
  }
  const [before, after] = [JSON.stringify(kept) ?? "nothing", JSON.stringify(found) ?? "nothing"];
  return before === after ? [] : [`${path === "" ? "everything" : path}: ${before} -> ${after}`];
}

const isTree = (snapshot: Snapshot | undefined): snapshot is { readonly [key: string]: Snapshot } =>
  typeof snapshot === "object" && !Array.isArray(snapshot);
