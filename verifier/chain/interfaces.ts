/** The contracts' interfaces, ready to encode questions and to decode answers and events. */
import { Interface } from "ethers";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI, VERIFIER_ABI } from "./abi.ts";
import { COUNCIL_ABI, MEMBER_ABI, TIMELOCK_ABI } from "./councilAbi.ts";
import { HALL_ABI } from "./hallAbi.ts";

export const GUARD = new Interface(GUARD_ABI);
export const ENGINE = new Interface(ENGINE_ABI);
export const TOKEN = new Interface(TOKEN_ABI);
export const VERIFIER = new Interface(VERIFIER_ABI);
export const HALL = new Interface(HALL_ABI);
export const COUNCIL = new Interface(COUNCIL_ABI);
export const TIMELOCK = new Interface(TIMELOCK_ABI);
export const MEMBER = new Interface(MEMBER_ABI);
