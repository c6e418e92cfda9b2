import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { CircuitManifest } from "./artefacts.ts";
import { type Compiler, compileCircuit, LIBRARIES } from "./compiler.ts";
import { DEV_KEY_VERSION, DEV_SEED, DEV_SETUP } from "./devKey/seed.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { assertKeyUsable } from "./keyGate.ts";
import { readConstraintCounts } from "./r1cs.ts";
import { runProcess } from "./runProcess.ts";
import { renderVerifier } from "./solidityVerifier.ts";
import { readSources } from "./sources.ts";
import { buildStage, type Stage, writeFileAtomically } from "./stageCache.ts";
import { readVerificationKey, type VerificationKey } from "./verificationKey.ts";

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

/** A finished ceremony key, already compared with its record. */
export interface CeremonyKey {
  readonly zkeyPath: string;
  readonly zkeySha256: string;
  /** Of the circuit that the ceremony was held for. */
  readonly r1csSha256: string;
  /** "ceremony: ..." for the manifest. */
  readonly setup: string;
}

export class CeremonyCircuitError extends Error {
  override readonly name = "CeremonyCircuitError";
  readonly code = "CEREMONY_CIRCUIT";
  constructor(circuit: string, claimed: string, derived: string) {
    super(`the ceremony's key of ${circuit} was made for r1cs ${claimed}, but these sources compile to ${derived}`);
  }
}

const KEY_MAIN = fileURLToPath(new URL("./devKey/main.ts", import.meta.url));
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** One circuit from its sources to its verifier contract. Steps whose inputs did not change are taken from the cache. */
export async function buildCircuit(request: CircuitRequest): Promise<CircuitManifest> {
  const { root, circuit, profile, main, compiler, ceremony } = request;
  const say = (line: string) => request.onProgress(`${circuit}: ${line}`);
  const directory = join(root, "build", "circuits", profile, circuit);
  const base = basename(main, ".circom");
  const { name, version, options } = compiler;
  const description = { name, version, options };

  const sources = await readSources(root, main, LIBRARIES);
  const compileInputs = sha256(canonicalJson({ main, sources, compiler: description }));
  const compiled = await buildStage(directory, "compiled", compileInputs, async (temporary) => {
    const started = performance.now();
    say(`compiling ${main} with ${name} ${version}; a minute for 200,000 constraints`);
    await compileCircuit(compiler, root, main, temporary, request.signal);
    say(`compiled in ${seconds(started)}`);
  });
  const r1csPath = join(compiled.directory, `${base}.r1cs`);
  const r1csSha256 = recordOf(compiled, `${base}.r1cs`).sha256;
  const counts = readConstraintCounts(r1csPath);
  say(`${counts.constraints} constraints, ${counts.wires} wires, ${counts.publicSignals} public signals`);
  if (ceremony !== undefined && ceremony.r1csSha256 !== r1csSha256) {
    throw new CeremonyCircuitError(circuit, ceremony.r1csSha256, r1csSha256);
  }

  const origin = ceremony === undefined ? { seed: DEV_SEED, version: DEV_KEY_VERSION } : { zkey: ceremony.zkeySha256 };
  const keyed = await buildStage(
    directory,
    "key",
    sha256(canonicalJson({ r1csSha256, ...origin })),
    async (temporary) => {
      const zkeyPath = join(temporary, `${base}.zkey`);
      const started = performance.now();
      if (ceremony === undefined) {
        say(`making the development key; about ${Math.ceil(counts.constraints / 6000)} s`);
        await runProcess(
          `the development key of ${circuit}`,
          process.execPath,
          [KEY_MAIN, r1csPath, zkeyPath, r1csSha256],
          {
            cwd: root,
            signal: request.signal,
            onLine: (line) => say(`  ${line}`),
          },
        );
        await writeFile(join(temporary, `${base}.zkey.DEV_SETUP`), `${DEV_SETUP}\n`);
      } else await writeFile(zkeyPath, await readFile(ceremony.zkeyPath));
      const key = readVerificationKey(zkeyPath);
      assertKeyUsable(circuit, key, counts.publicSignals);
      const marked: VerificationKey = ceremony === undefined ? { setup: DEV_SETUP, ...key } : key;
      await writeFile(join(temporary, `${base}.verification_key.json`), `${JSON.stringify(marked, null, 2)}\n`);
      say(`key of ${megabytes((await stat(zkeyPath)).size)} ready in ${seconds(started)}; it passed the key gate`);
    },
  );
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
    compiler: description,
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

function recordOf(stage: Stage, fileName: string): Stage["files"][string] {
  const record = stage.files[fileName];
  if (record === undefined) throw new RangeError(`${stage.directory} holds no ${fileName}`);
  return record;
}
