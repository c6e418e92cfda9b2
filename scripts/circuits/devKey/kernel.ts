/** ffjavascript's WebAssembly BN254 code, called by pointers: one call costs about 20 ns more than the arithmetic itself. */
import { createRequire } from "node:module";
import { FIELD_BYTES, SCALAR_FIELD, toLittleEndian } from "../bn254.ts";

type Pointer = number;
type Unary = (input: Pointer, output: Pointer) => void;
type Binary = (left: Pointer, right: Pointer, output: Pointer) => void;

/** Field elements are in Montgomery form unless said otherwise; points are affine (2 coordinates) or Jacobian (3). */
interface FieldExports {
  readonly frm_add: Binary;
  readonly frm_sub: Binary;
  readonly frm_mul: Binary;
  readonly frm_toMontgomery: Unary;
  readonly frm_batchFromMontgomery: (input: Pointer, count: number, output: Pointer) => void;
  readonly frm_batchInverse: (input: Pointer, step: number, count: number, output: Pointer, outputStep: number) => void;
}

/** The functions of one group. */
export interface GroupExports {
  readonly zero: (output: Pointer) => void;
  readonly addMixed: Binary;
  readonly batchToAffine: (input: Pointer, count: number, output: Pointer) => void;
  /** Affine point -> x, y big-endian and out of Montgomery form, as snarkjs hashes it. */
  readonly toUncompressed: Unary;
}

export interface Group extends GroupExports {
  readonly affineBytes: number;
  readonly jacobianBytes: number;
  /** Affine generator. */
  readonly generator: Pointer;
}

interface Curve {
  readonly tm: {
    readonly instance: { readonly exports: Record<string, unknown> };
    readonly memory: WebAssembly.Memory;
    readonly pG1gen: Pointer;
    readonly pG2gen: Pointer;
  };
}

const PAGE_BYTES = 65536;
const ALIGNMENT = 32;

export class Kernel {
  readonly field: FieldExports;
  readonly g1: Group;
  readonly g2: Group;
  private readonly memory: WebAssembly.Memory;

  constructor(curve: Curve) {
    this.memory = curve.tm.memory;
    const exported = curve.tm.instance.exports;
    this.field = exported as unknown as FieldExports; // names and arities as wasmcurves exports them
    const group = (prefix: string, coordinateBytes: number, generator: Pointer): Group => ({
      zero: exported[`${prefix}_zero`] as GroupExports["zero"],
      addMixed: exported[`${prefix}_addMixed`] as GroupExports["addMixed"],
      batchToAffine: exported[`${prefix}_batchToAffine`] as GroupExports["batchToAffine"],
      toUncompressed: exported[`${prefix}_LEMtoU`] as GroupExports["toUncompressed"],
      affineBytes: 2 * coordinateBytes,
      jacobianBytes: 3 * coordinateBytes,
      generator,
    });
    this.g1 = group("g1m", FIELD_BYTES, curve.tm.pG1gen);
    this.g2 = group("g2m", 2 * FIELD_BYTES, curve.tm.pG2gen);
  }

  /** @returns a kernel with its own memory, on this thread alone */
  static async create(): Promise<Kernel> {
    const { buildBn128 } = createRequire(import.meta.url)("ffjavascript") as {
      buildBn128: (singleThread: boolean) => Promise<Curve>;
    };
    return new Kernel(await buildBn128(true));
  }

  /** Zeroed memory that is never freed. Views taken before are detached. */
  allocate(bytes: number): Pointer {
    const head = new Uint32Array(this.memory.buffer, 0, 1); // the module's own bump pointer, which its batch functions use too
    const start = Math.ceil((head[0] ?? 0) / ALIGNMENT) * ALIGNMENT;
    head[0] = start + bytes;
    this.reserve(0);
    this.bytes(start, bytes).fill(0); // the module's batch functions leave their work there
    return start;
  }

  /** Makes room above the bump pointer, for the work space of the module's batch functions. */
  reserve(bytes: number): void {
    const head = new Uint32Array(this.memory.buffer, 0, 1);
    const missing = (head[0] ?? 0) + bytes + PAGE_BYTES - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }

  /** A view of the memory; the next `allocate` or `reserve` may detach it. */
  bytes(pointer: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length);
  }

  /** The whole memory as little-endian words; detached as `bytes`. */
  view(): DataView {
    return new DataView(this.memory.buffer);
  }

  /** Stores a value as a field element in Montgomery form. @returns where */
  element(value: bigint): Pointer {
    const pointer = this.allocate(FIELD_BYTES);
    this.bytes(pointer, FIELD_BYTES).set(toLittleEndian(((value % SCALAR_FIELD) + SCALAR_FIELD) % SCALAR_FIELD));
    this.field.frm_toMontgomery(pointer, pointer);
    return pointer;
  }
}
