/**
 * A cache of build steps. A step's result is a directory whose name is the digest of its inputs. It is made under a
 * temporary name and renamed when complete, so that a build killed at any moment leaves nothing half-done behind,
 * and of two builds that make the same thing at once, one renames and the other finds it there.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestFile } from "./digest.ts";

export interface FileRecord {
  readonly sha256: string;
  readonly bytes: number;
}

export interface Stage {
  readonly directory: string;
  /** By file name. */
  readonly files: Readonly<Record<string, FileRecord>>;
  readonly cached: boolean;
}

const RECORD = "stage.json";
const TEMPORARY = ".building-";
const TEMPORARY_LIFE_MS = 3_600_000; // longer than any single step
const STAGE_LIFE_MS = 86_400_000; // an older result may still be in use by a running prover

async function describeFiles(directory: string, names: readonly string[]): Promise<Record<string, FileRecord>> {
  const records = [...names].sort().map(async (name) => {
    const path = join(directory, name);
    return [name, { sha256: await digestFile(path), bytes: (await stat(path)).size }] as const;
  });
  return Object.fromEntries(await Promise.all(records));
}

/**
 * The stage in a directory, or undefined when it is absent, or any file differs from what was made. What others put beside its
 * files, such as the tables of a key, is theirs.
 */
async function readStage(directory: string, inputs: string): Promise<Stage | undefined> {
  try {
    const record = await readFile(join(directory, RECORD), "utf8");
    const { files: made = {} } = JSON.parse(record) as Partial<Stage>; // as recordText writes it; compared below
    const files = await describeFiles(directory, Object.keys(made));
    return record === recordText(inputs, files) ? { directory, files, cached: true } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function recordText(inputs: string, files: Readonly<Record<string, FileRecord>>): string {
  return `${JSON.stringify({ inputs, files }, null, 2)}\n`;
}

/** @throws {RangeError} when the stage holds no such file */
export function recordOf(stage: Stage, fileName: string): FileRecord {
  const record = stage.files[fileName];
  if (record === undefined) throw new RangeError(`${stage.directory} holds no ${fileName}`);
  return record;
}

async function removeOld(parent: string, prefix: string, keep: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const temporary = name.startsWith(TEMPORARY);
    if (!temporary && (!name.startsWith(prefix) || name === keep)) continue;
    const path = join(parent, name);
    const modified = await stat(path)
      .then((found) => found.mtimeMs)
      .catch(() => Date.now()); // gone: another build removed it
    const life = temporary ? TEMPORARY_LIFE_MS : STAGE_LIFE_MS;
    if (Date.now() - modified > life) await rm(path, { recursive: true, force: true });
  }
}

/**
 * The result of a step: from the cache, or made now.
 * @param parent directory of all stages of one circuit; created when absent
 * @param inputs digest of everything that the result depends on, hex
 * @param make fills the empty directory that it is given; flat, no sub-directories left
 */
export async function buildStage(
  parent: string,
  name: string,
  inputs: string,
  make: (directory: string) => Promise<void>,
): Promise<Stage> {
  const finalName = `${name}-${inputs.slice(0, 16)}`;
  const directory = join(parent, finalName);
  const found = await readStage(directory, inputs);
  if (found !== undefined) return found;

  const temporary = join(parent, `${TEMPORARY}${name}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  try {
    await removeOld(parent, `${name}-`, finalName);
    await make(temporary);
    const files = await describeFiles(temporary, await readdir(temporary));
    await writeFile(join(temporary, RECORD), recordText(inputs, files));
    for (;;) {
      try {
        await rename(temporary, directory);
        return { directory, files, cached: false };
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
        const theirs = await readStage(directory, inputs);
        if (theirs !== undefined) return theirs;
        await setAside(directory, join(parent, `${TEMPORARY}damaged-${randomUUID()}`));
      }
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Takes a damaged result out of the way. That another build did it first is as good. */
async function setAside(directory: string, to: string): Promise<void> {
  try {
    await rename(directory, to);
    await rm(to, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Writes a file whole or not at all; leaves it untouched when it already has this content. */
export async function writeFileAtomically(path: string, content: string, temporaryDirectory: string): Promise<void> {
  const current = await readFile(path, "utf8").catch(() => undefined);
  if (current === content) return;
  const temporary = join(temporaryDirectory, `${TEMPORARY}file-${randomUUID()}`);
  await writeFile(temporary, content);
  await rename(temporary, path);
}
