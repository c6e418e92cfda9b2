import { getCreateAddress, type Signer, ZeroAddress } from "ethers";
import { factoryOf } from "./artifacts.ts";
import { checkConfig, type DeployConfig } from "./config.ts";
import { deployCouncil } from "./council.ts";
import { DeployError } from "./errors.ts";
import { checkStateHasher, deployStateHasher } from "./exitHall.ts";
import { pinVerifier } from "./verifiers.ts";

/** Where everything is. */
export interface Deployment {
  readonly guard: string;
  readonly engine: string;
  readonly token: string;
  readonly roundVerifier: string;
  readonly batchVerifier: string;
  /** Where everyone leaves in Exit; the zero address for none. */
  readonly exitHall: string;
  /** Who may tighten for a bounded time, and who may end that early; zero addresses for nobody. */
  readonly council: string;
  readonly timelock: string;
  /** Number of the block with the guard's genesis event: where a follower begins. */
  readonly genesisBlock: number;
}

/**
 * Deploys a guard with its engine and its exit hall, and verifiers and a test token as configured.
 * Guard, engine and hall name each other for ever; the guard's address is computed before it exists.
 * @param signer with a provider; nobody else may send from its address meanwhile
 * @throws {DeployError} when the configuration is wrong, a contract is not compiled, or a development key meets a public chain
 */
export async function deployHomeostat(signer: Signer, given: DeployConfig): Promise<Deployment> {
  const config = checkConfig(given);
  const { provider } = signer;
  if (provider === null) throw new DeployError("DEPLOY_CONFIG", "signer", "is not connected to a provider");

  const round = await pinVerifier(signer, provider, config, "OracleRound");
  const batch = await pinVerifier(signer, provider, config, "MarginBatch");
  const token = config.token === "test" ? await deployTestToken(signer, config.artifacts) : config.token;
  const { markets, depth, operations, reporters } = config.profile;
  const withHall = config.exitHall !== "none";
  if (config.stateHasher !== undefined) await checkStateHasher(provider, config.stateHasher, markets);
  const stateHasher = withHall
    ? (config.stateHasher ?? (await deployStateHasher(signer, config.artifacts, markets)))
    : ZeroAddress;

  const deployer = await signer.getAddress();
  const nonce = await provider.getTransactionCount(deployer, "pending");
  const councilNonce = nonce + (withHall ? 2 : 1);
  const guardNonce = councilNonce + (config.newCouncil === undefined ? 0 : 1);
  const predicted = getCreateAddress({ from: deployer, nonce: guardNonce });

  const engine = await factoryOf(
    config.artifacts,
    config.engineContract.source,
    config.engineContract.name,
    signer,
  ).deploy(predicted, token, { markets, depth, ...config.engine }, { nonce });
  await engine.waitForDeployment();
  const exitHall = withHall
    ? await deployHall(signer, config.artifacts, [predicted, stateHasher, depth], nonce + 1)
    : ZeroAddress;
  const { council, timelock } =
    config.newCouncil === undefined
      ? (config.council ?? { council: ZeroAddress, timelock: ZeroAddress })
      : await deployCouncil(signer, config.artifacts, config.newCouncil, predicted, councilNonce);
  const bound = {
    engine: await engine.getAddress(),
    token,
    roundVerifier: round.address,
    batchVerifier: batch.address,
    roundVerifierCodehash: round.codehash,
    batchVerifierCodehash: batch.codehash,
    council,
    timelock,
    uptimeFeed: config.uptimeFeed ?? ZeroAddress,
    exitHall,
  };
  const guard = await factoryOf(config.artifacts, "Homeostat.sol", "Homeostat", signer).deploy(
    bound,
    { markets, operations, reporters },
    config.limits,
    config.genesis,
    { nonce: guardNonce },
  );
  await guard.waitForDeployment();
  const address = await guard.getAddress();
  if (address !== predicted) throw new DeployError("DEPLOY_NONCE", "guard", `is at ${address}, not at ${predicted}`);
  const receipt = await guard.deploymentTransaction()?.wait();
  if (receipt === null || receipt === undefined) throw new DeployError("DEPLOY_NONCE", "guard", "has no receipt");
  const { roundVerifier, batchVerifier } = bound;
  return {
    guard: address,
    engine: bound.engine,
    token,
    roundVerifier,
    batchVerifier,
    exitHall,
    council,
    timelock,
    genesisBlock: receipt.blockNumber,
  };
}

async function deployHall(
  signer: Signer,
  artifacts: string,
  [guard, hasher, depth]: readonly [string, string, number],
  nonce: number,
): Promise<string> {
  const hall = await factoryOf(artifacts, "exit/ExitHall.sol", "ExitHall", signer).deploy(guard, hasher, depth, {
    nonce,
  });
  await hall.waitForDeployment();
  return hall.getAddress();
}

async function deployTestToken(signer: Signer, artifacts: string): Promise<string> {
  const token = await factoryOf(artifacts, "mocks/TestToken.sol", "TestToken", signer).deploy();
  await token.waitForDeployment();
  return token.getAddress();
}
