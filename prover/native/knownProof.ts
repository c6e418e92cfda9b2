import { FFT, rootsOfUnity } from "@noble/curves/abstract/fft.js";
import { bn254 } from "@noble/curves/bn254.js";
import { type KnownKey, keyFile, witnessFile, word } from "./knownFiles.ts";

const { Fr } = bn254.fields;
const ROOTS = rootsOfUnity(Fr, 5n); // the generator from which snarkjs takes its roots
const PUBLICS = 2;

/** What a prover is given, and what it must make of it. */
export interface KnownProof {
  readonly zkey: Uint8Array;
  readonly wtns: Uint8Array;
  /** r and s. */
  readonly blinding: Uint8Array;
  /** Of the proof, as the addon gives it out. */
  readonly points: Uint8Array;
  readonly publicSignals: Uint8Array;
}

const pseudorandom = (index: number): bigint => Fr.pow(3n, BigInt(1000 + 7 * index));
const sumOf = (values: readonly bigint[], logarithms: readonly number[]): bigint =>
  Fr.create(values.reduce((sum, value, index) => sum + value * BigInt(logarithms[index] ?? 0), 0n));

/** Small, wide, and bits. */
const witnessValue = (index: number): bigint =>
  [1n, pseudorandom(index), BigInt(index % 2), Fr.ORDER - BigInt(index)][index % 4] ?? 0n;

/** Every row has an entry of A and two of B; the points of the key differ, and one of each kind is infinity. */
function keyOf(power: number, variables: number): KnownKey {
  const [rows, signals] = [2 ** power, variables].map((count) => Array.from({ length: count }, (_, index) => index));
  return {
    publics: PUBLICS,
    alpha: 2,
    beta: 3,
    delta: 4,
    a: signals ?? [],
    b: (signals ?? []).toReversed(),
    c: (signals ?? []).slice(0, variables - PUBLICS - 1),
    h: (rows ?? []).map((row) => row % variables),
    entries: (rows ?? []).flatMap((row) => [
      { matrix: 0, row, signal: (7 * row) % variables, value: pseudorandom(row) },
      { matrix: 1, row, signal: (5 * row + 1) % variables, value: BigInt(row + 1) },
      { matrix: 1, row, signal: (3 * row + 2) % variables, value: Fr.ORDER - 1n },
    ]),
  };
}

/** A * B - C on the odd coset, by noble's transform. */
function quotientOf({ h, entries }: KnownKey, witness: readonly bigint[]): bigint[] {
  const fft = FFT(ROOTS, Fr);
  const products = ([0, 1] as const).map((matrix) => {
    const values = new Array<bigint>(h.length).fill(0n);
    for (const { row, signal, value } of entries.filter((entry) => entry.matrix === matrix)) {
      values[row] = Fr.create((values[row] ?? 0n) + value * (witness[signal] ?? 0n));
    }
    return values;
  });
  const [a = [], b = []] = products;
  const step = ROOTS.omega(Math.log2(h.length) + 1);
  const [oddA = [], oddB = [], oddC = []] = [a, b, a.map((value, row) => Fr.mul(value, b[row] ?? 0n))].map((values) => {
    let factor = 1n;
    const shifted = fft.inverse([...values]).map((coefficient) => {
      const moved = Fr.mul(coefficient, factor);
      factor = Fr.mul(factor, step);
      return moved;
    });
    return fft.direct(shifted);
  });
  return oddA.map((value, row) => Fr.create(value * (oddB[row] ?? 0n) - (oddC[row] ?? 0n)));
}

/**
 * A proof computed from the logarithms of the key's points: another way than a prover's, which does not know them.
 * @param power the domain has 2^power rows
 * @param variables at least 4
 */
export function knownProof(power: number, variables: number): KnownProof {
  const key = keyOf(power, variables);
  const witness = Array.from({ length: variables }, (_, index) => witnessValue(index));
  const [r, s] = [pseudorandom(-1), pseudorandom(-2)];
  const delta = BigInt(key.delta);
  const a = Fr.create(BigInt(key.alpha) + sumOf(witness, key.a) + r * delta);
  const b = Fr.create(BigInt(key.beta) + sumOf(witness, key.b) + s * delta);
  const own = sumOf(witness.slice(PUBLICS + 1), key.c) + sumOf(quotientOf(key, witness), key.h);
  const c = Fr.create(own + s * a + r * b - r * s * delta);
  const { G1, G2 } = bn254; // copies of the generators: noble would first make tables of its own, which takes 80 ms
  const [A, C] = [a, c].map((log) => G1.Point.fromAffine(G1.Point.BASE.toAffine()).multiplyUnsafe(log).toAffine());
  const B = G2.Point.fromAffine(G2.Point.BASE.toAffine()).multiplyUnsafe(b).toAffine();
  const coordinates = [A?.x, A?.y, B.x.c0, B.x.c1, B.y.c0, B.y.c1, C?.x, C?.y];
  return {
    zkey: keyFile(key),
    wtns: witnessFile(witness),
    blinding: Buffer.concat([r, s].map(word)),
    points: Buffer.concat(coordinates.map((value) => word(value ?? 0n))),
    publicSignals: Buffer.concat(witness.slice(1, PUBLICS + 1).map(word)),
  };
}
