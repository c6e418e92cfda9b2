import { curves, groth16, wtns } from "snarkjs";
import { type CircuitArtefact, readArtefact } from "./artefact.ts";
import type { CircuitInputs, GrothProof, ProvenSignals } from "./backend.ts";
import type { CircuitLoader, LoadedCircuit } from "./engine.ts";
import { ProofRefusedError } from "./errors.ts";

/** snarkjs in this process; its worker threads keep the process alive. */
export async function startSnarkjs(): Promise<CircuitLoader> {
  await curves.getCurveFromName("bn128"); // snarkjs keeps this one warm for every later proof
  return loadCircuit;
}

async function loadCircuit(artefact: CircuitArtefact): Promise<LoadedCircuit> {
  const wasm = await readArtefact(artefact.wasmPath, artefact.digests.wasm);
  const zkey = await readArtefact(artefact.zkeyPath, artefact.digests.zkey);
  const keyBytes = await readArtefact(artefact.verificationKeyPath, artefact.digests.verificationKey);
  const verificationKey: unknown = JSON.parse(new TextDecoder().decode(keyBytes));

  async function prove(inputs: CircuitInputs): Promise<ProvenSignals> {
    const witness: { type: "mem"; data?: Uint8Array } = { type: "mem" };
    try {
      await wtns.calculate(inputs, { type: "mem", data: wasm }, witness);
    } catch (error) {
      throw new ProofRefusedError(artefact.name, witnessFailure(error));
    }
    const { proof, publicSignals } = await groth16.prove({ type: "mem", data: zkey }, witness);
    witness.data?.fill(0);
    if (!(await groth16.verify(verificationKey, publicSignals, proof))) {
      throw new ProofRefusedError(artefact.name, "the proof does not verify; are wasm and zkey of the same circuit?");
    }
    return { proof: readProof(proof), publicSignals: publicSignals.map(BigInt) };
  }
  return { prove };
}

/** Which template and line refused, or which input is unknown or missing: never a value. */
function witnessFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const places = [...message.matchAll(/Error in template (\w+) line: (\d+)/g)].map(
    (match) => `${match[1]}:${match[2]}`,
  );
  if (places.length > 0) return `no witness: a constraint fails in ${places.join(" in ")}`;
  const input =
    /^(Signal \w+ not found|Not all inputs have been set|(?:Not enough|Too many) values for input signal \w+)/m;
  return `no witness: ${input.exec(message)?.[0] ?? "the witness generator failed"}`;
}

function readProof(proof: { pi_a: string[]; pi_b: string[][]; pi_c: string[] }): GrothProof {
  const pair = (coordinates: readonly string[] | undefined): readonly [bigint, bigint] => {
    const [x, y] = coordinates ?? [];
    if (x === undefined || y === undefined) throw new ProofRefusedError("proof", "a point without two coordinates");
    return [BigInt(x), BigInt(y)];
  };
  return { a: pair(proof.pi_a), b: [pair(proof.pi_b[0]), pair(proof.pi_b[1])], c: pair(proof.pi_c) };
}
