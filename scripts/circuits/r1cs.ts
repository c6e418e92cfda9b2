import { BinaryFileError, readSection, readSectionTable, sectionOf } from "./binaryFile.ts";
import { FIELD_BYTES, fromLittleEndian, SCALAR_FIELD } from "./bn254.ts";

/** The size of a compiled circuit, all counts without units. */
export interface ConstraintCounts {
  readonly constraints: number;
  /** Wires, the constant one included. */
  readonly wires: number;
  /** Public outputs and inputs together; the constant one is not counted. */
  readonly publicSignals: number;
  readonly privateInputs: number;
  /** Signals before the compiler's simplification. */
  readonly labels: number;
}

export interface R1cs extends ConstraintCounts {
  /** Constraints as the compiler wrote them: three linear combinations each, {count, (wire, coefficient)...}, little-endian. */
  readonly body: Buffer;
}

const HEADER_SECTION = 1;
const CONSTRAINT_SECTION = 2;

/**
 * Constraint counts from the header of an r1cs file, without reading its constraints.
 * @throws {BinaryFileError} when the file is no r1cs over the BN254 scalar field
 */
export function readConstraintCounts(path: string): ConstraintCounts {
  const table = readSectionTable(path, "r1cs");
  const header = readSection(path, sectionOf(path, table, HEADER_SECTION));
  if (header.readUInt32LE(0) !== FIELD_BYTES || fromLittleEndian(header.subarray(4, 36)) !== SCALAR_FIELD) {
    throw new BinaryFileError(path, "is not over the BN254 scalar field");
  }
  return {
    wires: header.readUInt32LE(36),
    publicSignals: header.readUInt32LE(40) + header.readUInt32LE(44),
    privateInputs: header.readUInt32LE(48),
    labels: Number(header.readBigUInt64LE(52)),
    constraints: header.readUInt32LE(60),
  };
}

/** A whole r1cs file. @throws {BinaryFileError} as readConstraintCounts */
export function readR1cs(path: string): R1cs {
  const counts = readConstraintCounts(path);
  const table = readSectionTable(path, "r1cs");
  return { ...counts, body: readSection(path, sectionOf(path, table, CONSTRAINT_SECTION)) };
}

/** log2 of the evaluation domain that Groth16 needs: the constraints, and one row for each public signal and for one. */
export function domainPower({ constraints, publicSignals }: ConstraintCounts): number {
  return 32 - Math.clz32(constraints + publicSignals); // as snarkjs: floor(log2(rows - 1)) + 1, rows = constraints + public + 1
}
