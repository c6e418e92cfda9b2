/** Sends calls one after the other, each only when the chain would accept it now. */

import type { JsonRpcProvider, Wallet } from "ethers";
import { ENGINE, GUARD, HALL } from "../chain/interfaces.ts";
import type { ExitCall } from "./calls.ts";

/** What became of a call: its transaction, or the chain's reason against it. */
export interface SentCall extends ExitCall {
  readonly transaction: string | null;
  /** Name and arguments of the error; null when it was done. */
  readonly refused: string | null;
}

const ERRORS = [GUARD, HALL, ENGINE];
const GAS_MARGIN = 5n; // a fifth more than estimated: the state may change before inclusion

/**
 * Goes on after a refusal: one account's token trouble is nobody else's.
 * @param wallet connected; it pays gas and needs no other right
 * @throws {Error} when the endpoint fails; nothing is sent twice by calling again, for what is done is refused
 */
export async function sendCalls(
  wallet: Wallet,
  provider: JsonRpcProvider,
  calls: readonly ExitCall[],
): Promise<readonly SentCall[]> {
  const sent: SentCall[] = [];
  for (const call of calls) sent.push(await sendCall(wallet, provider, call));
  return sent;
}

async function sendCall(wallet: Wallet, provider: JsonRpcProvider, call: ExitCall): Promise<SentCall> {
  const { to, data } = call;
  let gasLimit: bigint;
  try {
    const estimate = await provider.estimateGas({ from: wallet.address, to, data });
    gasLimit = estimate + estimate / GAS_MARGIN;
  } catch (error) {
    const reason = refusalIn(error);
    if (reason === null) throw error;
    return { ...call, transaction: null, refused: reason };
  }
  const response = await wallet.sendTransaction({ to, data, gasLimit });
  const receipt = await provider.waitForTransaction(response.hash);
  const refused = receipt?.status === 1 ? null : "the transaction failed after it was estimated to succeed";
  return { ...call, transaction: response.hash, refused };
}

/** The contract's error behind a failed estimate; null when the endpoint failed for another reason. */
function refusalIn(error: unknown): string | null {
  const { code, data, message } = error as { code?: unknown; data?: unknown; message?: unknown }; // ethers' errors
  if (code !== "CALL_EXCEPTION") return null;
  if (typeof data === "string" && data.length >= 10) {
    for (const known of ERRORS) {
      const parsed = known.parseError(data);
      if (parsed !== null) return `${parsed.name}(${parsed.args.join(", ")})`;
    }
    return `an unknown error ${data.slice(0, 10)}`;
  }
  return String(message);
}
