import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BytesLike, ContractFactory, Interface, type InterfaceAbi, type Signer } from "ethers";
import { DeployError } from "./errors.ts";

/** The two circuits that a profile has verifiers of. */
export type Circuit = "OracleRound" | "MarginBatch";

/**
 * The factory of a compiled contract.
 * @param source path of its file below contracts/, e.g. "mocks/TestToken.sol"
 * @throws {DeployError} DEPLOY_ARTEFACT when it is not compiled
 */
export function factoryOf(artifacts: string, source: string, name: string, signer: Signer): ContractFactory {
  const path = join(artifacts, "contracts", source, `${name}.json`);
  if (!existsSync(path)) throw new DeployError("DEPLOY_ARTEFACT", path, "is missing: compile the contracts first");
  // the compiler's own output; its two fields are checked by ethers when used
  const { abi, bytecode } = JSON.parse(readFileSync(path, "utf8")) as { abi: InterfaceAbi; bytecode: BytesLike };
  return new ContractFactory(new Interface(abi), bytecode, signer);
}

/** The factory of a circuit's generated verifier. @throws {DeployError} DEPLOY_ARTEFACT when there is none */
export function verifierFactoryOf(
  artifacts: string,
  profile: string,
  circuit: Circuit,
  signer: Signer,
): ContractFactory {
  const folder = join(artifacts, "contracts", "generated", profile);
  const sources = existsSync(folder) ? readdirSync(folder).filter((name) => name.includes(circuit)) : [];
  const [source, ...others] = sources;
  if (source === undefined || others.length > 0) {
    const reason = `holds ${sources.length} verifiers of ${circuit}: build the circuits and compile the contracts first`;
    throw new DeployError("DEPLOY_ARTEFACT", folder, reason);
  }
  return factoryOf(artifacts, join("generated", profile, source), source.replace(/\.sol$/, ""), signer);
}
