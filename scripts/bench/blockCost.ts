import { constraintsOf } from "./compiled.ts";
import { namedConstraints } from "./constraints.ts";
import type { Benchmark, Measurement } from "./measurement.ts";
import { simulateTouches } from "./population.ts";

/** Populations, and how many 12 s blocks of each are counted: fewer where a block takes longer to simulate. */
const POPULATIONS = [
  { label: "1e2", accounts: 100, blocks: 7200 },
  { label: "1e3", accounts: 1_000, blocks: 7200 },
  { label: "1e4", accounts: 10_000, blocks: 3600 },
  { label: "1e5", accounts: 100_000, blocks: 1200 },
  { label: "1e6", accounts: 1_000_000, blocks: 300 },
] as const;
const SCANS = [16, 64] as const; // accounts of the full-scan circuits that are compiled
const SEED = 20251010;
const MEASURED_DEPTH = 16;
const LEGS = 2; // tree touches of one operation

const nameOf = (what: string, label: string) => `block.${what}.${label}`;
const KINDS = ["touches.mean", "touches.p99", "constraints.certificate", "constraints.fullScan"] as const;

/**
 * The headline: what a block costs with certificates, by the accounts that a seeded price path touches, beside a circuit
 * that visits every account. Touches are counted in a simulation with the model's own certificates; constraints per
 * operation are measured at depth 16 and moved to the population's depth by the measured cost of a tree level; the scan
 * is measured at the sizes that compile in seconds and extrapolated by its cost per account.
 */
export const blockCost: Benchmark = {
  names: [
    ...SCANS.map((accounts) => `block.fullScanCircuit.${accounts}`),
    ...POPULATIONS.flatMap(({ label }) => KINDS.map((kind) => nameOf(kind, label))),
  ],
  async *run(wanted, say) {
    const scans: number[] = [];
    for (const accounts of SCANS)
      scans.push(await constraintsOf(`scripts/bench/circuits/FullScan_${accounts}.circom`, say));
    const [small = 0, large = 0] = scans;
    const perScannedAccount = (large - small) / (SCANS[1] - SCANS[0]);
    const level = await namedConstraints("constraints.treeLevel.m4", say);
    const operation = await namedConstraints("constraints.operation.d16m4", say);
    const all: Measurement[] = SCANS.map((accounts, index) => ({
      name: `block.fullScanCircuit.${accounts}`,
      value: scans[index] ?? 0,
      unit: "constraints",
    }));
    yield* all.filter(({ name }) => wanted.includes(name));

    for (const { label, accounts, blocks } of POPULATIONS) {
      if (!KINDS.some((kind) => wanted.includes(nameOf(kind, label)))) continue;
      say(`${accounts.toLocaleString("en")} accounts, ${blocks} blocks`);
      const { perBlock } = simulateTouches(accounts, blocks, SEED);
      const mean = perBlock.reduce((sum, count) => sum + count, 0) / perBlock.length;
      const sorted = [...perBlock].sort((left, right) => left - right);
      const depth = Math.ceil(Math.log2(accounts + 1)); // account 0 is the insurance account
      const perTouch = operation / LEGS + (depth - MEASURED_DEPTH) * level;
      const figures: readonly Measurement[] = [
        { name: nameOf("touches.mean", label), value: mean, unit: "touches/block" },
        {
          name: nameOf("touches.p99", label),
          value: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
          unit: "touches/block",
        },
        {
          name: nameOf("constraints.certificate", label),
          value: Math.round(mean * perTouch),
          unit: "constraints/block",
          extrapolated: true,
        },
        {
          name: nameOf("constraints.fullScan", label),
          value: Math.round(small + (accounts - SCANS[0]) * perScannedAccount),
          unit: "constraints/block",
          extrapolated: true,
        },
      ];
      yield* figures.filter(({ name }) => wanted.includes(name));
    }
  },
};
