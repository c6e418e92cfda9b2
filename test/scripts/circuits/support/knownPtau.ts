import { bn254 } from "@noble/curves/bn254.js";
import { writeSections } from "../../../../scripts/circuits/binaryFile.ts";
import { BASE_FIELD, SCALAR_FIELD, toLittleEndian } from "../../../../scripts/circuits/bn254.ts";

const toMontgomery = (value: bigint) => toLittleEndian((value * (1n << 256n)) % BASE_FIELD);

/** scalar * generator of G1, as iden3's files hold points. */
function g1(scalar: bigint): Uint8Array {
  const { x, y } = bn254.G1.Point.BASE.multiply(scalar).toAffine();
  return Buffer.concat([toMontgomery(x), toMontgomery(y)]);
}

function g2(scalar: bigint): Uint8Array {
  const { x, y } = bn254.G2.Point.BASE.multiply(scalar).toAffine();
  return Buffer.concat([x.c0, x.c1, y.c0, y.c1].map(toMontgomery));
}

/** A powers-of-tau file, not yet prepared, with secrets that are known: point by point, by another library than the build's. */
export function writeKnownPtau(
  path: string,
  power: number,
  secrets: { tau: bigint; alpha: bigint; beta: bigint },
): void {
  const powers: bigint[] = [1n];
  while (powers.length < 2 ** (power + 1)) powers.push((powers.at(-1)! * secrets.tau) % SCALAR_FIELD);
  const times = (factor: bigint, count: number, point: (scalar: bigint) => Uint8Array) =>
    Buffer.concat(powers.slice(0, count).map((value) => point((value * factor) % SCALAR_FIELD)));
  const size = 2 ** power;
  const header = Buffer.alloc(44);
  header.writeUInt32LE(32, 0);
  header.set(toLittleEndian(BASE_FIELD), 4);
  header.writeUInt32LE(power, 36);
  header.writeUInt32LE(power, 40);
  writeSections(path, "ptau", 1, [
    { id: 1, content: header },
    { id: 2, content: times(1n, 2 * size - 1, g1) },
    { id: 3, content: times(1n, size, g2) },
    { id: 4, content: times(secrets.alpha, size, g1) },
    { id: 5, content: times(secrets.beta, size, g1) },
    { id: 6, content: g2(secrets.beta) },
    { id: 7, content: Buffer.alloc(4) },
  ]);
}
