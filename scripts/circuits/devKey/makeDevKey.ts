import { createHash } from "node:crypto";
import { writeSections } from "../binaryFile.ts";
import { BASE_FIELD, FIELD_BYTES, inverseMod, SCALAR_FIELD, toLittleEndian } from "../bn254.ts";
import { domainPower, readR1cs } from "../r1cs.ts";
import { FixedBase } from "./fixedBase.ts";
import { type Group, Kernel } from "./kernel.ts";
import { lagrangeAt } from "./lagrange.ts";
import { evaluateQap } from "./qap.ts";
import { DEV_SETUP, devSecrets, type SetupSecrets } from "./seed.ts";

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

/** K_wire = (beta * A + alpha * B + C) * scale at tau: over gamma for public wires, over delta for private ones. */
function combine(
  kernel: Kernel,
  qap: { readonly a: number; readonly b: number; readonly c: number },
  range: { readonly first: number; readonly count: number },
  secrets: SetupSecrets,
  scale: bigint,
): number {
  const { field } = kernel;
  const result = kernel.allocate(range.count * FIELD_BYTES);
  const [alpha, beta, scaleBy] = [secrets.alpha * scale, secrets.beta * scale, scale].map((value) =>
    kernel.element(value),
  );
  if (alpha === undefined || beta === undefined || scaleBy === undefined)
    throw new RangeError("three elements were asked for");
  const term = kernel.allocate(FIELD_BYTES);
  for (let i = 0; i < range.count; i++) {
    const offset = (range.first + i) * FIELD_BYTES;
    const target = result + i * FIELD_BYTES;
    field.frm_mul(qap.a + offset, beta, target);
    field.frm_mul(qap.b + offset, alpha, term);
    field.frm_add(target, term, target);
    field.frm_mul(qap.c + offset, scaleBy, term);
    field.frm_add(target, term, target);
  }
  return result;
}

/**
 * Writes the development key of a circuit, from the public seed: the same bytes on every machine.
 * @param circuitDigest sha256 of the r1cs file, hex
 * @param onProgress called with what was just finished
 * @param secrets others only in tests, which compare the result with snarkjs'
 * @see node_modules/snarkjs/src/zkey_new.js, which computes the same from a powers-of-tau file
 */
export async function makeDevKey(
  r1csPath: string,
  zkeyPath: string,
  circuitDigest: string,
  onProgress: (done: string) => void = () => {},
  secrets: SetupSecrets = devSecrets(circuitDigest),
): Promise<void> {
  const circuit = readR1cs(r1csPath);
  const { wires, publicSignals } = circuit;
  const power = domainPower(circuit);
  const domainSize = 2 ** power;
  const kernel = await Kernel.create();
  const deltaInverse = inverseMod(secrets.delta, SCALAR_FIELD);

  const qap = evaluateQap(kernel, circuit, secrets.tau);
  const publicCount = publicSignals + 1;
  const icScalars = combine(kernel, qap, { first: 0, count: publicCount }, secrets, 1n);
  const privateWires = { first: publicCount, count: wires - publicCount };
  const cScalars = combine(kernel, qap, privateWires, secrets, deltaInverse);
  const hScalars = lagrangeAt(kernel, secrets.tau, power + 1, { odd: true, scale: deltaInverse });
  onProgress(`polynomials of ${circuit.constraints} constraints at tau`);

  const g1 = new FixedBase(kernel, kernel.g1, 3 * wires + domainSize);
  const g2 = new FixedBase(kernel, kernel.g2, wires);
  onProgress("tables of multiples");
  const point = (base: FixedBase, scalar: bigint) => base.multiply(kernel.element(scalar), 1);
  const generator = (group: Group) => kernel.bytes(group.generator, group.affineBytes).slice();
  const header = Buffer.concat([
    words(FIELD_BYTES),
    toLittleEndian(BASE_FIELD),
    words(FIELD_BYTES),
    toLittleEndian(SCALAR_FIELD),
    words(wires, publicSignals, domainSize),
    point(g1, secrets.alpha),
    point(g1, secrets.beta),
    point(g2, secrets.beta),
    generator(kernel.g2), // gamma
    point(g1, secrets.delta),
    point(g2, secrets.delta),
  ]);
  const ic = g1.multiply(icScalars, publicCount);
  const h = g1.multiply(hScalars, domainSize);
  const c = g1.multiply(cScalars, privateWires.count);
  onProgress(`${domainSize + privateWires.count} points of H and C`);
  const a = g1.multiply(qap.a, wires);
  const b1 = g1.multiply(qap.b, wires);
  onProgress(`${2 * wires} points of A and B in G1`);
  const b2 = g2.multiply(qap.b, wires);
  onProgress(`${wires} points of B in G2`);
  const origin = createHash("blake2b512").update(`${DEV_SETUP} ${circuitDigest}`).digest();
  writeSections(zkeyPath, "zkey", 1, [
    { id: SECTION.protocol, content: words(GROTH16) },
    { id: SECTION.header, content: header },
    { id: SECTION.coefficients, content: kernel.bytes(qap.coefficients.pointer, qap.coefficients.bytes) },
    { id: SECTION.ic, content: ic },
    { id: SECTION.h, content: h },
    { id: SECTION.c, content: c },
    { id: SECTION.a, content: a },
    { id: SECTION.b1, content: b1 },
    { id: SECTION.b2, content: b2 },
    { id: SECTION.contributions, content: Buffer.concat([origin, words(0)]) },
  ]);
}
