import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { groth16 } from "snarkjs";
import { type Addon, loadAddon } from "../../prover/native/addon.ts";
import { buildAddon } from "../../prover/native/build.ts";
import { type Measurement, median } from "./measurement.ts";

const MULTIPLY_ROUNDS = 500_000; // four products each: some tens of milliseconds

/** A proof to be timed. */
export interface Subject {
  /** Ends the figures' names, for instance "dev.MarginBatch". */
  readonly label: string;
  readonly zkeyPath: string;
  /** A .wtns file's bytes. */
  readonly wtns: Uint8Array;
}

interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

/** Seconds of wall time, and of all threads of this process. */
async function timed(work: () => Promise<unknown>): Promise<Sample> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

/** Another prover's binary, called as `PATH zkey wtns proof public`; its CPU time is not seen from here. */
async function peerRun(path: string, { zkeyPath, wtns }: Subject): Promise<() => Promise<unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "homeostat-peer-"));
  const files = ["witness.wtns", "proof.json", "public.json"].map((name) => join(folder, name));
  await writeFile(files[0] ?? "", wtns);
  process.once("exit", () => void rm(folder, { recursive: true, force: true }));
  return () => promisify(execFile)(path, [zkeyPath, ...files]);
}

/**
 * Times snarkjs, each dispatch level and perhaps a peer, in turn, after one run each that is not counted; medians. The limit is
 * the level's own count of multiplications, times the time of one measured in this run, shared by all processors.
 * @param runs counted runs of each
 */
export async function* nativeRuns(
  subject: Subject,
  options: { readonly runs: number; readonly peer?: string; readonly say: (line: string) => void },
): AsyncIterable<Measurement> {
  const { label, zkeyPath, wtns } = subject;
  const addon: Addon = loadAddon(await buildAddon());
  const zkey = await readFile(zkeyPath);
  const provers = new Map<string, () => Promise<unknown>>();
  provers.set("snarkjs", () => groth16.prove({ type: "mem", data: zkey }, { type: "mem", data: wtns }));
  if (options.peer !== undefined) provers.set("peer", await peerRun(options.peer, subject));
  const multiplications = new Map<string, number>();
  for (const level of addon.levels()) {
    const key = await addon.loadKey(zkeyPath, level);
    provers.set(`native-${level}`, async () => {
      multiplications.set(level, (await addon.prove(key, wtns, 0).promise).multiplications);
    });
  }

  const samples = new Map<string, Sample[]>([...provers.keys()].map((name) => [name, []]));
  const perMultiplication = new Map<string, number[]>(addon.levels().map((level) => [level, []]));
  for (let run = 0; run <= options.runs; run++) {
    options.say(run === 0 ? `${label}: warming the provers` : `${label}: run ${run} of ${options.runs}`);
    for (const [name, prove] of provers) {
      const sample = await timed(prove);
      if (run > 0) samples.get(name)?.push(sample);
    }
    for (const [level, times] of perMultiplication) times.push(addon.timeMultiply(level as never, MULTIPLY_ROUNDS)); // its own names
  }

  const rounded = (value: number): number => Number(value.toPrecision(4));
  for (const [name, list] of samples) {
    yield { name: `prove.${name}.${label}`, value: rounded(median(list.map(({ wall }) => wall))), unit: "s" };
    if (name !== "peer")
      yield { name: `prove.${name}.${label}.cpu`, value: rounded(median(list.map(({ cpu }) => cpu))), unit: "s" };
  }
  for (const [level, times] of perMultiplication) {
    const [count, nanoseconds] = [multiplications.get(level) ?? 0, median(times)];
    yield { name: `field.multiply.${level}`, value: rounded(nanoseconds), unit: "ns" };
    yield { name: `prove.multiplications.${level}.${label}`, value: count, unit: "" };
    const limit = (count * nanoseconds) / 1e9 / availableParallelism();
    yield { name: `prove.limit.${level}.${label}`, value: rounded(limit), unit: "s" };
  }
}
