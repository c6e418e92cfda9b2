/** The consents in a council's calldata, with what the endpoint answers of each member. */

import type { Result } from "ethers";
import { COUNCIL, MEMBER } from "../chain/interfaces.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { askContract, orNull } from "./askContract.ts";
import type { ConsentRecord, Sent } from "./councilHistory.ts";
import { directCall } from "./directCall.ts";
import type { Rpc, RpcLog } from "./rpc.ts";

const ACCEPTED = "0x1626ba7e"; // ERC-1271

/**
 * What was sent with a message; an error when the calldata cannot be read.
 * @param log the council's event of the message
 * @param digestOf what members sign, by the deadline
 */
export async function readSent(
  rpc: Rpc,
  council: string,
  log: RpcLog,
  name: "tighten" | "proposeLift",
  digestOf: (deadline: bigint) => Uint8Array,
): Promise<Sent | Error> {
  try {
    const { to, hash, input } = await directCall(rpc, log);
    if (to !== council) throw new CouldNotCheckError(`transaction ${hash} does not call the council directly`);
    const call = decode(name, input, hash);
    const deadline: bigint = call.deadline;
    const consents: ConsentRecord[] = [];
    for (const consent of call.consents as Result) {
      const member = String(consent.member).toLowerCase();
      const signature = String(consent.signature);
      const [isMember] = await askContract(rpc, COUNCIL, council, log.blockNumber, "isMember", member);
      const byContract = await answerOf(rpc, member, log.blockNumber, digestOf(deadline), signature);
      consents.push({ member, signature, isMember: Boolean(isMember), byContract });
    }
    return { deadline, consents };
  } catch (error) {
    if (error instanceof CouldNotCheckError) return error;
    throw error;
  }
}

function decode(name: string, input: string, hash: string): Result {
  try {
    return COUNCIL.decodeFunctionData(name, input);
  } catch (cause) {
    throw new CouldNotCheckError(`transaction ${hash} does not call ${name}`, { cause });
  }
}

async function answerOf(
  rpc: Rpc,
  member: string,
  block: number,
  digest: Uint8Array,
  signature: string,
): Promise<ConsentRecord["byContract"]> {
  if ((await rpc.code(member, block)) === "0x") return "none";
  const answer = await orNull(() => askContract(rpc, MEMBER, member, block, "isValidSignature", digest, signature));
  return answer?.[0] === ACCEPTED ? "accepts" : "refuses";
}
