/** The container of iden3's files (r1cs, zkey, ptau): a magic word, a version, and numbered sections with their sizes. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

export class BinaryFileError extends Error {
  override readonly name = "BinaryFileError";
  readonly code = "BINARY_FILE";
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
  }
}

/** Where a section's content lies in its file, in bytes. */
export interface Section {
  readonly id: number;
  readonly offset: number;
  readonly size: number;
}

export interface SectionTable {
  readonly version: number;
  readonly sections: readonly Section[];
}

const HEADER_BYTES = 12; // magic 4, version 4, number of sections 4
const SECTION_HEADER_BYTES = 12; // id 4, size 8
const SECTION_LIMIT = 64; // the largest file kind has 18

function readExactly(fd: number, path: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const read = readSync(fd, bytes, done, Math.min(length - done, 1 << 30), offset + done);
    if (read === 0) throw new BinaryFileError(path, `ends at byte ${offset + done}, wanted ${offset + length}`);
    done += read;
  }
  return bytes;
}

/**
 * Reads the section table and checks that the sections fill the file exactly.
 * @param magic the four letters of the kind: "r1cs", "zkey", "ptau"
 * @throws {BinaryFileError} when it is another kind, truncated, or has bytes beyond its last section
 */
export function readSectionTable(path: string, magic: string): SectionTable {
  const fd = openSync(path, "r");
  try {
    const header = readExactly(fd, path, 0, HEADER_BYTES);
    if (header.toString("latin1", 0, 4) !== magic) throw new BinaryFileError(path, `is not a ${magic} file`);
    const count = header.readUInt32LE(8);
    if (count > SECTION_LIMIT) throw new BinaryFileError(path, `claims ${count} sections`);
    const fileSize = fstatSync(fd).size;
    const sections: Section[] = [];
    let offset = HEADER_BYTES;
    for (let i = 0; i < count; i++) {
      const head = readExactly(fd, path, offset, SECTION_HEADER_BYTES);
      const size = Number(head.readBigUInt64LE(4));
      sections.push({ id: head.readUInt32LE(0), offset: offset + SECTION_HEADER_BYTES, size });
      offset += SECTION_HEADER_BYTES + size;
      if (offset > fileSize) throw new BinaryFileError(path, `section ${i} ends at byte ${offset} of ${fileSize}`);
    }
    if (offset !== fileSize) throw new BinaryFileError(path, `has ${fileSize - offset} bytes beyond its last section`);
    return { version: header.readUInt32LE(4), sections };
  } finally {
    closeSync(fd);
  }
}

/** The one section with this number. @throws {BinaryFileError} when there is none, or more than one */
export function sectionOf(path: string, table: SectionTable, id: number): Section {
  const [section, ...more] = table.sections.filter((candidate) => candidate.id === id);
  if (section === undefined) throw new BinaryFileError(path, `has no section ${id}`);
  if (more.length > 0) throw new BinaryFileError(path, `has section ${id} more than once`);
  return section;
}

/** The content of a section. */
export function readSection(path: string, section: Section): Buffer {
  const fd = openSync(path, "r");
  try {
    return readExactly(fd, path, section.offset, section.size);
  } finally {
    closeSync(fd);
  }
}

/** Writes a whole file: sections in the order given. */
export function writeSections(
  path: string,
  magic: string,
  version: number,
  sections: readonly { readonly id: number; readonly content: Uint8Array }[],
): void {
  const fd = openSync(path, "w");
  const write = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(fd, bytes, done, Math.min(bytes.length - done, 1 << 30));
    }
  };
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    header.write(magic, 0, "latin1");
    header.writeUInt32LE(version, 4);
    header.writeUInt32LE(sections.length, 8);
    write(header);
    for (const { id, content } of sections) {
      const head = Buffer.alloc(SECTION_HEADER_BYTES);
      head.writeUInt32LE(id, 0);
      head.writeBigUInt64LE(BigInt(content.length), 4);
      write(head);
      write(content);
    }
  } finally {
    closeSync(fd);
  }
}
