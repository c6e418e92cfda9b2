/** What an uptime feed answers around a block. */

import { ZeroAddress } from "ethers";
import { GUARD } from "../chain/interfaces.ts";
import type { UptimeAnswers } from "../check/uptime.ts";
import { askContract, orNull } from "./askContract.ts";
import type { Rpc } from "./rpc.ts";

const LATEST_ROUND_DATA = "0xfeaf968c"; // latestRoundData()
const WORDS = 5;
const HEX_DIGITS = 64;

/** The answers before and after a block of this guard's feed, asked of the endpoint; none without a feed. */
export async function uptimeReader(
  rpc: Rpc,
  guard: string,
  head: number,
): Promise<(block: number) => Promise<UptimeAnswers>> {
  const feed = String((await askContract(rpc, GUARD, guard, head, "uptimeFeed"))[0]).toLowerCase();
  if (feed === ZeroAddress) return async () => [];
  return (block) => orNull(() => Promise.all([block - 1, block].map((at) => answerAt(rpc, feed, at))));
}

async function answerAt(rpc: Rpc, feed: string, block: number) {
  const answer = (await rpc.call(feed, LATEST_ROUND_DATA, block)).slice(2);
  if (answer.length < WORDS * HEX_DIGITS) return "nonsense";
  const word = (index: number) => BigInt(`0x${answer.slice(index * HEX_DIGITS, (index + 1) * HEX_DIGITS)}`);
  return { state: word(1), startedAt: word(2) };
}
