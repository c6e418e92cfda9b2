import { normalizeZ } from "@noble/curves/abstract/curve.js";
import { bn254 } from "@noble/curves/bn254.js";

const FIELD_BYTES = 32;
const { Fp, Fr } = bn254.fields;

/** A little-endian integer of 32 bytes. */
export const word = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(2 * FIELD_BYTES, "0"), "hex").reverse();
const coordinate = (value: bigint): Uint8Array => word((value << 256n) % Fp.ORDER); // Montgomery form
const coefficientValue = (value: bigint): Uint8Array => word((value << 512n) % Fr.ORDER); // Montgomery form twice over

function numbers(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
}

/** One of iden3's files: magic, version, sections by type. */
function file(magic: string, version: number, sections: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const parts = [Buffer.from(magic), numbers(version, sections.size)];
  for (const [type, content] of sections) parts.push(numbers(type, content.length, 0), content);
  return Buffer.concat(parts);
}

/** Multiples 0, 1, 2, ... of a generator, as keys hold points. */
function multiplesInG1(count: number): Uint8Array[] {
  const { BASE } = bn254.G1.Point;
  const points = [BASE];
  while (points.length < count) points.push((points.at(-1) ?? BASE).add(BASE));
  const affine = normalizeZ(bn254.G1.Point, points).map(({ x, y }) => Buffer.concat([x, y].map(coordinate)));
  return [new Uint8Array(64), ...affine];
}
function multiplesInG2(count: number): Uint8Array[] {
  const { BASE } = bn254.G2.Point;
  const points = [BASE];
  while (points.length < count) points.push((points.at(-1) ?? BASE).add(BASE));
  const affine = normalizeZ(bn254.G2.Point, points).map(({ x, y }) =>
    Buffer.concat([x.c0, x.c1, y.c0, y.c1].map(coordinate)),
  );
  return [new Uint8Array(128), ...affine];
}

/** A key by the logarithms of its points: small numbers, as the points are made by counting up. */
export interface KnownKey {
  readonly publics: number;
  readonly alpha: number;
  readonly beta: number;
  readonly delta: number;
  /** One for each variable. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** One for each private variable. */
  readonly c: readonly number[];
  /** One for each row of the domain, a power of two. */
  readonly h: readonly number[];
  /** Entries of the matrices A (0) and B (1). */
  readonly entries: readonly {
    readonly matrix: 0 | 1;
    readonly row: number;
    readonly signal: number;
    readonly value: bigint;
  }[];
}

/** The bytes of a .zkey file, without the sections that a prover does not read. */
export function keyFile({ publics, alpha, beta, delta, a, b, c, h, entries }: KnownKey): Uint8Array {
  const one = multiplesInG1(Math.max(alpha, beta, delta, ...a, ...b, ...c, ...h));
  const two = multiplesInG2(Math.max(beta, delta, ...b));
  const in1 = (...logarithms: readonly number[]) => Buffer.concat(logarithms.map((log) => one[log] ?? Buffer.alloc(0)));
  const in2 = (...logarithms: readonly number[]) => Buffer.concat(logarithms.map((log) => two[log] ?? Buffer.alloc(0)));
  const header = Buffer.concat([
    numbers(FIELD_BYTES),
    word(Fp.ORDER),
    numbers(FIELD_BYTES),
    word(Fr.ORDER),
    numbers(a.length, publics, h.length),
    ...[in1(alpha, beta), in2(beta, 1), in1(delta), in2(delta)],
  ]);
  const coefficients = entries.map(({ matrix, row, signal, value }) =>
    Buffer.concat([numbers(matrix, row, signal), coefficientValue(value)]),
  );
  return file(
    "zkey",
    1,
    new Map([
      [1, numbers(1)],
      [2, header],
      [4, Buffer.concat([numbers(entries.length), ...coefficients])],
      [5, in1(...a)],
      [6, in1(...b)],
      [7, in2(...b)],
      [8, in1(...c)],
      [9, in1(...h)],
    ]),
  );
}

/** The bytes of a .wtns file. */
export function witnessFile(values: readonly bigint[]): Uint8Array {
  const header = Buffer.concat([numbers(FIELD_BYTES), word(Fr.ORDER), numbers(values.length)]);
  return file(
    "wtns",
    2,
    new Map([
      [1, header],
      [2, Buffer.concat(values.map(word))],
    ]),
  );
}
