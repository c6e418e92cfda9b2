/** An ordinary quarter of an hour, after which nobody who ran the protocol is there any more. */
import type { Name } from "../../story/cast.ts";
import type { Scene } from "../../story/story.ts";
import { marketTime } from "../../units.ts";

export const SCENES: readonly Scene[] = [
  {
    at: "12:00:00",
    round: false,
    text: "Five people deposit.",
    actions: [
      { type: "deposit", who: "Mira", amount: "60000" },
      { type: "deposit", who: "Liv", amount: "20000" },
      { type: "deposit", who: "Hana", amount: "7000" },
      { type: "deposit", who: "Carl", amount: "7000" },
      { type: "deposit", who: "Bela", amount: "2000" },
    ],
    hurried: true,
  },
  {
    at: "12:01:00",
    round: true,
    text: "Hana goes long AAVE, Carl goes long AVAX, both against Mira.",
    actions: [
      { type: "trade", market: 0, buyer: "Hana", seller: "Mira", size: "60" },
      { type: "trade", market: 1, buyer: "Carl", seller: "Mira", size: "300" },
    ],
  },
  {
    at: "12:02:00",
    round: true,
    text: "Prices move. Liv withdraws 5,000 USD: proven, a claim, not yet paid.",
    actions: [{ type: "withdraw", who: "Liv", amount: "5000" }],
  },
];
export const PENDING: Scene = {
  at: "12:02:30",
  round: false,
  text: "Prover, reporters and owner vanish, with all they stored. Bela's next deposit is logged, and never proven.",
  actions: [{ type: "deposit", who: "Bela", amount: "500" }],
};
export const HALTED_SEC = marketTime("12:06:00");
/** Blocks and seconds that a week has on Ethereum, of which the guard asks for half of the blocks. */
export const EXIT_BLOCKS = 25_200;
export const BLOCK_SEC = 24;
export const PEOPLE: readonly Name[] = ["Mira", "Liv", "Hana", "Carl", "Bela"];
