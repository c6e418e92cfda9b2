/** Production keys: `node scripts/ceremony/ceremony.ts <setup|contribute|beacon|finish> ...`. @see scripts/circuits/README.md */
import { parseArgs } from "node:util";
import { applyBeacon, CeremonyError, contribute, finish, type Origin, setup } from "./steps.ts";

const USAGE = `usage:
  ceremony.ts setup      --r1cs F --ptau F [--ptau-hash H] --out F
  ceremony.ts contribute --in F --out F --name "who"
  ceremony.ts beacon     --in F --out F --beacon HEX [--iterations-power 10]
  ceremony.ts finish     --r1cs F --ptau F [--ptau-hash H] --in F --beacon HEX [--iterations-power 10]
                         --minimum N --circuit OracleRound|MarginBatch --profile P --out DIRECTORY
  all: [--limit-minutes 240] ends snarkjs when it takes longer`;

const text = { type: "string" } as const;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    r1cs: text,
    ptau: text,
    "ptau-hash": text,
    in: text,
    out: text,
    name: text,
    beacon: text,
    "iterations-power": { ...text, default: "10" },
    minimum: text,
    circuit: text,
    profile: text,
    "limit-minutes": { ...text, default: "240" },
  },
});

function required(
  option: "r1cs" | "ptau" | "in" | "out" | "name" | "beacon" | "minimum" | "circuit" | "profile",
): string {
  const value = values[option];
  if (value === undefined || value === "") throw new CeremonyError(`--${option} is missing\n${USAGE}`);
  return value;
}

function wholeNumber(option: string, value: string, minimum: number): number {
  const number = Number(value);
  if (!/^\d{1,6}$/.test(value) || number < minimum)
    throw new CeremonyError(`--${option} is ${value}, wanted ${minimum} or more`);
  return number;
}

function origin(): Origin {
  const limitMs = 60_000 * wholeNumber("limit-minutes", values["limit-minutes"], 1);
  return { r1cs: required("r1cs"), ptau: required("ptau"), ptauHash: values["ptau-hash"], limitMs };
}

function beacon(): { hash: string; iterationsPower: number } {
  const hash = required("beacon").toLowerCase();
  if (!/^([0-9a-f]{2}){16,255}$/.test(hash)) throw new CeremonyError("--beacon is not at least 16 bytes of hex");
  return { hash, iterationsPower: wholeNumber("iterations-power", values["iterations-power"], 10) };
}

async function run(step: string | undefined): Promise<string> {
  if (step === "setup") {
    await setup(origin(), required("out"));
    return `${required("out")} is ready for the first contribution`;
  }
  if (step === "contribute") {
    const transcript = await contribute(required("in"), required("out"), required("name"));
    return `publish this transcript of your contribution: ${transcript}`;
  }
  if (step === "beacon") {
    const { hash, iterationsPower } = beacon();
    await applyBeacon(required("in"), required("out"), hash, iterationsPower);
    return `${required("out")} ends with the beacon; now verify it with "finish"`;
  }
  if (step === "finish") {
    const record = await finish({
      ...origin(),
      key: required("in"),
      circuit: required("circuit"),
      profile: required("profile"),
      minimumContributions: wholeNumber("minimum", required("minimum"), 1),
      beacon: beacon(),
      directory: required("out"),
    });
    return `verified, ${record.contributions.length} contributions, key digest ${record.keyDigest}`;
  }
  throw new CeremonyError(USAGE);
}

try {
  console.log(await run(positionals[0]));
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
}
process.exit(); // snarkjs' worker threads would keep the process alive
