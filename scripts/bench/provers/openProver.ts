import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { groth16 } from "snarkjs";
import { type Addon, type KeyHandle, loadAddon } from "../../../prover/native/addon.ts";
import { useKeyTables } from "../../../prover/native/keyTables.ts";
import { proofOf, snarkjsProof } from "../../../prover/native/proof.ts";
import { digestFile } from "../../circuits/digest.ts";
import { LEVELS } from "./figures.ts";
import { openPeer } from "./openPeer.ts";
import type { JsonProof, ProverOrder } from "./protocol.ts";

/** A prover with its key loaded. */
export interface Prover {
  /** The proof is converted to JSON afterwards, which is not timed. */
  prove(): Promise<{ readonly result: () => Promise<JsonProof>; readonly multiplications?: number }>;
  /** Processor seconds that were used for proofs until now. */
  cpuSeconds(): number;
  /** Nanoseconds of one field multiplication, the least of many short tries: the rest is other people's work. */
  multiplyNs(): number;
}

const MULTIPLY_ROUNDS = 20_000; // four products each: below a time slice
const MULTIPLY_TRIES = 40;
const TABLES_MB = 256; // as the README's example of --tables-mb

/** @throws {Error} when key or witness cannot be read */
export async function openProver(order: ProverOrder): Promise<Prover> {
  if (order.prover === "snarkjs") return snarkjs(order);
  return order.prover === "peer" ? openPeer(order) : native(order);
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const NOT_COUNTED = { multiplyNs: () => Number.NaN };

async function snarkjs({ zkeyPath, wtnsPath }: ProverOrder): Promise<Prover> {
  const loaded = async (path: string) => ({ type: "mem" as const, data: await readFile(path) });
  const [zkey, wtns] = [await loaded(zkeyPath), await loaded(wtnsPath)];
  return {
    ...NOT_COUNTED,
    cpuSeconds: ownCpuSeconds,
    async prove() {
      const result = await groth16.prove(zkey, wtns);
      return { result: async () => result };
    },
  };
}

async function native(order: ProverOrder): Promise<Prover> {
  const { prover, addonPath = "", zkeyPath, wtnsPath } = order;
  const level = LEVELS.find((each) => prover === `native-${each}` || prover === `native-${each}-tables`);
  if (level === undefined) throw new RangeError(`no native prover is called ${prover}`);
  const addon = loadAddon(addonPath);
  const key = await addon.loadKey(zkeyPath, level);
  if (prover.endsWith("-tables")) await useTables(addon, key, order);
  const wtns = await readFile(wtnsPath);
  return {
    cpuSeconds: ownCpuSeconds,
    multiplyNs() {
      const tries = Array.from({ length: MULTIPLY_TRIES }, () => addon.timeMultiply(level, MULTIPLY_ROUNDS));
      return Math.min(...tries);
    },
    async prove() {
      const raw = await addon.prove(key, wtns, 0).promise;
      const { proof, publicSignals } = proofOf(raw);
      const result = { proof: snarkjsProof(proof), publicSignals: publicSignals.map(String) };
      return { result: async () => result, multiplications: raw.multiplications };
    },
  };
}

/** Tables beside a link to the key: each level's elements have a form of their own. */
async function useTables(addon: Addon, key: KeyHandle, { zkeyPath, tablesFolder = "" }: ProverOrder): Promise<void> {
  await mkdir(tablesFolder, { recursive: true });
  const link = join(tablesFolder, basename(zkeyPath));
  await rm(link, { force: true });
  await symlink(zkeyPath, link);
  await useKeyTables({ addon, key, zkeyPath: link, zkeyDigest: await digestFile(zkeyPath) }, TABLES_MB);
}
