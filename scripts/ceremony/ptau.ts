import { basename } from "node:path";
import { readSection, readSectionTable, type SectionTable, sectionOf } from "../circuits/binaryFile.ts";
import { BASE_FIELD, FIELD_BYTES, fromLittleEndian, G1_BYTES, G2_BYTES } from "../circuits/bn254.ts";
import { digestFile } from "../circuits/digest.ts";
import { KNOWN_PTAU } from "./knownPtau.ts";

export class PtauRefusedError extends Error {
  override readonly name = "PtauRefusedError";
  readonly code = "PTAU_REFUSED";
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path} is refused: ${reason}`);
    this.path = path;
  }
}

/** Bytes of each section of a prepared file of 2^power, by section number; section 7, the contributions, varies. */
function expectedSizes(power: number): ReadonlyMap<number, number> {
  const size = 2 ** power;
  return new Map([
    [2, (2 * size - 1) * G1_BYTES], // tau^i
    [3, size * G2_BYTES],
    [4, size * G1_BYTES], // alpha tau^i
    [5, size * G1_BYTES], // beta tau^i
    [6, G2_BYTES], // beta
    [12, (4 * size - 1) * G1_BYTES], // Lagrange bases of all powers up to power + 1
    [13, (2 * size - 1) * G2_BYTES],
    [14, (2 * size - 1) * G1_BYTES],
    [15, (2 * size - 1) * G1_BYTES],
  ]);
}

function powerOf(path: string, table: SectionTable): number {
  const header = readSection(path, sectionOf(path, table, 1));
  if (header.length !== FIELD_BYTES + 12 || fromLittleEndian(header.subarray(4, 36)) !== BASE_FIELD) {
    throw new PtauRefusedError(path, "it is not over BN254");
  }
  return header.readUInt32LE(36);
}

/**
 * Checks a prepared powers-of-tau file before snarkjs sees it: on a truncated or unprepared one snarkjs never returns.
 * @param hash expected BLAKE2b-512, hex; may be absent for a file in KNOWN_PTAU
 * @param neededPower log2 of the circuit's domain
 * @returns the file's BLAKE2b-512
 * @throws {PtauRefusedError} {BinaryFileError} when it is not that file, not whole, not prepared or too small
 */
export async function checkPtau(path: string, hash: string | undefined, neededPower: number): Promise<string> {
  const claimed = (hash ?? KNOWN_PTAU[basename(path)])?.toLowerCase();
  if (claimed === undefined) throw new PtauRefusedError(path, "its name is unknown, so its hash must be given");
  if (!/^[0-9a-f]{128}$/.test(claimed)) throw new PtauRefusedError(path, `"${claimed}" is no BLAKE2b-512 hash`);

  const table = readSectionTable(path, "ptau");
  const power = powerOf(path, table);
  if (power < neededPower)
    throw new PtauRefusedError(path, `it has 2^${power} powers, the circuit needs 2^${neededPower}`);
  for (const [id, size] of expectedSizes(power)) {
    if (!table.sections.some((section) => section.id === id)) {
      throw new PtauRefusedError(path, `it has no section ${id}${id >= 12 ? ": it is not prepared for phase 2" : ""}`);
    }
    const found = sectionOf(path, table, id).size;
    if (found !== size) throw new PtauRefusedError(path, `section ${id} has ${found} bytes, wanted ${size}`);
  }
  const derived = await digestFile(path, "blake2b512");
  if (derived !== claimed) throw new PtauRefusedError(path, `its BLAKE2b-512 is ${derived}, wanted ${claimed}`);
  return derived;
}
