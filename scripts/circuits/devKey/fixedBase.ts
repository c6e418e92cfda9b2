import { FIELD_BYTES } from "../bn254.ts";
import type { Group, Kernel } from "./kernel.ts";

const SCALAR_BITS = 254;
const WORDS = FIELD_BYTES / 4; // of 32 bits, in a scalar
/** Points brought to affine form with one inversion. */
const CHUNK = 1024;
/** A window of w bits costs 2^w table additions for each window and 254/w additions a scalar; 13 is best near 2^17 scalars. */
const MAX_WINDOW_BITS = 13;
const MIN_WINDOW_BITS = 4;

/** Multiples of a group's generator by many scalars, by one table: window i holds j * 2^(w i) * G for 0 < j < 2^w. */
export class FixedBase {
  private readonly windowBits: number;
  private readonly windows: number;
  private readonly table: number;
  private readonly points: number;
  private readonly scratch: number;
  private readonly kernel: Kernel;
  private readonly group: Group;

  /** @param expectedScalars how many multiplications the table is going to serve; decides its size */
  constructor(kernel: Kernel, group: Group, expectedScalars: number) {
    this.kernel = kernel;
    this.group = group;
    this.windowBits = Math.min(
      MAX_WINDOW_BITS,
      Math.max(MIN_WINDOW_BITS, Math.floor(Math.log2(expectedScalars + 1)) - 3),
    );
    this.windows = Math.ceil(SCALAR_BITS / this.windowBits);
    const entries = 2 ** this.windowBits;
    this.table = kernel.allocate(this.windows * entries * group.affineBytes);
    this.points = kernel.allocate(CHUNK * group.jacobianBytes);
    this.scratch = kernel.allocate(group.jacobianBytes);
    kernel.reserve(4 * CHUNK * group.affineBytes);
    this.fillTable(entries);
  }

  private fillTable(entries: number): void {
    const { group, kernel, scratch, points } = this;
    const base = kernel.allocate(group.affineBytes);
    kernel.reserve(4 * CHUNK * group.affineBytes);
    kernel.bytes(base, group.affineBytes).set(kernel.bytes(group.generator, group.affineBytes));
    for (let window = 0; window < this.windows; window++) {
      const row = this.table + window * entries * group.affineBytes;
      group.zero(scratch);
      for (let start = 1; start <= entries; start += CHUNK) {
        const count = Math.min(CHUNK, entries + 1 - start); // the last point, entries * base, is the next window's base
        for (let i = 0; i < count; i++) {
          group.addMixed(scratch, base, scratch);
          kernel
            .bytes(points + i * group.jacobianBytes, group.jacobianBytes)
            .set(kernel.bytes(scratch, group.jacobianBytes));
        }
        group.batchToAffine(points, count, points);
        const inTable = Math.min(count, entries - start);
        const affine = kernel.bytes(points, count * group.affineBytes);
        kernel
          .bytes(row + start * group.affineBytes, inTable * group.affineBytes)
          .set(affine.subarray(0, inTable * group.affineBytes));
        if (inTable < count) kernel.bytes(base, group.affineBytes).set(affine.subarray(inTable * group.affineBytes));
      }
    }
  }

  /**
   * scalar_i * G for each scalar.
   * @param scalars integers below r, 32 bytes each
   * @returns affine points as a zkey holds them; the point at infinity is all zero
   */
  multiply(scalars: Uint8Array): Uint8Array {
    const { group, kernel, windowBits, windows, table, points } = this;
    const count = scalars.length / FIELD_BYTES;
    const result = new Uint8Array(count * group.affineBytes);
    const words = new Uint32Array(CHUNK * WORDS);
    const bytes = new Uint8Array(words.buffer);
    kernel.reserve(4 * CHUNK * group.affineBytes);
    const entryBytes = group.affineBytes;
    const mask = 2 ** windowBits - 1;
    for (let start = 0; start < count; start += CHUNK) {
      const size = Math.min(CHUNK, count - start);
      bytes.set(scalars.subarray(start * FIELD_BYTES, (start + size) * FIELD_BYTES));
      for (let i = 0; i < size; i++) {
        const point = points + i * group.jacobianBytes;
        const firstWord = i * WORDS;
        group.zero(point);
        for (let window = 0, bit = 0; window < windows; window++, bit += windowBits) {
          const word = firstWord + (bit >>> 5);
          const shift = bit & 31;
          let digit = (words[word] ?? 0) >>> shift;
          if (shift + windowBits > 32 && bit >>> 5 < WORDS - 1) digit |= (words[word + 1] ?? 0) << (32 - shift);
          digit &= mask;
          if (digit !== 0) group.addMixed(point, table + ((window << windowBits) + digit) * entryBytes, point);
        }
      }
      group.batchToAffine(points, size, points);
      result.set(kernel.bytes(points, size * entryBytes), start * entryBytes);
    }
    return result;
  }
}
