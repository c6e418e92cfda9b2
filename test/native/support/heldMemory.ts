import { readdirSync, readlinkSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Addon, LiveMemory } from "../../../prover/native/addon.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void; // what the flag adds to a context
const ROUNDS = 4; // finalizers run some turns of the loop after a collection, and may let go of more

function openSockets(): number {
  const folder = "/proc/self/fd";
  return readdirSync(folder).filter((file) => {
    try {
      return readlinkSync(`${folder}/${file}`).startsWith("socket:");
    } catch {
      return false; // the folder's own, closed meanwhile
    }
  }).length;
}

/** What the addon holds when all is collected that nobody refers to, and this process's sockets: each held processor has one. */
export async function heldMemory(addon: Addon): Promise<LiveMemory & { readonly sockets: number }> {
  for (let round = 0; round < ROUNDS; round++) {
    collect();
    await turn();
    await turn();
  }
  return { ...addon.liveMemory(), sockets: openSockets() };
}
