import { Contract, type Provider, type Signer, ZeroAddress } from "ethers";
import { initCodeOf, poseidonPages } from "../circuits/poseidonConstants.ts";
import { factoryOf } from "./artifacts.ts";
import { DeployError } from "./errors.ts";

/** Inputs of Poseidon for a node and a state root, and for an account before its sizes. @see contracts/exit/StateHasher.sol */
const NODE_INPUTS = 4;
const ROOT_INPUTS = 5;
const ACCOUNT_INPUTS = 5;
const HASHER_ABI = ["function markets() view returns (uint256)"];

/**
 * Deploys what recomputes state roots on chain: Poseidon's constants as data contracts, and the hasher that reads them. It has no
 * state and no owner, so that one serves any number of guards with as many markets.
 * @returns the hasher's address
 */
export async function deployStateHasher(signer: Signer, artifacts: string, markets: number): Promise<string> {
  const [node = ZeroAddress] = await deployTable(signer, NODE_INPUTS + 1);
  const root = await deployTable(signer, ROOT_INPUTS + 1);
  const account = await deployTable(signer, ACCOUNT_INPUTS + markets + 1);
  const pair = ([first = ZeroAddress, second = ZeroAddress]: readonly string[]) => [first, second];
  const hasher = await factoryOf(artifacts, "exit/StateHasher.sol", "StateHasher", signer).deploy(
    markets,
    node,
    pair(root),
    pair(account),
  );
  await hasher.waitForDeployment();
  return hasher.getAddress();
}

/** @throws {DeployError} DEPLOY_CONFIG when a state hasher that exists already is none, or one of other accounts */
export async function checkStateHasher(provider: Provider, address: string, markets: number): Promise<void> {
  const hasher = new Contract(address, HASHER_ABI, provider);
  const found: unknown = await hasher
    .getFunction("markets")
    .staticCall()
    .catch(() => null);
  if (found !== BigInt(markets))
    throw new DeployError("DEPLOY_CONFIG", "stateHasher", `${address} hashes no accounts of ${markets} markets`);
}

/** Poseidon's table of one width, on one or two addresses. */
export async function deployTable(signer: Signer, width: number): Promise<readonly string[]> {
  const addresses: string[] = [];
  for (const page of poseidonPages(width)) {
    const receipt = await (await signer.sendTransaction({ data: initCodeOf(page) })).wait();
    if (typeof receipt?.contractAddress !== "string")
      throw new DeployError("DEPLOY_NONCE", "stateHasher", `the table of width ${width} has no address`);
    addresses.push(receipt.contractAddress);
  }
  return addresses;
}
