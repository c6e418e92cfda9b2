import type { CircuitInputs, ProofBackend } from "../../prover/proving/backend.ts";
import { createSnarkjsBackend } from "../../prover/proving/snarkjsBackend.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { type Artefacts, CIRCUITS, type CircuitName, loadArtefacts } from "../circuits/artefacts.ts";
import { prepare } from "../prepare.ts";
import { type Benchmark, median } from "./measurement.ts";
import { runWorkload, type Workload } from "./workload.ts";

export const PROFILE = PROFILES.dev.name;
const RUNS = 5;
const nameOf = (circuit: CircuitName) => `prove.snarkjs.${PROFILE}.${circuit}`;

/** A proving backend on the built artefacts; the caller closes it. */
export function backendOn(artefacts: Artefacts): ProofBackend {
  const circuits = CIRCUITS.map((name) => {
    const { wasm, zkey, verificationKey } = artefacts.manifest.circuits[name].files;
    return {
      name,
      wasmPath: artefacts[name].wasm,
      zkeyPath: artefacts[name].zkey,
      verificationKeyPath: artefacts[name].verificationKey,
      digests: { wasm: wasm.sha256, zkey: zkey.sha256, verificationKey: verificationKey.sha256 },
    };
  });
  return createSnarkjsBackend({ circuits, children: 1 });
}

let shared: Promise<Workload> | undefined;

/** The workload, run once however many benchmarks want it. */
export function workload(): Promise<Workload> {
  shared ??= (async () => {
    await prepare(PROFILE);
    const backend = backendOn(await loadArtefacts(PROFILE));
    try {
      return await runWorkload(PROFILES.dev, backend);
    } finally {
      await backend.close();
    }
  })();
  return shared;
}

/** What a circuit of the workload is proven with. */
export const inputsOf = (circuit: CircuitName, work: Workload): CircuitInputs =>
  circuit === "OracleRound" ? work.roundInputs : work.batchInputs;

/**
 * Wall-clock time of a proof, witness and verification included, in a warm process that is reused: the median of several,
 * the circuits in turn.
 */
export const proving: Benchmark = {
  names: CIRCUITS.map(nameOf),
  async *run(wanted, say) {
    const work = await workload();
    const backend = backendOn(await loadArtefacts(PROFILE));
    const circuits = CIRCUITS.filter((circuit) => wanted.includes(nameOf(circuit)));
    const times = new Map<CircuitName, number[]>(circuits.map((circuit) => [circuit, []]));
    try {
      for (let run = 0; run <= RUNS; run++) {
        say(run === 0 ? "warming the proving process" : `proofs, run ${run} of ${RUNS}`);
        for (const circuit of circuits) {
          const started = performance.now();
          await backend.prove(circuit, inputsOf(circuit, work));
          if (run > 0) times.get(circuit)?.push((performance.now() - started) / 1000);
        }
      }
    } finally {
      await backend.close();
    }
    for (const [circuit, samples] of times) {
      yield { name: nameOf(circuit), value: Number(median(samples).toFixed(3)), unit: "s" };
    }
  },
};
