import type { Contract, Signer } from "ethers";
import { type Bench, deployBench, FEE_WEI, genesisConfig, LIMITS, now, openBench, PROFILE } from "./bench.ts";
import { ethers } from "./network.ts";

/** A guard on an engine that logs any words and whose hook and views misbehave as told. */
export async function deployHostileEngine(): Promise<{ bench: Bench; hostile: Contract }> {
  return deployOn("HostileEngine", () => []);
}

/** A guard on the reference engine with a fault: it logs deposits without taking their tokens, and loses some. */
export async function deployBuggyEngine(limits: object = LIMITS): Promise<{ bench: Bench; hostile: Contract }> {
  const { markets, depth } = PROFILE;
  const engine = { markets, depth, minimumDeposit: 10n, vaultCap: 2n ** 62n, feeWei: FEE_WEI };
  return deployOn("BuggyEngine", (token) => [token, engine], limits);
}

async function deployOn(
  name: string,
  moreArguments: (token: string) => readonly unknown[],
  limits: object = LIMITS,
): Promise<{ bench: Bench; hostile: Contract }> {
  const signers = await ethers.getSigners();
  const [deployer, alice, bob] = signers as unknown as [Signer, Signer, Signer];
  const verifier = await ethers.deployContract("MockVerifierComparesSignals");
  const token = await ethers.deployContract("TestToken");
  const nonce = await ethers.provider.getTransactionCount(await deployer.getAddress());
  const predicted = ethers.getCreateAddress({ from: await deployer.getAddress(), nonce: nonce + 1 });
  const hostile = await ethers.deployContract(name, [predicted, ...moreArguments(await token.getAddress())]);
  const codehash = ethers.keccak256(await ethers.provider.getCode(await verifier.getAddress()));
  const bound = {
    engine: await hostile.getAddress(),
    token: await token.getAddress(),
    roundVerifier: await verifier.getAddress(),
    batchVerifier: await verifier.getAddress(),
    roundVerifierCodehash: codehash,
    batchVerifierCodehash: codehash,
    council: ethers.ZeroAddress,
    timelock: ethers.ZeroAddress,
    uptimeFeed: ethers.ZeroAddress,
    exitHall: ethers.ZeroAddress,
  };
  const { markets, operations, reporters } = PROFILE;
  const genesis = genesisConfig(await now());
  const guard = await ethers.deployContract("Homeostat", [bound, { markets, operations, reporters }, limits, genesis]);
  const at = { ...bound, guard: await guard.getAddress(), genesisBlock: 0 };
  return { bench: await openBench(at, [deployer, alice, bob]), hostile: hostile as unknown as Contract };
}

/** The reference engine on a token that misbehaves as told. */
export async function deployHostileToken(): Promise<{ bench: Bench; hostile: Contract }> {
  const hostile = await ethers.deployContract("HostileToken");
  const bench = await deployBench({ token: await hostile.getAddress() });
  return { bench, hostile: hostile as unknown as Contract };
}
