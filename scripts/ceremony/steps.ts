/** The steps of a key ceremony. Each runs on its own: setup by the organiser, contributions by people on their own machines. */
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type CeremonyRecord, ceremonyFiles } from "../circuits/ceremonyKey.ts";
import { isDevSetup } from "../circuits/devKey/isDevSetup.ts";
import { digestFile } from "../circuits/digest.ts";
import { assertKeyUsable } from "../circuits/keyGate.ts";
import { domainPower, readConstraintCounts } from "../circuits/r1cs.ts";
import { runProcess } from "../circuits/runProcess.ts";
import { renderVerifier } from "../circuits/solidityVerifier.ts";
import { keyDigest, readVerificationKey } from "../circuits/verificationKey.ts";
import { type Contribution, readContributions } from "./contributions.ts";
import { checkPtau } from "./ptau.ts";

export class CeremonyError extends Error {
  override readonly name = "CeremonyError";
  readonly code = "CEREMONY";
}

const SNARKJS = join(dirname(createRequire(import.meta.url).resolve("snarkjs")), "cli.cjs");

/** A circuit and the public phase-1 file that its key starts from. */
export interface Origin {
  readonly r1cs: string;
  readonly ptau: string;
  /** BLAKE2b-512, hex; may be absent for the files of KNOWN_PTAU. */
  readonly ptauHash?: string | undefined;
  /** snarkjs is ended after this long. */
  readonly limitMs: number;
}

/** snarkjs in a child process, ended when it takes longer than it may. @returns what it printed */
function snarkjs(args: readonly string[], limitMs?: number): Promise<string> {
  return runProcess(args.slice(0, 2).join(" "), process.execPath, [SNARKJS, ...args], { cwd: process.cwd(), limitMs });
}

/** A file that appears only when it is complete. @param write is given a temporary name beside it */
async function whole(output: string, write: (temporary: string) => Promise<unknown>): Promise<void> {
  const temporary = `${output}.unfinished`;
  try {
    await write(temporary);
    await rename(temporary, output);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The first key of a circuit, to which nobody has contributed: worthless until somebody does. */
export async function setup(origin: Origin, output: string): Promise<void> {
  await checkPtau(origin.ptau, origin.ptauHash, domainPower(readConstraintCounts(origin.r1cs)));
  await whole(output, (file) => snarkjs(["groth16", "setup", origin.r1cs, origin.ptau, file], origin.limitMs));
}

/**
 * Adds one person's randomness, which is forgotten when the process ends.
 * @param name published with the contribution
 * @returns the transcript, hex: what the contributor publishes
 */
export async function contribute(input: string, output: string, name: string): Promise<string> {
  const { zKey } = createRequire(import.meta.url)("snarkjs") as {
    zKey: { contribute: (input: string, output: string, name: string, entropy: string) => Promise<unknown> };
  };
  const entropy = randomBytes(64).toString("hex"); // used in this process: on a command line it would be public
  await whole(output, (file) => zKey.contribute(input, file, name, entropy));
  return readContributions(output).at(-1)?.transcript ?? "";
}

/** Ends the chain with public randomness that nobody could foresee when the last person contributed. */
export async function applyBeacon(input: string, output: string, hash: string, iterationsPower: number): Promise<void> {
  await whole(output, (file) => snarkjs(["zkey", "beacon", input, file, hash, String(iterationsPower), "-n=beacon"]));
}

export interface FinishRequest extends Origin {
  readonly key: string;
  readonly circuit: string;
  readonly profile: string;
  /** Contributions of people that the key must have, the beacon not counted. */
  readonly minimumContributions: number;
  /** The beacon that was announced before the ceremony ended. */
  readonly beacon: { readonly hash: string; readonly iterationsPower: number };
  /** Where the results go. */
  readonly directory: string;
}

/**
 * Verifies the whole chain and writes key, record, verification key and contract.
 * @throws {PtauRefusedError} {ProcessFailedError} {CeremonyError} {KeyRefusedError} and nothing is written
 */
export async function finish(request: FinishRequest): Promise<CeremonyRecord> {
  const { r1cs, ptau, key, circuit, profile, directory, beacon } = request;
  const counts = readConstraintCounts(r1cs);
  const ptauBlake2b = await checkPtau(ptau, request.ptauHash, domainPower(counts));
  const people = checkChain(readContributions(key), request.minimumContributions, beacon);
  const said = await snarkjs(["zkey", "verify", r1cs, ptau, key], request.limitMs);
  if (!said.includes("ZKey Ok!")) throw new CeremonyError(`snarkjs does not say that ${key} is good:\n${said}`);
  const verificationKey = readVerificationKey(key);
  assertKeyUsable(circuit, verificationKey, counts.publicSignals);
  if (isDevSetup(verificationKey)) throw new CeremonyError(`${key} comes from the public development seed`);

  const files = ceremonyFiles(directory, circuit, profile);
  await mkdir(directory, { recursive: true });
  await copyFile(key, files.zkey);
  const record: CeremonyRecord = {
    format: 1,
    circuit,
    profile,
    r1csSha256: await digestFile(r1cs),
    ptauBlake2b,
    zkeySha256: await digestFile(files.zkey),
    contributions: people.map(({ name, transcript }) => ({ name, transcript })),
    beacon,
    keyDigest: keyDigest(verificationKey),
  };
  const command = `node scripts/circuits/build.ts ${profile} --keys <directory>`;
  const verifier = renderVerifier({ circuit, profile, command }, verificationKey, false);
  await writeFile(join(directory, `${verifier.name}.sol`), verifier.source);
  await writeFile(files.verificationKey, `${JSON.stringify(verificationKey, null, 2)}\n`);
  await writeFile(files.record, `${JSON.stringify(record, null, 2)}\n`); // last: without it the key is not taken
  return record;
}

function checkChain(
  chain: readonly Contribution[],
  minimum: number,
  beacon: FinishRequest["beacon"],
): readonly Contribution[] {
  const people = chain.filter(({ kind }) => kind === "person");
  if (people.length < minimum) throw new CeremonyError(`the key has ${people.length} contributions, wanted ${minimum}`);
  const last = chain.at(-1);
  if (last?.kind !== "beacon" || people.length !== chain.length - 1) {
    throw new CeremonyError("the key does not end with one beacon after all contributions");
  }
  if (last.hash !== beacon.hash.toLowerCase() || last.iterationsPower !== beacon.iterationsPower) {
    throw new CeremonyError(`the beacon is ${last.hash} (2^${last.iterationsPower} iterations), not the announced one`);
  }
  return people;
}
