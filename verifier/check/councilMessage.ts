/** What members of a council sign: EIP-712 messages. @see contracts/council/SecurityCouncil.sol */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { keccakOfWords } from "../model/words.ts";

/** What a message is bound to; addresses as 0x-hex. */
export interface CouncilDomain {
  readonly chainId: bigint;
  readonly council: string;
  readonly guard: string;
}

const DOMAIN_TYPE = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
const TIGHTEN_TYPE =
  "Tighten(address guard,uint256 market,uint8 level,uint256 durationSec,uint8 cause,uint256 nonce,uint256 deadline)";
const PROPOSE_LIFT_TYPE = "ProposeLift(address guard,uint256 market,uint256 nonce,uint256 deadline)";

export function tightenDigest(
  domain: CouncilDomain,
  message: Readonly<Record<"market" | "level" | "durationSec" | "cause" | "nonce" | "deadline", bigint>>,
): Uint8Array {
  const { market, level, durationSec, cause, nonce, deadline } = message;
  return digestOf(domain, TIGHTEN_TYPE, [market, level, durationSec, cause, nonce, deadline]);
}

export function proposeLiftDigest(
  domain: CouncilDomain,
  { market, nonce, deadline }: Readonly<Record<"market" | "nonce" | "deadline", bigint>>,
): Uint8Array {
  return digestOf(domain, PROPOSE_LIFT_TYPE, [market, nonce, deadline]);
}

function digestOf({ chainId, council, guard }: CouncilDomain, type: string, fields: readonly bigint[]): Uint8Array {
  const name = hashOfText("Homeostat SecurityCouncil");
  const separator = keccakOfWords([hashOfText(DOMAIN_TYPE), name, hashOfText("1"), chainId, BigInt(council)]);
  const message = keccakOfWords([hashOfText(type), BigInt(guard), ...fields]);
  return keccak_256(concatBytes(hexToBytes("1901"), bytesOf(separator), bytesOf(message)));
}

function hashOfText(text: string): bigint {
  return BigInt(`0x${Buffer.from(keccak_256(utf8ToBytes(text))).toString("hex")}`);
}

function bytesOf(word: bigint): Uint8Array {
  return hexToBytes(word.toString(16).padStart(64, "0"));
}
