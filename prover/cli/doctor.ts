import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { formatEther, Interface } from "ethers";
import type { z } from "zod";
import { type Artefacts, CIRCUITS, loadArtefacts } from "../../scripts/circuits/artefacts.ts";
import { VERIFIER_ABI } from "../../verifier/chain/abi.ts";
import { parseVerificationKey } from "../../verifier/check/verificationKey.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { GUARD } from "../chain/events.ts";
import { httpTransport } from "../chain/transport.ts";
import { describeError, ProverError } from "../errors.ts";
import { describeBackend } from "../proving/backendChoice.ts";
import { chooseBackend } from "../proving/chooseBackend.ts";
import { chooseHasher, describeHasher } from "../proving/chooseHasher.ts";
import { provingArtefacts } from "../proving/provingArtefacts.ts";
import { readContract } from "../service/checkGuard.ts";
import { connect } from "../service/connect.ts";
import { createLedger } from "../service/ledger.ts";
import { createSigner } from "../settle/signer.ts";
import { examineTables } from "./examineTables.ts";
import type { Output } from "./output.ts";
import { readStates } from "./readStates.ts";
import { proverSettings, type Raw, readSettings } from "./settings.ts";
import { readSignerKey } from "./signerKey.ts";

type Settings = z.infer<z.ZodObject<typeof proverSettings>>;
type Health = "ok" | "warning" | "failed";

/** Something is wrong; the lines above say what. */
class UnhealthyError extends ProverError {
  override readonly name = "UnhealthyError";
  readonly code = "UNHEALTHY";
}

/** What was seen, as text and as members of the JSON; a mere text is healthy. */
type Finding = string | { readonly health: "ok" | "warning"; readonly text: string; readonly values?: object };
const warning = (text: string): Finding => ({ health: "warning", text });

/** `doctor`: checks everything that `run` needs, and says each thing. */
export async function doctor(flags: Raw, output: Output): Promise<void> {
  const settings = readSettings(proverSettings, flags, process.env);
  let failed = 0;
  const check = async (name: string, examine: () => Promise<Finding> | Finding): Promise<void> => {
    let health: Health = "ok";
    let text: string;
    let values: object | undefined;
    try {
      const finding = await examine();
      ({ health, text, values } = typeof finding === "string" ? { health, text: finding, values } : finding);
    } catch (error) {
      const { code, message } = describeError(error);
      [health, text] = ["failed", `${code}: ${message}`];
      failed++;
    }
    output.print(`${health.padEnd(8)} ${name.padEnd(9)} ${text}`, { check: name, health, text, ...values });
  };
  await check("node", () => examineNode(settings));
  await check("backend", () => examineBackend(settings));
  await check("circuits", () => examineCircuits(settings));
  await check("tables", async () => examineTables(await artefactsOf(settings), settings.backend, settings.tablesMb));
  await check("key", () => examineKeys(settings));
  await check("guard", () => examineGuard(settings));
  await check("state", () => examineState(settings));
  await check("account", () => examineAccount(settings));
  await check("store", () => examineStore(settings));
  if (failed > 0) throw new UnhealthyError(`${failed} of 9 checks failed`);
}

function examineNode({ execPath }: Settings): Finding {
  const path = execPath ?? process.execPath;
  const version = execFileSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 }).trim();
  const major = Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
  if (major < 22) throw new UnhealthyError(`${path} is Node ${version}; at least 22.18 is needed`);
  return major > 22
    ? warning(`proofs in processes of Node ${version}; snarkjs' are about 30 % faster in Node 22 (--exec-path)`)
    : `proofs in processes of Node ${version}`;
}

async function examineBackend({ backend }: Settings): Promise<Finding> {
  const { selection } = await chooseBackend(backend);
  const health = backend === "auto" && selection.name === "snarkjs" ? "warning" : "ok"; // a faster one is to be had
  const hasher = await chooseHasher(backend);
  const text = `proofs by ${describeBackend(selection)}; hashes by ${describeHasher(hasher)}`;
  return { health, text, values: selection };
}

const artefactsOf = ({ profile, root }: Settings): Promise<Artefacts> => loadArtefacts(profile, { root });

async function examineCircuits(settings: Settings): Promise<Finding> {
  const { manifest } = await artefactsOf(settings);
  return `${settings.profile}: every file has the digest of the manifest; set-up ${manifest.setup}`;
}

async function examineKeys(settings: Settings): Promise<Finding> {
  const artefacts = await artefactsOf(settings);
  for (const circuit of CIRCUITS)
    parseVerificationKey(JSON.parse(readFileSync(artefacts[circuit].verificationKey, "utf8")));
  const { setup } = artefacts.manifest;
  return setup.startsWith("dev")
    ? warning("a DEVELOPMENT key: whoever made it can forge proofs")
    : "phase 2 was run for both circuits";
}

async function examineGuard(settings: Settings): Promise<Finding> {
  const { client, guard, chainId } = await connectTo(settings, ":memory:");
  const artefacts = await artefactsOf(settings);
  for (const [circuit, view] of [
    ["OracleRound", "roundVerifier"],
    ["MarginBatch", "batchVerifier"],
  ] as const) {
    const address = String(await readContract(client, { contract: GUARD, address: guard }, view));
    const digest = String(await readContract(client, { contract: new Interface(VERIFIER_ABI), address }, "KEY_DIGEST"));
    const wanted = artefacts.manifest.circuits[circuit].keyDigest;
    if (bareHex(digest) !== bareHex(wanted))
      throw new UnhealthyError(`the guard's key of ${circuit} is ${digest}, ours ${wanted}`);
  }
  return `chain ${chainId}, ${guard}: profile and both keys are ours`;
}

/** Proofs are the guard's way back: only in Exit there is nothing left to prove. */
async function examineState(settings: Settings): Promise<Finding> {
  const { client, guard } = await connectTo(settings, ":memory:");
  const { states, causes } = await readStates(client, guard, PROFILES[settings.profile].markets);
  const text = states.map((state, market) => `market ${market} ${state}`).join(", ");
  if (states.every((state) => state === "Normal")) return { health: "ok", text, values: { states, causes } };
  return {
    health: "warning",
    text: causes === 0 ? text : `${text}; halt causes ${causes}`,
    values: { states, causes },
  };
}

const bareHex = (text: string): string => text.toLowerCase().replace(/^0x/, "");

async function examineAccount(settings: Settings): Promise<Finding> {
  const { client, chainId } = await connectTo(settings, ":memory:");
  const { address } = createSigner(readSignerKey(settings.signerKeyFile, process.env), chainId);
  const balance = await client.balanceOf(address);
  const text = `${address} has ${formatEther(balance)} of the native token`;
  return balance === 0n ? warning(`${text}: it cannot pay for a settlement`) : text;
}

async function examineStore(settings: Settings): Promise<Finding> {
  if (!existsSync(settings.store)) return `${settings.store}: not there yet; \`run\` makes it`;
  const connection = await connectTo(settings, settings.store);
  const { store } = connection;
  try {
    const view = createLedger({ ...connection, storePath: settings.store }).view();
    return view === null
      ? `${settings.store}: empty`
      : `${settings.store}: ${view.settled} operations settled, roots recomputed`;
  } finally {
    store.close();
  }
}

async function connectTo(settings: Settings, storePath: string) {
  const artefacts = provingArtefacts(await artefactsOf(settings));
  const { rpc, guard, profile } = settings;
  const signerKey = ""; // connecting signs nothing
  return connect({ transport: httpTransport(rpc), guard, profile: PROFILES[profile], artefacts, storePath, signerKey });
}
