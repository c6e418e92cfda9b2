/** Leaves a run behind: every proof in snarkjs' format, the keys, the verdict, and what was promised and seen. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Groth16Proof } from "../../verifier/check/groth16.ts";
import { renderJson } from "../../verifier/cli/render.ts";
import type { VerdictReport } from "../../verifier/replay/report.ts";
import { loadArtefacts } from "../circuits/artefacts.ts";
import { PROFILE } from "./parameters.ts";
import type { Proven } from "./stage/follower.ts";
import type { Theatre } from "./theatre.ts";

const CIRCUIT_OF = { round: "OracleRound", batch: "MarginBatch" } as const;

/** @param folder of this run; made when absent */
export async function recordRun(folder: string, theatre: Theatre, report: VerdictReport): Promise<void> {
  const { stage, follower, prover, observations, chain } = theatre;
  await mkdir(join(folder, "proofs"), { recursive: true });
  const artefacts = await loadArtefacts(PROFILE.name);
  for (const circuit of Object.values(CIRCUIT_OF)) {
    await copyFile(artefacts[circuit].verificationKey, join(folder, `${circuit}.verification_key.json`));
  }
  const counts = { round: 0, batch: 0 };
  const settlements = [];
  for (const proven of follower.history) {
    const name = `${proven.kind}-${String(++counts[proven.kind]).padStart(2, "0")}`;
    await writeJson(join(folder, "proofs", `${name}.proof.json`), toSnarkjs(proven.proof));
    await writeJson(join(folder, "proofs", `${name}.public.json`), proven.publicSignals);
    settlements.push({ name, ...describe(proven), proofMs: prover.proofMs(proven.key) });
  }
  const promises = Object.entries(observations.promises).map(([key, promise]) => ({
    key,
    promise,
    kept: observations.isKept(key),
  }));
  await writeJson(join(folder, "history.json"), {
    rpc: chain.url,
    addresses: stage.addresses,
    prover: prover.backend,
    settlements,
    promises,
  });
  await writeFile(join(folder, "verdict.json"), `${renderJson(report)}\n`);
}

function describe(proven: Proven): Readonly<Record<string, unknown>> {
  const { transaction, block, gasUsed, agrees } = proven;
  const common = { circuit: CIRCUIT_OF[proven.kind], transaction, block, gasUsed, agreesWithModel: agrees };
  if (proven.kind === "round") return { ...common, round: proven.round };
  const operations = proven.actions.map(({ action, step: { outcome } }) => ({
    ...action,
    outcome: outcome.kind ?? "valid",
  }));
  return { ...common, firstOperation: proven.first, operations };
}

/** The form that `snarkjs groth16 verify` reads: real part first. */
function toSnarkjs({ a, b, c }: Groth16Proof): Readonly<Record<string, unknown>> {
  const [[x1, x0], [y1, y0]] = b;
  const pi_b = [[x0, x1], [y0, y1], [1n, 0n]]; // biome-ignore format: one point
  return { pi_a: [...a, 1n], pi_b, pi_c: [...c, 1n], protocol: "groth16", curve: "bn128" };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part), 2);
  await writeFile(path, `${text}\n`);
}
