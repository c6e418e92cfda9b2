import type { NativeHasher } from "./nativeHasher.ts";

/** circomlib's Poseidon of 1, of 1 and 2, ..., of 1 to 16. */
export const KNOWN_HASHES: readonly bigint[] = [
  0x29176100eaa962bdc1fe6c654d6a3c130e96a4d1168b33848b897dc502820133n,
  0x115cc0f5e7d690413df64c6b9662e9cf2a3617f2743245519e19607a4417189an,
  0x0e7732d89e6939c0ff03d5e58dab6302f3230e269dc5b968f725df34ab36d732n,
  0x299c867db6c1fdd79dcefa40e4510b9837e60ebb1ce0663dbaa525df65250465n,
  0x0dab9449e4a1398a15224c0b15a49d598b2174d305a316c918125f8feeb123c0n,
  0x2d1a03850084442813c8ebf094dea47538490a68b05f2239134a4cca2f6302e1n,
  0x1c2f3482dbb140c4ebb9ada49abdbc374a9a85fcfc6533ec2e9df45b4921c318n,
  0x2921ab9bd0140cbc98e40395c0fefb40337a4d54fbbecd9a4d43b3d8d0c4d8d1n,
  0x1e0b893aa2ad802275e749d260330b7675b22bb3aaa4461d204af32e60cd9078n,
  0x0816126a09c29ecfcc0628461dacfb9459816fc60d6738b78db9ad07206fdc21n,
  0x07e5b070aa2dba008f30a6b785b6c5ae2429e211f71cacdbdae0e07fc05b47a8n,
  0x058814945232937db248a01e7cc55b3d681cc08702c8168494e856c1ef7693b5n,
  0x0f918939632fadca6456a2fe6e65a124828d4c3920d379cc744e90a666887806n,
  0x1278779aaafc5ca58bf573151005830cdb4683fb26591c85a7464d4f0e527776n,
  0x094ae33b67a845998abb55e917642d4022d078d96f7c36ea11da4273ecf20f50n,
  0x16159a551cbb66108281a48099fff949ae08afd7f1f2ec06de2ffb96b919b765n,
];

const LISTS = 13; // eight lanes, then a rest in lanes
const PATH = 24;

/** Whether a hasher gives circomlib's hashes for every number of inputs, and the same ones in lanes and along a path. */
export function hashesAsCircomlib(hasher: NativeHasher): boolean {
  return KNOWN_HASHES.every((known, index) => hasher.hash(upTo(index + 1)) === known) && agreesWithItself(hasher);
}

function agreesWithItself(hasher: NativeHasher): boolean {
  const lists = Array.from({ length: LISTS }, (_, first) => upTo(4).map((value) => value << BigInt(19 * first)));
  const hashes = lists.map((list) => hasher.hash(list));
  if (!hasher.hashMany(lists).every((hash, index) => hash === hashes[index])) return false;

  const path = Array.from({ length: PATH }, (_, level) => [
    { left: { hash: level, box: 3n }, right: { hash: 2n, box: 4n } },
  ]);
  const derived = path.reduce<readonly bigint[]>(
    (below) => [...below, hasher.hash([below.at(-1) ?? 0n, 2n, 3n, 4n])],
    [hasher.hash([1n])],
  );
  const claimed = hasher.hashForest({ leaves: [[1n]], levels: path });
  return claimed.length === derived.length && derived.every((hash, place) => hash === claimed[place]);
}

const upTo = (count: number): readonly bigint[] => Array.from({ length: count }, (_, index) => BigInt(index + 1));
