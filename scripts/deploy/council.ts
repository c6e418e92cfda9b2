import { getCreateAddress, isAddress, type Signer } from "ethers";
import { factoryOf } from "./artifacts.ts";
import { DeployError } from "./errors.ts";

/** A council to be made with the guard. @see contracts/interfaces/ISecurityCouncil.sol */
export interface CouncilConfig {
  /** Addresses of people or contracts, each once, in any order; at most 32. */
  readonly members: readonly string[];
  /** How many of them act; at least 2. */
  readonly threshold: number;
  /** How long the end of a restriction waits in the timelock; from six hours to 30 days. */
  readonly liftDelaySec?: number;
}

/** Who may tighten, and who may end that early. */
export interface CouncilAddresses {
  readonly council: string;
  readonly timelock: string;
}

/** Half a day: the other half of the longest restriction is what a lift can save. */
export const DEFAULT_LIFT_DELAY_SEC = 12 * 3600;
const LIFT_DELAY_RANGE_SEC = [6 * 3600, 30 * 86_400] as const;
const MAX_MEMBERS = 32;
const MIN_THRESHOLD = 2;
/** The timelock is the first contract that a council makes. */
const TIMELOCK_NONCE = 1;

/** @throws {DeployError} DEPLOY_CONFIG when the contract would refuse it */
export function checkCouncil({ members, threshold, liftDelaySec }: CouncilConfig): void {
  const refuse = (field: string, reason: string): never => {
    throw new DeployError("DEPLOY_CONFIG", `newCouncil.${field}`, reason);
  };
  for (const member of members) if (!isAddress(member)) refuse("members", `${member} is not an address`);
  const distinct = new Set(members.map((member) => BigInt(member)));
  if (distinct.size !== members.length || distinct.has(0n)) refuse("members", "must be distinct, and not zero");
  if (members.length > MAX_MEMBERS) refuse("members", `${members.length} are more than ${MAX_MEMBERS}`);
  if (!Number.isInteger(threshold) || threshold < MIN_THRESHOLD || threshold > members.length) {
    refuse("threshold", `${threshold} is not in [${MIN_THRESHOLD}, ${members.length}]`);
  }
  const delay = liftDelaySec ?? DEFAULT_LIFT_DELAY_SEC;
  const [lowest, highest] = LIFT_DELAY_RANGE_SEC;
  if (!Number.isInteger(delay) || delay < lowest || delay > highest) {
    refuse("liftDelaySec", `${delay} s is not in [${lowest}, ${highest}]`);
  }
}

/**
 * Deploys a council, which makes its own timelock.
 * @param guard address that the guard will have
 * @param nonce of the deployer's transaction
 */
export async function deployCouncil(
  signer: Signer,
  artifacts: string,
  { members, threshold, liftDelaySec }: CouncilConfig,
  guard: string,
  nonce: number,
): Promise<CouncilAddresses> {
  const ascending = [...members].sort((left, right) => (BigInt(left) < BigInt(right) ? -1 : 1));
  const factory = factoryOf(artifacts, "council/SecurityCouncil.sol", "SecurityCouncil", signer);
  const deployed = await factory.deploy(guard, ascending, threshold, liftDelaySec ?? DEFAULT_LIFT_DELAY_SEC, { nonce });
  await deployed.waitForDeployment();
  const council = await deployed.getAddress();
  return { council, timelock: getCreateAddress({ from: council, nonce: TIMELOCK_NONCE }) };
}
