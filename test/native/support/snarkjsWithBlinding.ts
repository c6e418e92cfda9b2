import { getCurveFromName } from "ffjavascript";
import { groth16 } from "snarkjs";
import { toLittleEndian } from "../../../scripts/circuits/bn254.ts";

/** snarkjs' own prover, with r and s chosen: it takes them from the curve that the process shares. */
export async function snarkjsWithBlinding(zkey: Uint8Array, wtns: Uint8Array, r: bigint, s: bigint) {
  const { Fr } = await getCurveFromName("bn128");
  const random = Fr.random;
  const factors = [r, s];
  Fr.random = () => Fr.fromRprLE(toLittleEndian(factors.shift() ?? 0n), 0);
  try {
    const { proof, publicSignals } = await groth16.prove({ type: "mem", data: zkey }, { type: "mem", data: wtns });
    return { proof: { pi_a: proof.pi_a, pi_b: proof.pi_b, pi_c: proof.pi_c }, publicSignals };
  } finally {
    Fr.random = random;
  }
}
