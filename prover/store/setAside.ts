import { existsSync, renameSync } from "node:fs";

/**
 * Moves a database out of the way, so that a new one can be built from the chain; keeps it for whoever wants to look.
 * @returns its new path
 */
export function setAside(path: string): string {
  let target = `${path}.corrupt`;
  for (let copy = 1; existsSync(target); copy++) target = `${path}.corrupt-${copy}`;
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}
