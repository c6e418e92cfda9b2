import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Prover } from "./openProver.ts";
import type { ProverOrder } from "./protocol.ts";

const [CHILDREN_USER, CHILDREN_SYSTEM] = [13, 14]; // fields 16 and 17 of proc(5), counted from the third on
const TICKS_A_SECOND = 100; // Linux' USER_HZ on every common machine

/** Processor time of programs that this process called and that have ended; to a hundredth of a second. */
function childrenCpuSeconds(): number {
  const text = readFileSync("/proc/self/stat", "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" "); // from field 3, the state, on
  return (Number(fields[CHILDREN_USER]) + Number(fields[CHILDREN_SYSTEM])) / TICKS_A_SECOND;
}

/** A program that is called with the paths of key, witness, and where proof and public signals go. Loading is its own affair. */
export async function openPeer({ peerPath = "", zkeyPath, wtnsPath }: ProverOrder): Promise<Prover> {
  const [proofPath, publicPath] = ["proof.json", "public.json"].map((name) => join(dirname(wtnsPath), name)) as [
    string,
    string,
  ];
  const parsed = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, "utf8"));
  return {
    multiplyNs: () => Number.NaN,
    cpuSeconds: childrenCpuSeconds,
    async prove() {
      await promisify(execFile)(peerPath, [zkeyPath, wtnsPath, proofPath, publicPath]);
      return { result: async () => ({ proof: await parsed(proofPath), publicSignals: await parsed(publicPath) }) };
    },
  };
}
