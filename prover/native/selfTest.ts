import { bn254 } from "@noble/curves/bn254.js";
import type { Addon, LevelName } from "./addon.ts";

const FIELD_BYTES = 32;
const Q = bn254.fields.Fp.ORDER;
const TERMS = 40; // more than a batch of sixteen lanes, with a rest

function word(value: bigint): Uint8Array {
  return Buffer.from(value.toString(16).padStart(2 * FIELD_BYTES, "0"), "hex").reverse();
}
const coordinate = (value: bigint): Uint8Array => word((value << 256n) % Q); // Montgomery form, as in a key
const scalars = Array.from({ length: TERMS }, (_, index) => 3n ** BigInt(4 * index) % bn254.fields.Fr.ORDER);

function sumInG1(addon: Addon, level: LevelName): boolean {
  const { BASE } = bn254.G1.Point;
  const bytes = ({ x, y }: { x: bigint; y: bigint }): Uint8Array => Buffer.concat([x, y].map(coordinate));
  const bases = scalars.map((_, index) => BASE.multiplyUnsafe(BigInt(index)).toAffine());
  const total = scalars.reduce((sum, scalar, index) => sum + scalar * BigInt(index), 0n) % bn254.fields.Fr.ORDER;
  const sum = addon.msm(level, "g1", Buffer.concat(bases.map(bytes)), Buffer.concat(scalars.map(word)), 1);
  return Buffer.compare(sum, bytes(BASE.multiplyUnsafe(total).toAffine())) === 0;
}

function sumInG2(addon: Addon, level: LevelName): boolean {
  const { BASE } = bn254.G2.Point;
  type Fq2 = typeof BASE.x;
  const bytes = ({ x, y }: { x: Fq2; y: Fq2 }): Uint8Array => Buffer.concat([x.c0, x.c1, y.c0, y.c1].map(coordinate));
  const bases = scalars.map((_, index) => BASE.multiplyUnsafe(BigInt(index)).toAffine());
  const total = scalars.reduce((sum, scalar, index) => sum + scalar * BigInt(index), 0n) % bn254.fields.Fr.ORDER;
  const sum = addon.msm(level, "g2", Buffer.concat(bases.map(bytes)), Buffer.concat(scalars.map(word)), 1);
  return Buffer.compare(sum, bytes(BASE.multiplyUnsafe(total).toAffine())) === 0;
}

/**
 * The fastest level that sums points as @noble/curves does; every proof is verified besides.
 * @returns null when none does
 */
export function trustedLevel(addon: Addon): LevelName | null {
  return addon.levels().find((level) => sumInG1(addon, level) && sumInG2(addon, level)) ?? null;
}
