import { groth16 } from "snarkjs";
import { toLittleEndian } from "../../../scripts/circuits/bn254.ts";

/** Of ffjavascript, which ships no types: the scalar field of the curve that snarkjs keeps for the whole process. */
interface SharedCurve {
  readonly Fr: { random: () => Uint8Array; fromRprLE(bytes: Uint8Array, offset: number): Uint8Array };
}

/** snarkjs' own prover, with r and s chosen: it takes them from the curve that the process shares. */
export async function snarkjsWithBlinding(zkey: Uint8Array, wtns: Uint8Array, r: bigint, s: bigint) {
  const memory = (data: Uint8Array) => ({ type: "mem" as const, data });
  await groth16.prove(memory(zkey), memory(wtns)); // makes the shared curve
  const { curve_bn128: curve } = globalThis as unknown as { curve_bn128: SharedCurve }; // ffjavascript's global
  const { random } = curve.Fr;
  const factors = [r, s];
  curve.Fr.random = () => curve.Fr.fromRprLE(toLittleEndian(factors.shift() ?? 0n), 0);
  try {
    const { proof, publicSignals } = await groth16.prove(memory(zkey), memory(wtns));
    return { proof: { pi_a: proof.pi_a, pi_b: proof.pi_b, pi_c: proof.pi_c }, publicSignals };
  } finally {
    curve.Fr.random = random;
  }
}
