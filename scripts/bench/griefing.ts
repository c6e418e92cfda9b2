import { formatEther } from "ethers";
import { PROFILES } from "../../verifier/model/profile.ts";
import { PARAMETERS } from "../demo/parameters.ts";
import { DEFAULT_ENGINE_LIMITS, DEFAULT_GUARD_LIMITS } from "../deploy/defaults.ts";
import { closedWays } from "./griefing/closedWays.ts";
import { measureGas } from "./griefing/measureGas.ts";
import { griefingTable } from "./griefing/table.ts";
import { type Surroundings, type WayIn, waysIn, weakest } from "./griefing/waysIn.ts";
import type { Benchmark, Measurement } from "./measurement.ts";

/** Two operations in 4.7 s: one machine of two cores with snarkjs and the dev circuit, as `prove.snarkjs.dev.MarginBatch` measures. */
export const MEASURED_SETTLED_PER_SEC = 2 / 4.7;
const QUOTE_ONE = 1e6;

/** A deployment with every default, on the demo's margin parameters and the standard sizes. */
export const DEFAULT_SURROUNDINGS: Omit<Surroundings, "gas"> = {
  guard: DEFAULT_GUARD_LIMITS,
  engine: DEFAULT_ENGINE_LIMITS,
  parameters: PARAMETERS,
  profile: PROFILES.standard,
  settledPerSec: MEASURED_SETTLED_PER_SEC,
};

const NO_GAS = { deposit: 0, trade: 0, withdraw: 0, setKey: 0, backstop: 0, payClaim: 0 };
const nameOf = ({ name }: WayIn, figure: string): string => `griefing.${name.replace(/[ ,]+/g, "-")}.${figure}`;
const FIGURES = ["operations", "native", "lost", "capital"] as const;

function figuresOf(way: WayIn): readonly Measurement[] {
  const values: Record<(typeof FIGURES)[number], readonly [number, string]> = {
    operations: [way.operations, "operations/h"],
    native: [Number(formatEther(way.feesWei + way.gasWei)), "native token/h"],
    lost: [Number(way.lost) / QUOTE_ONE, "quote token/h"],
    capital: [Number(way.capital) / QUOTE_ONE, "quote token"],
  };
  return FIGURES.map((figure) => {
    const [value, unit] = values[figure];
    return { name: nameOf(way, figure), value, unit, extrapolated: true };
  });
}

/**
 * What it costs to keep one market restricted for an hour, by each way in, at the default parameters: fees and quote from the
 * defaults, gas measured on an in-process chain. The README's table comes from here.
 */
export const griefing: Benchmark = {
  names: waysIn({ ...DEFAULT_SURROUNDINGS, gas: NO_GAS }).flatMap((way) =>
    FIGURES.map((figure) => nameOf(way, figure)),
  ),
  async *run(wanted, say) {
    const surroundings = { ...DEFAULT_SURROUNDINGS, gas: await measureGas() };
    for (const [kind, gas] of Object.entries(surroundings.gas)) say(`${kind}: ${gas} gas`);
    const ways = waysIn(surroundings);
    for (const { name, formula } of ways) say(`${name}: ${formula}`);
    for (const line of griefingTable(ways, closedWays(surroundings))) say(line);
    say(`the weakest, while all others do what they should: ${weakest(ways).name}`);
    yield* ways.flatMap(figuresOf).filter(({ name }) => wanted.includes(name));
  },
};
