import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const [INODE, PATH] = [6, 7]; // columns of /proc/net/unix

function openFiles(processId: number): readonly string[] {
  const folder = `/proc/${processId}/fd`;
  try {
    return readdirSync(folder).flatMap((file) => {
      try {
        return readlinkSync(`${folder}/${file}`);
      } catch {
        return []; // it was closed meanwhile
      }
    });
  } catch {
    return []; // the process has ended
  }
}

/** The abstract Unix addresses that a process has; none when it has ended. */
export function heldNames(processId: number): readonly string[] {
  const lines = readFileSync("/proc/net/unix", "latin1").split("\n");
  const files = new Set(openFiles(processId));
  return lines
    .map((line) => line.trim().split(/ +/))
    .filter((fields) => fields[PATH]?.startsWith("@") && files.has(`socket:[${fields[INODE]}]`))
    .map((fields) => fields[PATH]!.slice(1));
}

/** How many of the machine's processors a process holds. */
export const heldCores = (processId: number): number =>
  heldNames(processId).filter((name) => /^homeostat\.core\.\d+$/.test(name)).length;
