import { BinaryFileError, readSection, readSectionTable, sectionOf } from "./binaryFile.ts";
import { BASE_FIELD, FIELD_BYTES, fromLittleEndian, G1_BYTES, G2_BYTES, inverseMod } from "./bn254.ts";
import { canonicalJson, sha256 } from "./digest.ts";

/** Projective coordinates in decimal, as snarkjs writes them; z is "1", or "0" at infinity. */
export type G1Json = readonly [x: string, y: string, z: string];
/** Each coordinate as [real, imaginary]. */
export type G2Json = readonly [
  x: readonly [string, string],
  y: readonly [string, string],
  z: readonly [string, string],
];

/** A Groth16 verification key, in snarkjs' JSON (without vk_alphabeta_12, a pairing that follows from the rest). */
export interface VerificationKey {
  readonly protocol: "groth16";
  readonly curve: "bn128";
  readonly nPublic: number;
  readonly vk_alpha_1: G1Json;
  readonly vk_beta_2: G2Json;
  readonly vk_gamma_2: G2Json;
  readonly vk_delta_2: G2Json;
  /** One point for the constant and one for each public signal. */
  readonly IC: readonly G1Json[];
  /** Present on development keys only. @see isDevSetup */
  readonly setup?: string;
}

const MONTGOMERY_INVERSE = inverseMod((1n << 256n) % BASE_FIELD, BASE_FIELD);

function coordinates(bytes: Uint8Array): string[] {
  const values: string[] = [];
  for (let at = 0; at < bytes.length; at += FIELD_BYTES) {
    const montgomery = fromLittleEndian(bytes.subarray(at, at + FIELD_BYTES));
    values.push(((montgomery * MONTGOMERY_INVERSE) % BASE_FIELD).toString());
  }
  return values;
}

function g1(bytes: Uint8Array): G1Json {
  const [x = "0", y = "0"] = coordinates(bytes);
  return x === "0" && y === "0" ? ["0", "1", "0"] : [x, y, "1"];
}

function g2(bytes: Uint8Array): G2Json {
  const [x0 = "0", x1 = "0", y0 = "0", y1 = "0"] = coordinates(bytes);
  const infinite = [x0, x1, y0, y1].every((value) => value === "0");
  return infinite
    ? [
        ["0", "0"],
        ["1", "0"],
        ["0", "0"],
      ]
    : [
        [x0, x1],
        [y0, y1],
        ["1", "0"],
      ];
}

/**
 * The verification key inside a proving key.
 * @throws {BinaryFileError} when the file is no Groth16 zkey
 */
export function readVerificationKey(zkeyPath: string): VerificationKey {
  const table = readSectionTable(zkeyPath, "zkey");
  if (readSection(zkeyPath, sectionOf(zkeyPath, table, 1)).readUInt32LE(0) !== 1) {
    throw new BinaryFileError(zkeyPath, "is not a Groth16 key");
  }
  const header = readSection(zkeyPath, sectionOf(zkeyPath, table, 2));
  if (header.readUInt32LE(0) !== FIELD_BYTES || fromLittleEndian(header.subarray(4, 36)) !== BASE_FIELD) {
    throw new BinaryFileError(zkeyPath, "is not over BN254");
  }
  const nPublic = header.readUInt32LE(76); // after two {size, prime} pairs (72 bytes) and the number of wires
  const points = header.subarray(84);
  const ic = readSection(zkeyPath, sectionOf(zkeyPath, table, 3));
  if (points.length !== 3 * G1_BYTES + 3 * G2_BYTES || ic.length !== (nPublic + 1) * G1_BYTES) {
    throw new BinaryFileError(zkeyPath, "has a header that does not fit its points");
  }
  const [beta2, gamma2, delta2] = [2 * G1_BYTES, 2 * G1_BYTES + G2_BYTES, 3 * G1_BYTES + 2 * G2_BYTES];
  return {
    protocol: "groth16",
    curve: "bn128",
    nPublic,
    vk_alpha_1: g1(points.subarray(0, G1_BYTES)),
    vk_beta_2: g2(points.subarray(beta2, beta2 + G2_BYTES)),
    vk_gamma_2: g2(points.subarray(gamma2, gamma2 + G2_BYTES)),
    vk_delta_2: g2(points.subarray(delta2, delta2 + G2_BYTES)),
    IC: Array.from({ length: nPublic + 1 }, (_, i) => g1(ic.subarray(i * G1_BYTES, (i + 1) * G1_BYTES))),
  };
}

/**
 * The name of a key: sha256 of its canonical JSON, without the marker and without anything else that snarkjs may add.
 * The contract's KEY_DIGEST is the same value.
 * @returns 64 hex digits
 */
export function keyDigest(key: VerificationKey): string {
  const { protocol, curve, nPublic, vk_alpha_1, vk_beta_2, vk_gamma_2, vk_delta_2, IC } = key;
  return sha256(canonicalJson({ protocol, curve, nPublic, vk_alpha_1, vk_beta_2, vk_gamma_2, vk_delta_2, IC }));
}
