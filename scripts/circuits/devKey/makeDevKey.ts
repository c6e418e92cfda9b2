import { createHash } from "node:crypto";
import { writeSections } from "../binaryFile.ts";
import { BASE_FIELD, FIELD_BYTES, G1_BYTES, SCALAR_FIELD, toLittleEndian } from "../bn254.ts";
import { domainPower, readR1cs } from "../r1cs.ts";
import type { GroupName, KeyArithmetic } from "./arithmetic.ts";
import { GENERATORS } from "./generators.ts";
import { DEV_SETUP, devSecrets, type SetupSecrets } from "./seed.ts";
import { WasmArithmetic } from "./wasmArithmetic.ts";

const GROTH16 = 1;

/** Section numbers of a Groth16 zkey, in the order in which snarkjs writes them. */
const SECTION = {
  protocol: 1,
  header: 2,
  coefficients: 4,
  ic: 3,
  h: 9,
  c: 8,
  a: 5,
  b1: 6,
  b2: 7,
  contributions: 10,
} as const;

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, 4 * i);
  return bytes;
}

/** The generator of a group times each scalar of some lists, by one table. @returns points by the name of their list */
function multiplyLists<Name extends string>(
  arithmetic: KeyArithmetic,
  group: GroupName,
  lists: Readonly<Record<Name, Uint8Array>>,
): Record<Name, Uint8Array> {
  const entries = Object.entries<Uint8Array>(lists);
  const points = arithmetic.multiply(group, Buffer.concat(entries.map(([, scalars]) => scalars)));
  const growth = GENERATORS[group].length / FIELD_BYTES; // bytes of a point for each byte of a scalar
  let end = 0;
  const parts = entries.map(([name, scalars]) => {
    const start = end;
    end += scalars.length * growth;
    return [name, points.subarray(start, end)];
  });
  return Object.fromEntries(parts) as Record<Name, Uint8Array>; // the same names
}

export interface DevKeyOptions {
  /** Called with what was just finished. */
  readonly onProgress?: (done: string) => void;
  /** Others than the public seed's only in tests, which compare the result with snarkjs'. */
  readonly secrets?: SetupSecrets;
  /** WebAssembly when absent. The key's bytes do not depend on it. */
  readonly arithmetic?: KeyArithmetic;
}

/**
 * Writes the development key of a circuit, from the public seed: the same bytes on every machine.
 * @param circuitDigest sha256 of the r1cs file, hex
 * @see node_modules/snarkjs/src/zkey_new.js, which computes the same from a powers-of-tau file
 */
export async function makeDevKey(
  r1csPath: string,
  zkeyPath: string,
  circuitDigest: string,
  options: DevKeyOptions = {},
): Promise<void> {
  const { onProgress = () => {}, secrets = devSecrets(circuitDigest) } = options;
  const arithmetic = options.arithmetic ?? (await WasmArithmetic.create());
  const circuit = readR1cs(r1csPath);
  const { wires, publicSignals } = circuit;
  const domainSize = 2 ** domainPower(circuit);
  const { a, b, k, h, coefficients } = arithmetic.evaluate(circuit, secrets);
  onProgress(`polynomials of ${circuit.constraints} constraints at tau`);

  const alpha = toLittleEndian(secrets.alpha);
  const beta = toLittleEndian(secrets.beta);
  const delta = toLittleEndian(secrets.delta);
  const inG1 = multiplyLists(arithmetic, "g1", { alpha, beta, delta, a, b, k, h });
  onProgress(`${3 * wires + domainSize} points of A, B, C and H in G1`);
  const inG2 = multiplyLists(arithmetic, "g2", { beta, delta, b });
  onProgress(`${wires} points of B in G2`);

  const header = Buffer.concat([
    words(FIELD_BYTES),
    toLittleEndian(BASE_FIELD),
    words(FIELD_BYTES),
    toLittleEndian(SCALAR_FIELD),
    words(wires, publicSignals, domainSize),
    inG1.alpha,
    inG1.beta,
    inG2.beta,
    GENERATORS.g2, // gamma
    inG1.delta,
    inG2.delta,
  ]);
  const publicBytes = (publicSignals + 1) * G1_BYTES;
  const origin = createHash("blake2b512").update(`${DEV_SETUP} ${circuitDigest}`).digest();
  writeSections(zkeyPath, "zkey", 1, [
    { id: SECTION.protocol, content: words(GROTH16) },
    { id: SECTION.header, content: header },
    { id: SECTION.coefficients, content: coefficients },
    { id: SECTION.ic, content: inG1.k.subarray(0, publicBytes) },
    { id: SECTION.h, content: inG1.h },
    { id: SECTION.c, content: inG1.k.subarray(publicBytes) },
    { id: SECTION.a, content: inG1.a },
    { id: SECTION.b1, content: inG1.b },
    { id: SECTION.b2, content: inG2.b },
    { id: SECTION.contributions, content: Buffer.concat([origin, words(0)]) },
  ]);
}
