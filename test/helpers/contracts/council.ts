import type { Contract, Signer } from "ethers";
import { ethers } from "./network.ts";

type Member = Awaited<ReturnType<typeof ethers.getSigners>>[number];

/** One member's signature, as the council takes it. */
export interface Consent {
  readonly member: string;
  readonly signature: string;
}

export const ALL_MARKETS = 2n ** 256n - 1n;
export const HOUR_SEC = 3600n;
export const LIFT_DELAY_SEC = 6n * HOUR_SEC;

/** What the tests use of OpenZeppelin's TimelockController. */
const TIMELOCK_ABI = [
  "error TimelockUnauthorizedCaller(address caller)",
  "error TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)",
  "error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
  "event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)",
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function CANCELLER_ROLE() view returns (bytes32)",
  "function EXECUTOR_ROLE() view returns (bytes32)",
  "function hasRole(bytes32 role, address account) view returns (bool)",
  "function grantRole(bytes32 role, address account)",
  "function updateDelay(uint256 newDelay)",
  "function schedule(address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt, uint256 delay)",
  "function executeBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt) payable",
  "function hashOperationBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt) view returns (bytes32)",
];

/** Field types of the three messages, written a second time. */
export const MESSAGE_TYPES = {
  Tighten: [
    { name: "guard", type: "address" },
    { name: "market", type: "uint256" },
    { name: "level", type: "uint8" },
    { name: "durationSec", type: "uint256" },
    { name: "cause", type: "uint8" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  ProposeLift: [
    { name: "guard", type: "address" },
    { name: "market", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  CancelLift: [
    { name: "guard", type: "address" },
    { name: "operation", type: "bytes32" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};
export type Action = keyof typeof MESSAGE_TYPES;

const byAddress = (left: { address: string }, right: { address: string }): number =>
  BigInt(left.address) < BigInt(right.address) ? -1 : 1;

/** Members in the order that the council wants. */
export function ascending<T extends { address: string }>(members: readonly T[]): readonly T[] {
  return [...members].sort(byAddress);
}

/** What wallets sign: the fields of the message, and the domain of a council on this chain. */
export async function consentsTo(
  council: string,
  action: Action,
  message: Record<string, unknown>,
  members: readonly Member[],
  domainChanges: Record<string, unknown> = {},
): Promise<readonly Consent[]> {
  const { chainId } = await ethers.provider.getNetwork();
  const domain = {
    name: "Homeostat SecurityCouncil",
    version: "1",
    chainId,
    verifyingContract: council,
    ...domainChanges,
  };
  return Promise.all(
    members.map(async (member) => ({
      member: member.address,
      signature: await member.signTypedData(domain, { [action]: MESSAGE_TYPES[action] }, message),
    })),
  );
}

/** A council's timelock, by its address. */
export function openTimelock(address: string, signer: Signer): Contract {
  return new ethers.Contract(address, TIMELOCK_ABI, signer) as unknown as Contract;
}

/** A council of three, two of whom act, over `guard`; and its timelock. */
export async function deployCouncil(guard: string, liftDelaySec: bigint = LIFT_DELAY_SEC) {
  const [deployer, ...others] = await ethers.getSigners();
  const members = ascending(others.slice(4, 7));
  const stranger = others[7]!;
  const council = (await ethers.deployContract("SecurityCouncil", [
    guard,
    members.map(({ address }) => address),
    2n,
    liftDelaySec,
  ])) as unknown as Contract;
  const timelock = openTimelock(await council.timelock!(), deployer!);
  return { deployer: deployer!, members, stranger, council, timelock, address: await council.getAddress() };
}
