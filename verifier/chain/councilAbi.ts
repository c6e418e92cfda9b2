/** What the verifier reads of a security council, of its timelock, and of members that are contracts. @see contracts/council */
export const COUNCIL_ABI = [
  "event LiftCancelled(bytes32 indexed operation)",
  "event LiftProposed(uint256 indexed id, uint256 indexed market, bytes32 operation, uint256 readyAt)",
  "event Tightened(uint256 indexed id, uint256 indexed market, uint8 level, uint256 durationSec, uint8 cause)",
  "function isMember(address account) view returns (bool member)",
  "function proposeLift(uint256 market, uint256 deadline, (address member, bytes signature)[] consents) returns (bytes32 operation)",
  "function requireLast(uint256 market, uint256 id) view",
  "function threshold() view returns (uint256)",
  "function tighten(uint256 market, uint8 level, uint256 durationSec, uint8 cause, uint256 deadline, (address member, bytes signature)[] consents)",
  "function timelock() view returns (address)",
] as const;

/** OpenZeppelin's TimelockController. */
export const TIMELOCK_ABI = [
  "event CallExecuted(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data)",
  "event CallSalt(bytes32 indexed id, bytes32 salt)",
  "function getMinDelay() view returns (uint256)",
] as const;

/** ERC-1271. */
export const MEMBER_ABI = [
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4 magicValue)",
] as const;
