import { readdirSync, readFileSync } from "node:fs";

/** Threads of a process that have this name in the system's list. */
export function threadsNamed(name: string, processId: number): number {
  const folder = `/proc/${processId}/task`;
  return readdirSync(folder).filter((thread) => {
    try {
      return readFileSync(`${folder}/${thread}/comm`, "utf8").trim() === name;
    } catch {
      return false; // it ended meanwhile
    }
  }).length;
}

/** Stops a process, and returns when none of its threads runs any more: the signal alone does not wait for that. */
export function standStill(processId: number): void {
  process.kill(processId, "SIGSTOP");
  const folder = `/proc/${processId}/task`;
  const stopped = (thread: string): boolean => {
    try {
      return /\) [TtZX] /.test(readFileSync(`${folder}/${thread}/stat`, "latin1"));
    } catch {
      return true; // it ended meanwhile
    }
  };
  while (!readdirSync(folder).every(stopped));
}

/** How many threads of some processes prove, seen while all of them stand still. */
export function provingThreads(processIds: readonly number[]): number {
  for (const processId of processIds) standStill(processId);
  try {
    const of = (processId: number) =>
      threadsNamed("homeostat-proof", processId) + threadsNamed("homeostat-core", processId);
    return processIds.reduce((sum, processId) => sum + of(processId), 0);
  } finally {
    for (const processId of processIds) process.kill(processId, "SIGCONT");
  }
}
