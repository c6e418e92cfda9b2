/** `node skewedSums.ts ADDON`: the process's peak of memory after a sum with random scalars, and after one whose scalars are equal. */
import { loadAddon } from "../../../prover/native/addon.ts";
import { SCALAR_FIELD } from "../../../scripts/circuits/bn254.ts";
import { GROUPS } from "./generators.ts";
import { packIntegers, packPoints } from "./packed.ts";

const TERMS = 400_000;
const addon = loadAddon(process.argv[2] ?? "");
const { group, parts, generator } = GROUPS[0];
const point = packPoints([generator], parts);
const bases = Buffer.alloc(TERMS * point.length, point);
const equal = Buffer.alloc(TERMS * 32, packIntegers([SCALAR_FIELD / 3n]));
const random = Buffer.from(equal);
for (let term = 0; term < TERMS; term++) {
  for (let word = 0; word < 8; word++) {
    const mixed = Math.imul(term + 1, 0x9e3779b1 ^ (word << 7)) >>> 0;
    random.writeUInt32LE(word < 7 ? mixed : mixed >>> 4, 32 * term + 4 * word); // below r
  }
}

function peakAfter(scalars: Uint8Array): number {
  addon.msm("portable", group, bases, scalars, 1);
  return process.resourceUsage().maxRSS * 1024;
}
const randomBytes = peakAfter(random);
console.log(JSON.stringify({ randomBytes, equalBytes: peakAfter(equal) }));
