/** Whether enough members of a council signed a message. @see contracts/council/CouncilMembers.sol */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Sent } from "../replay/councilHistory.ts";
import { CouldNotCheckError, type Finding, held, unknown, violated } from "./verdict.ts";

const CHECK = "council.consents";
const SIGNATURE = /^0x([0-9a-f]{128})(1b|1c)$/i; // r, s, v

/** @param time unix seconds of the block in which the message was used */
export function checkConsents(
  sent: Sent | Error,
  digestOf: (deadline: bigint) => Uint8Array,
  threshold: bigint,
  time: bigint,
): Finding {
  if (sent instanceof Error) return unknown(CHECK, sent);
  const { deadline, consents } = sent;
  const digest = digestOf(deadline);
  if (deadline < time) return violated(CHECK, "a message is used until its deadline", time, deadline);
  if (BigInt(consents.length) < threshold)
    return violated(CHECK, "as many members consent as must", BigInt(consents.length), threshold);
  const members = consents.map(({ member }) => member.toLowerCase());
  const isAscending = members.every((member, at) => at === 0 || BigInt(member) > BigInt(members[at - 1] ?? "0x0"));
  if (!isAscending) return violated(CHECK, "each member consents once", members.join(), "ascending addresses");
  for (const { member, signature, isMember, byContract } of consents) {
    if (!isMember) return violated(CHECK, "only members consent", member, "a member");
    if (byContract === "accepts") continue;
    if (byContract === "refuses") {
      const cause = new CouldNotCheckError(`the contract ${member} does not accept the signature after that block`);
      return unknown(CHECK, cause);
    }
    const signer = signerOf(digest, signature);
    if (signer !== member.toLowerCase()) return violated(CHECK, "each member signed the message", signer, member);
  }
  return held(CHECK);
}

/** The account that signed a digest, in lower case; "nobody" for what is no signature that the chain takes. */
function signerOf(digest: Uint8Array, signature: string): string {
  const [, compact, v] = SIGNATURE.exec(signature) ?? [];
  if (compact === undefined) return "nobody";
  try {
    const signed = secp256k1.Signature.fromHex(compact).addRecoveryBit(v?.toLowerCase() === "1c" ? 1 : 0);
    if (signed.hasHighS()) return "nobody";
    const key = signed.recoverPublicKey(digest).toBytes(false).slice(1);
    return `0x${Buffer.from(keccak_256(key).slice(12)).toString("hex")}`;
  } catch {
    return "nobody"; // numbers out of range, or no point of the curve
  }
}
