import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CompilerDescription } from "./compiler.ts";
import { digestFile } from "./digest.ts";
import type { ConstraintCounts } from "./r1cs.ts";

/** The circuits of the project, in the order in which a round of work needs them. */
export const CIRCUITS = ["OracleRound", "MarginBatch"] as const;
export type CircuitName = (typeof CIRCUITS)[number];

/** Files of a compiled circuit; the same names as `CircuitArtefacts` gives paths for. */
export const FILE_KINDS = ["r1cs", "wasm", "sym", "zkey", "verificationKey"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Absolute paths. */
export type CircuitArtefacts = Readonly<Record<FileKind, string>>;

export interface CircuitManifest {
  /** Main file, relative to the project root. */
  readonly main: string;
  /** sha256 by path, of every file that the main file includes, directly or not. */
  readonly sources: Readonly<Record<string, string>>;
  readonly compiler: CompilerDescription;
  readonly counts: ConstraintCounts;
  /** "dev: ..." or "ceremony: ...". @see isDevSetup */
  readonly setup: string;
  /** The contract's KEY_DIGEST. */
  readonly keyDigest: string;
  /** Paths relative to the project root. */
  readonly files: Readonly<
    Record<FileKind, { readonly path: string; readonly sha256: string; readonly bytes: number }>
  >;
  /** Verifier contract, relative to the project root. */
  readonly contract: string;
}

export interface Manifest {
  readonly format: 1;
  readonly profile: string;
  /** "dev: ..." when any key is a development key. */
  readonly setup: string;
  readonly circuits: Readonly<Record<CircuitName, CircuitManifest>>;
}

export type Artefacts = Readonly<Record<CircuitName, CircuitArtefacts>> & { readonly manifest: Manifest };

export class ArtefactsMissingError extends Error {
  override readonly name = "ArtefactsMissingError";
  readonly code = "ARTEFACTS_MISSING";
  readonly path: string;
  constructor(path: string, profile: string, cause: unknown) {
    super(`${path} is missing or unreadable; make it with: node scripts/circuits/build.ts ${profile}`, { cause });
    this.path = path;
  }
}

export class ArtefactDigestError extends Error {
  override readonly name = "ArtefactDigestError";
  readonly code = "ARTEFACT_DIGEST";
  readonly path: string;
  readonly claimed: string;
  readonly derived: string;
  constructor(path: string, claimed: string, derived: string) {
    super(`${path} is not what the manifest names: sha256 ${derived}, claimed ${claimed}`);
    this.path = path;
    this.claimed = claimed;
    this.derived = derived;
  }
}

export function profileDirectory(root: string, profile: string): string {
  return join(root, "build", "circuits", profile);
}

export function manifestPath(root: string, profile: string): string {
  return join(profileDirectory(root, profile), "manifest.json");
}

/** The manifest's files as absolute paths, unchecked. */
export function artefactsOf(root: string, manifest: Manifest): Artefacts {
  const pathsOf = (circuit: CircuitName): CircuitArtefacts => {
    const { files } = manifest.circuits[circuit];
    const path = (kind: FileKind) => join(root, files[kind].path);
    return {
      r1cs: path("r1cs"),
      wasm: path("wasm"),
      sym: path("sym"),
      zkey: path("zkey"),
      verificationKey: path("verificationKey"),
    };
  };
  return { OracleRound: pathsOf("OracleRound"), MarginBatch: pathsOf("MarginBatch"), manifest };
}

/**
 * The artefacts of a profile, each compared with its digest in the manifest before anyone uses it.
 * @param options.root project root; the working directory when absent
 * @throws {ArtefactsMissingError} when the manifest or a file is absent
 * @throws {ArtefactDigestError} when a file has other content
 */
export async function loadArtefacts(profile: string, options: { readonly root?: string } = {}): Promise<Artefacts> {
  const root = options.root ?? process.cwd();
  const path = manifestPath(root, profile);
  const missing = (file: string) => (cause: unknown) => {
    throw new ArtefactsMissingError(file, profile, cause);
  };
  const text = await readFile(path, "utf8").catch(missing(path));
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest; // written by buildProfile; format checked next
    if (manifest.format !== 1 || manifest.profile !== profile) throw new RangeError("another format or profile");
  } catch (cause) {
    throw new ArtefactsMissingError(path, profile, cause);
  }
  const checks = CIRCUITS.flatMap((circuit) => FILE_KINDS.map((kind) => manifest.circuits[circuit].files[kind]));
  await Promise.all(
    checks.map(async ({ path: relativePath, sha256 }) => {
      const file = join(root, relativePath);
      const derived = await digestFile(file).catch(missing(file));
      if (derived !== sha256) throw new ArtefactDigestError(file, sha256, derived);
    }),
  );
  return artefactsOf(root, manifest);
}
