import { mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { CircuitManifest } from "./artefacts.ts";
import type { Compiler } from "./compiler.ts";
import { compileStep } from "./compileStep.ts";
import { DEV_SETUP } from "./devKey/seed.ts";
import { type CeremonyKey, keyStep } from "./keyStep.ts";
import { renderVerifier } from "./solidityVerifier.ts";
import { recordOf, type Stage, writeFileAtomically } from "./stageCache.ts";
import type { VerificationKey } from "./verificationKey.ts";

export interface CircuitRequest {
  readonly root: string;
  readonly circuit: string;
  readonly profile: string;
  /** Main file, relative to the root. */
  readonly main: string;
  readonly compiler: Compiler;
  /** The command to name in generated files. */
  readonly command: string;
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** A key from a ceremony instead of a development key. */
  readonly ceremony?: CeremonyKey | undefined;
}

export class CeremonyCircuitError extends Error {
  override readonly name = "CeremonyCircuitError";
  readonly code = "CEREMONY_CIRCUIT";
  constructor(circuit: string, claimed: string, derived: string) {
    super(`the ceremony's key of ${circuit} was made for r1cs ${claimed}, but these sources compile to ${derived}`);
  }
}

/** One circuit from its sources to its verifier contract. Steps whose inputs did not change are taken from the cache. */
export async function buildCircuit(request: CircuitRequest): Promise<CircuitManifest> {
  const { root, circuit, profile, main, compiler, ceremony } = request;
  const say = (line: string) => request.onProgress(`${circuit}: ${line}`);
  const directory = join(root, "build", "circuits", profile, circuit);
  const step = { root, main, directory, compiler, say, signal: request.signal };

  const compilation = await compileStep(step);
  const { stage: compiled, base, counts, r1csSha256, sources } = compilation;
  say(`${counts.constraints} constraints, ${counts.wires} wires, ${counts.publicSignals} public signals`);
  if (ceremony !== undefined && ceremony.r1csSha256 !== r1csSha256) {
    throw new CeremonyCircuitError(circuit, ceremony.r1csSha256, r1csSha256);
  }
  const keyed = await keyStep(compilation, { ...step, circuit, ceremony });
  if (compiled.cached && keyed.cached) say("unchanged since the last build");

  const key = JSON.parse(
    await readFile(join(keyed.directory, `${base}.verification_key.json`), "utf8"),
  ) as VerificationKey;
  const verifier = renderVerifier({ circuit, profile, command: request.command }, key, ceremony === undefined);
  const contracts = join(root, "contracts", "generated", profile);
  await mkdir(contracts, { recursive: true });
  const contract = join(contracts, `${verifier.name}.sol`);
  await writeFileAtomically(contract, verifier.source, directory);

  const file = (stage: Stage, fileName: string) => {
    return { path: relative(root, join(stage.directory, fileName)), ...recordOf(stage, fileName) };
  };
  return {
    main,
    sources,
    compiler: compilation.compiler,
    counts,
    setup: ceremony?.setup ?? DEV_SETUP,
    keyDigest: verifier.keyDigest,
    files: {
      r1cs: file(compiled, `${base}.r1cs`),
      wasm: file(compiled, `${base}.wasm`),
      sym: file(compiled, `${base}.sym`),
      zkey: file(keyed, `${base}.zkey`),
      verificationKey: file(keyed, `${base}.verification_key.json`),
    },
    contract: relative(root, contract),
  };
}
