import { getBytes } from "ethers";
import { PROFILES } from "../../verifier/model/profile.ts";
import { loadArtefacts } from "../circuits/artefacts.ts";
import { prepare } from "../prepare.ts";
import { backendOn } from "./backendOn.ts";
import type { Benchmark, Measurement } from "./measurement.ts";
import { runWorkload, type Settlement } from "./workload.ts";

const BASE_GAS = 21_000;
const BYTE_GAS = { zero: 4, other: 16 } as const; // EIP-2028
/** Four pairs, EIP-1108: 45,000 + 4 x 34,000. */
const PAIRING_GAS = 181_000;

const KINDS = ["settleBatch", "submitRound"] as const;
const PARTS = ["", ".calldata", ".pairing", ".rest"] as const;

function calldataGas(calldata: string): number {
  return getBytes(calldata).reduce((gas, byte) => gas + (byte === 0 ? BYTE_GAS.zero : BYTE_GAS.other), 0);
}

function figuresOf(kind: (typeof KINDS)[number], { receipt, calldata }: Settlement): readonly Measurement[] {
  const total = Number(receipt.gasUsed);
  const data = calldataGas(calldata);
  const values = {
    "": total,
    ".calldata": data,
    ".pairing": PAIRING_GAS,
    ".rest": total - data - PAIRING_GAS - BASE_GAS,
  };
  const isComputed = (part: (typeof PARTS)[number]) => part === ".pairing" || part === ".rest"; // from the precompile's price
  return PARTS.map((part) => {
    const measurement = { name: `gas.${kind}.dev${part}`, value: values[part], unit: "gas" };
    return isComputed(part) ? { ...measurement, extrapolated: true } : measurement;
  });
}

/**
 * Gas of the two settlements with real proofs, whole transactions, and what they are made of: calldata, the pairing precompile
 * (four pairs, EIP-1108), and the rest: folding public signals, the words' evaluation and hashes, storage, events.
 */
export const gas: Benchmark = {
  names: KINDS.flatMap((kind) => PARTS.map((part) => `gas.${kind}.dev${part}`)),
  async *run(wanted) {
    await prepare(PROFILES.dev.name);
    const backend = backendOn(await loadArtefacts(PROFILES.dev.name));
    try {
      const { batch, round } = await runWorkload(PROFILES.dev, backend);
      const all = [...figuresOf("settleBatch", batch), ...figuresOf("submitRound", round)];
      yield* all.filter(({ name }) => wanted.includes(name));
    } finally {
      await backend.close();
    }
  },
};
