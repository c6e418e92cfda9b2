import { createRequire } from "node:module";
import type { LevelName } from "./levelName.ts";
import type { SetupKernels } from "./setupKernels.ts";
import type { SingleKernels } from "./singleKernels.ts";

/** A key in the addon's memory; freed with the last reference to it. */
export type KeyHandle = { readonly brand: "homeostat.key" };

/** Constants of one width of Poseidon in the addon's memory. */
export type PoseidonTable = { readonly brand: "homeostat.poseidon" };

/** A circuit's witness library, loaded into this process. */
export type WitnessLibraryHandle = { readonly brand: "homeostat.witness" };

export type Phase = "quotient" | "h" | "a" | "b1" | "b2" | "c";

/** What a proof consists of, as little-endian integers of 32 bytes. */
export interface RawProof {
  /** a.x, a.y, b.x.re, b.x.im, b.y.re, b.y.im, c.x, c.y */
  readonly points: Uint8Array;
  readonly publicSignals: Uint8Array;
  /** Wall time of each phase, seconds. */
  readonly seconds: Readonly<Record<Phase, number>>;
  /** Processor time of each phase, of the whole process. */
  readonly processorSeconds: Readonly<Record<Phase, number>>;
  /** Field multiplications of the kernels, what the arithmetic limit is computed from. */
  readonly multiplications: number;
}

/** What a file of tables holds. */
export interface TableFacts {
  readonly bytes: number;
  /** What the file was to keep within. */
  readonly limitBytes: number;
  /** Of each sum that has a table: bits of a window, sets of buckets, copies of each base, bases. */
  readonly shapes: Readonly<Partial<Record<Phase, Readonly<Record<"bits" | "sets" | "copies" | "covered", number>>>>>;
}

export interface RunningProof {
  readonly promise: Promise<RawProof>;
  /** Ends the proof at the next piece of work, with the code NATIVE_CANCELLED. */
  cancel(): void;
}

/** A processor that this process may prove on, as long as it is not released. */
export interface HeldCore {
  /** False when none came free in time, or the system cannot tell. */
  readonly held: boolean;
  release(): void;
}

/** Allocations that are not freed yet. */
export interface LiveMemory {
  readonly allocations: number;
  readonly bytes: number;
}

/**
 * The functions of the addon (src/addon.cpp, src/*Entries.cpp). Errors carry a code: NATIVE_ZKEY, NATIVE_WTNS, NATIVE_R1CS,
 * NATIVE_FILE, NATIVE_TABLES, NATIVE_WITNESS_SIZE, NATIVE_CANCELLED, NATIVE_LEVEL, NATIVE_ARGUMENT, NATIVE_RANDOM, NATIVE_FAILED,
 * NATIVE_CONSTRAINT (its message is the place in the circuit), NATIVE_WITNESS; none holds a value of the witness.
 */
export interface Addon extends SetupKernels, SingleKernels {
  /** Levels that this processor runs, the fastest first. */
  levels(): LevelName[];
  /** Maps a key's file, or copies its bytes, and checks it. */
  loadKey(file: string | Uint8Array, level?: LevelName): Promise<KeyHandle>;
  /**
   * @param wtns a witness file's bytes; copied, and the copy wiped
   * @param threads 0 for the caller's and one on each processor that no proof of this machine uses
   * @param blinding r and s, 64 bytes: for tests only, since a proof with known factors reveals the witness
   */
  prove(key: KeyHandle, wtns: Uint8Array, threads: number, blinding?: Uint8Array): RunningProof;

  /** Waits, in turn with every other prover of this machine, for a processor. @param patience milliseconds */
  takeCore(patience: number): Promise<HeldCore>;
  /** From now on this process may write to no more memory than this, MiB, and leaves no image of it when it crashes. */
  confine(memoryMb: number): void;
  /** What the addon holds now: buffers, mapped files, handles, jobs. For the tests; the witness libraries' own memory is not counted. */
  liveMemory(): LiveMemory;

  /** Loads a library of prover/native/witness, whose content the caller has checked. */
  loadWitness(path: string): WitnessLibraryHandle;
  /** Where a main input begins and how many values it has, none for an unknown name; of all inputs for the empty name. */
  witnessInput(library: WitnessLibraryHandle, name: string): readonly [first: number, count: number];
  /**
   * @param inputs integers below r of 32 bytes, all inputs in the circuit's order; copied, and the copy wiped
   * @returns the bytes of a .wtns file; whoever takes it wipes it
   */
  witness(library: WitnessLibraryHandle, inputs: Uint8Array): Promise<Uint8Array>;

  /**
   * Writes the tables that save most within a limit, whole or not at all.
   * @param keyDigest SHA-256 of the key's file
   * @param megabytes MiB of the file
   * @param threads 0 for one per processor
   */
  makeTables(key: KeyHandle, path: string, keyDigest: Uint8Array, megabytes: number, threads: number): Promise<void>;
  /** Maps a file of tables and checks it; every later proof with the key uses it. */
  useTables(key: KeyHandle, path: string, keyDigest: Uint8Array): Promise<TableFacts>;

  /**
   * Poseidon's constants for one width, as integers of 32 bytes: C, M and P by row, S.
   * @param width inputs + 1, 2 to 17
   */
  poseidonTable(level: LevelName, width: number, constants: Uint8Array): PoseidonTable;
  /** Replaces the first `count` words of 32 bytes by the hashes of `count` lists of width - 1 words. */
  poseidon(table: PoseidonTable, words: Uint8Array, count: number): void;
  /**
   * Hashes parents level by level. All arrays begin at a multiple of their elements' size.
   * @param table of 4 inputs
   * @param hashes words of 32 bytes: the leaves' hashes, then room for one a parent, which is filled
   * @param parents four words each: L.hash, R.hash, L.box, R.box; the hashes that places name are filled in
   * @param places of 4 bytes, two a parent: 1 + the place in `hashes` of the child's, or 0 when it is in `parents`
   * @param widths of 4 bytes: parents of each level, the lowest first
   */
  poseidonForest(
    table: PoseidonTable,
    hashes: Uint8Array,
    parents: Uint8Array,
    places: Uint8Array,
    widths: Uint8Array,
  ): void;
}

/** @throws {Error} when the file is not an addon for this Node and system */
export function loadAddon(path: string): Addon {
  return createRequire(import.meta.url)(path) as Addon; // the one place where the addon's shape is claimed
}
