/** The story as data: the instants of 10 October 2025 at which a price round is proven, and what people do after it. */
import { quoteUnits } from "../units.ts";
import { CAST, type Name } from "./cast.ts";

/** What someone does; sizes in units of the asset, amounts in USD. Trades and takeovers happen at the mark. */
export type Action =
  | { readonly type: "deposit"; readonly who: Name; readonly amount: string }
  /** A deposit that an engine with a fault logs without taking the tokens. */
  | { readonly type: "phantom"; readonly who: Name; readonly amount: string }
  | {
      readonly type: "trade";
      readonly market: number;
      readonly buyer: Name;
      readonly seller: Name;
      readonly size: string;
    }
  /** `forgedBy`: signed with that person's key instead of the owner's. */
  | { readonly type: "withdraw"; readonly who: Name; readonly amount: string; readonly forgedBy?: Name }
  /** As much as the rules allow: what brings the account back to its maintenance margin. */
  | { readonly type: "liquidate"; readonly market: number; readonly who: Name; readonly by: Name }
  | { readonly type: "backstop"; readonly who: Name }
  /** Takes the whole position of the insurance account in a market, at the mark. */
  | { readonly type: "takeover"; readonly market: number; readonly by: Name }
  | { readonly type: "recertify"; readonly who: Name; readonly other: Name }
  /** Shares the insurance account's deficit over the winning side of a market. */
  | { readonly type: "shareLoss"; readonly market: number };

/** One instant. Its round comes first, then its actions. */
export interface Scene {
  /** Market time, UTC. */
  readonly at: string;
  /** Whether the reporters report and a round is proven at this instant. */
  readonly round: boolean;
  /** What is going on, in plain words. */
  readonly text: string;
  readonly actions: readonly Action[];
  /** The next scene does not wait until everything of this one is proven. */
  readonly hurried?: true;
  /** The prover goes down before the actions of the scene where it begins, and comes back at the scene where it ends. */
  readonly outage?: "begins" | "ends";
}

/** What each person deposits in all scenes together, quote units. */
export function depositsOf(scenes: readonly Scene[]): ReadonlyMap<Name, bigint> {
  const sums = new Map<Name, bigint>();
  for (const action of scenes.flatMap(({ actions }) => actions)) {
    if (action.type !== "deposit") continue;
    sums.set(action.who, (sums.get(action.who) ?? 0n) + quoteUnits(action.amount));
  }
  return sums;
}

const AAVE = 0;
const AVAX = 1;

export const STORY: readonly Scene[] = [
  {
    at: "21:11:00",
    round: false,
    text: "Twelve people deposit. The log is on chain at once; its proofs follow while the market goes on.",
    hurried: true,
    actions: CAST.map(({ name, deposit }) => ({ type: "deposit", who: name, amount: deposit })),
  },
  {
    at: "21:11:12",
    round: true,
    text: "A quiet minute. They open six positions; both sides sign each trade.",
    hurried: true,
    actions: [
      { type: "trade", market: AAVE, buyer: "Bela", seller: "Mira", size: "40" },
      { type: "trade", market: AAVE, buyer: "Lena", seller: "Hana", size: "60" },
      { type: "trade", market: AVAX, buyer: "Hana", seller: "Mira", size: "900" },
      { type: "trade", market: AVAX, buyer: "Carl", seller: "Sven", size: "300" },
      { type: "trade", market: AAVE, buyer: "Carl", seller: "Yuki", size: "15" },
      { type: "trade", market: AVAX, buyer: "Omar", seller: "Tess", size: "400" },
    ],
  },
  {
    at: "21:12:12",
    round: true,
    text: "Still quiet. As long as prices stay inside the proven box, accounts need no new proof.",
    actions: [],
  },
  { at: "21:13:00", round: true, text: "Both markets slip faster than eight sigma.", actions: [] },
  { at: "21:13:12", round: true, text: "The fall goes on; the mark follows in bounded steps.", actions: [] },
  {
    at: "21:14:36",
    round: true,
    text: "AAVE has lost a tenth. Bela's 8x account fell through its margin and no liquidator was quick enough.",
    actions: [
      { type: "backstop", who: "Bela" },
      { type: "takeover", market: AAVE, by: "Liv" },
    ],
  },
  {
    at: "21:16:12",
    round: true,
    text: "A pause in the fall. Maintenance margins have begun to rise with volatility, at a bounded rate.",
    actions: [],
  },
  {
    at: "21:17:36",
    round: true,
    text: "AVAX passes Hana's certified bound, though her AAVE profit covers her. Mallory forges a withdrawal.",
    actions: [
      { type: "recertify", who: "Hana", other: "Carl" },
      { type: "withdraw", who: "Noor", amount: "9000", forgedBy: "Mallory" },
    ],
  },
  { at: "21:19:00", round: true, text: "Binance leaves the other venues behind.", actions: [] },
  {
    at: "21:20:24",
    round: true,
    text: "The bad print: Binance shows AVAX at less than half of what the other venues pay.",
    actions: [
      { type: "liquidate", market: AAVE, who: "Lena", by: "Liv" },
      { type: "withdraw", who: "Omar", amount: "3000" },
    ],
  },
  {
    at: "21:20:36",
    round: false,
    text: "The prover goes down. Noor asks for a part of her money.",
    outage: "begins",
    actions: [{ type: "withdraw", who: "Noor", amount: "4000" }],
  },
  { at: "21:24:36", round: true, text: "The prover is back.", outage: "ends", actions: [] },
];
