import type { Addon } from "./addon.ts";
import { type KnownProof, knownProof } from "./knownProof.ts";
import type { LevelName } from "./levelName.ts";

const POWER = 8; // the transform's layers over the whole, and its quarters, in lanes
const VARIABLES = 40; // more than a batch of sixteen lanes, with a rest
const THREADS = 2;

async function proves(addon: Addon, level: LevelName, known: KnownProof): Promise<boolean> {
  const key = await addon.loadKey(known.zkey, level);
  const proof = await addon.prove(key, known.wtns, THREADS, known.blinding).promise;
  return (
    Buffer.compare(proof.points, known.points) === 0 && Buffer.compare(proof.publicSignals, known.publicSignals) === 0
  );
}

/**
 * The fastest level that makes a proof as it must be: transforms, sums in both groups, blinding. @noble/curves, and the
 * logarithms of the key's points, say how it must be. Every proof is verified besides.
 * @returns null when none does
 */
export async function trustedLevel(addon: Addon): Promise<LevelName | null> {
  const known = knownProof(POWER, VARIABLES);
  for (const level of addon.levels()) if (await proves(addon, level, known)) return level;
  return null;
}
