import { Contract, keccak256, type Provider, type Signer } from "ethers";
import { VERIFIER_ABI } from "../../verifier/chain/abi.ts";
import { type Circuit, verifierFactoryOf } from "./artifacts.ts";
import type { CheckedConfig } from "./config.ts";
import { DeployError } from "./errors.ts";

/** A local development chain: the only place where keys made by anyone may verify anything. */
const DEVELOPMENT_CHAIN = 31337n;

/** A verifier on chain and the hash of its code, which the guard pins. */
export interface PinnedVerifier {
  readonly address: string;
  readonly codehash: string;
}

async function isDevSetup(provider: Provider, address: string): Promise<boolean> {
  const verifier = new Contract(address, VERIFIER_ABI, provider);
  try {
    return Boolean(await verifier.getFunction("DEV_SETUP").staticCall());
  } catch (cause) {
    const error = new DeployError("DEPLOY_DEV_KEY", address, "does not say whether its key is a development key");
    error.cause = cause;
    throw error;
  }
}

/**
 * The verifier of one circuit: the configured one, or a newly deployed one.
 * @throws {DeployError} DEPLOY_DEV_KEY when its key is a development key and the chain is not a local one; DEPLOY_CONFIG when the
 *         configured address has no code; DEPLOY_ARTEFACT when the generated one is missing
 */
export async function pinVerifier(
  signer: Signer,
  provider: Provider,
  config: CheckedConfig,
  circuit: Circuit,
): Promise<PinnedVerifier> {
  const role = circuit === "OracleRound" ? "round" : "batch";
  let address = config.verifiers?.[role];
  if (address === undefined) {
    const deployed = await verifierFactoryOf(config.artifacts, config.profile.name, circuit, signer).deploy();
    await deployed.waitForDeployment();
    address = await deployed.getAddress();
  }
  const code = await provider.getCode(address);
  if (code === "0x") throw new DeployError("DEPLOY_CONFIG", `verifiers.${role}`, `${address} has no code`);
  const { chainId } = await provider.getNetwork();
  if (chainId !== DEVELOPMENT_CHAIN && (await isDevSetup(provider, address))) {
    const reason = `anyone can forge proofs for the key of ${circuit} at ${address}: chain ${chainId} needs a key from a ceremony`;
    throw new DeployError("DEPLOY_DEV_KEY", `verifiers.${role}`, reason);
  }
  return { address, codehash: keccak256(code) };
}
