import { readFileSync } from "node:fs";
import { z } from "zod";
import { PROFILES, type ProfileName } from "../../verifier/model/profile.ts";
import { ProverError } from "../errors.ts";
import { BACKEND_CHOICES } from "../proving/backendChoice.ts";

/** Flags, environment or configuration file are wrong: one line for each mistake. Exit code 2. */
export class SettingsError extends ProverError {
  override readonly name = "SettingsError";
  readonly code = "SETTINGS";
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.mistakes = mistakes;
  }
}

const profileNames = Object.keys(PROFILES) as [ProfileName, ...ProfileName[]]; // the keys of a literal
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, "must be an address, 0x and 40 hex digits");
const count = (least: number) => z.coerce.number().int().min(least).max(Number.MAX_SAFE_INTEGER);
const wei = z.coerce.bigint().min(1n);

/** What each setting is. Its flag is --kebab-case, its variable HOMEOSTAT_UPPER_SNAKE_CASE. */
export const chainSettings = {
  rpc: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }),
  guard: address,
  profile: z.enum(profileNames).default("standard"),
};
export const proverSettings = {
  ...chainSettings,
  secondRpc: chainSettings.rpc.optional(),
  store: z.string().min(1).default("homeostat-prover.sqlite"),
  root: z.string().min(1).default(process.cwd()),
  fromBlock: count(0).default(0),
  confirmations: count(0).default(0),
  pollMs: count(1).default(1000),
  keeper: count(0).default(0),
  backend: z.enum(BACKEND_CHOICES).default("auto"),
  execPath: z.string().min(1).optional(),
  children: count(1).default(2),
  deadlineMs: count(1).default(600_000),
  memoryMb: count(64).default(4096),
  tablesMb: count(0).max(65_536).default(0),
  maxFeeWei: wei.optional(),
  priorityWei: wei.optional(),
  signerKeyFile: z.string().min(1).optional(),
  statusPort: count(0).optional(),
};
export const aggregatorSettings = {
  ...proverSettings,
  host: z.string().min(1).default("127.0.0.1"),
  port: count(0).default(8547),
  intervalMs: count(1).default(2000),
  maxAheadSec: count(0).default(60),
};
export const rollbackSettings = {
  rpc: chainSettings.rpc,
  guard: address,
  fromBlock: proverSettings.fromBlock,
  pollMs: proverSettings.pollMs,
  maxFeeWei: wei.optional(),
  priorityWei: wei.optional(),
  signerKeyFile: proverSettings.signerKeyFile,
};
export const reporterSettings = {
  guard: address,
  profile: z.enum(profileNames).default("standard"),
  chainId: z.coerce.bigint().min(1n),
  key: z.string().min(1),
  slot: count(0),
  aggregator: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }),
  csv: z.string().min(1),
  intervalMs: count(1).default(12_000),
};

/** Values as text, from wherever they come. */
export type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads settings: a flag wins over the environment, the environment over the file of --config, the file over the default.
 * @throws {SettingsError} with one line for each mistake
 */
export function readSettings<S extends z.ZodRawShape>(
  shape: S,
  flags: Raw,
  environment: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<S>> {
  const { config: path, json: _json, ...given } = flags;
  const file = typeof path === "string" ? readConfigFile(path) : {};
  const unknown = Object.keys(file).filter((name) => !(name in shape));
  if (unknown.length > 0)
    throw new SettingsError(unknown.map((name) => `${String(path)}: no setting is called ${name}`));
  const merged: Record<string, unknown> = {};
  for (const name of Object.keys(shape)) {
    const value = given[name] ?? environment[variableOf(name)] ?? file[name];
    if (value !== undefined) merged[name] = value;
  }
  const parsed = z.object(shape).safeParse(merged);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map(({ path: [name], message }) => explain(String(name ?? ""), message, merged)),
  );
}

function explain(name: string, message: string, merged: Raw): string {
  const places = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} or ${variableOf(name)}`;
  return name in merged ? `${places}: ${message}` : `${places}: is needed`;
}

const variableOf = (name: string): string =>
  `HOMEOSTAT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

function readConfigFile(path: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new SettingsError([`${path}: is not a readable JSON object`]);
  }
}
