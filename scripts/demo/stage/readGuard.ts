/** What the guard answers at the newest block. Reads only: nothing here sends a transaction. */
import type { Contract } from "ethers";
import { decodeMarket, type OracleMarket } from "../../../verifier/model/oracle.ts";
import { MARKETS } from "../parameters.ts";

export const STATUS_NAMES = ["Normal", "Stressed", "Broken", "Halted", "Exit"] as const;
export type StatusName = (typeof STATUS_NAMES)[number];

/** Bits of haltCauses in words. @see contracts/libraries/HaltCause.sol */
const HALT_CAUSES = [
  "an operation has waited too long for its proof",
  "no price round for too long",
  "the vault holds less than it owes",
  "the insurance account is in deficit",
  "somebody has been bankrupt for too long",
  "too many forged operations",
  "the council halts everything",
  "Exit has begun",
] as const;

export interface MarketReading {
  readonly status: StatusName;
  /** Proven margin buffer, basis points; null when nobody has a position. */
  readonly bufferBps: bigint | null;
  /** Proven prices and rates; the risk word is not on chain. */
  readonly prices: OracleMarket;
}

const NO_POSITIONS = (1n << 255n) - 1n; // type(int256).max

/** All markets at once. */
export function readMarkets(guard: Contract): Promise<readonly MarketReading[]> {
  const ask = (name: string, market: number) => guard.getFunction(name).staticCall(market);
  return Promise.all(
    MARKETS.map(async (_, market) => {
      const [status, buffer, word] = await Promise.all([
        ask("status", market),
        ask("buffer", market),
        ask("priceWord", market),
      ]);
      return {
        status: STATUS_NAMES[Number(status)] ?? "Halted",
        bufferBps: buffer === NO_POSITIONS ? null : BigInt(buffer),
        prices: decodeMarket(BigInt(word), 0n),
      };
    }),
  );
}

/** Why everything is halted, in words; empty when it is not. */
export async function readHaltCauses(guard: Contract): Promise<readonly string[]> {
  const mask = BigInt(await guard.getFunction("haltCauses").staticCall());
  return HALT_CAUSES.filter((_, bit) => ((mask >> BigInt(bit)) & 1n) === 1n);
}
