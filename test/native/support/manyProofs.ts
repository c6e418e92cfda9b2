/**
 * `node --expose-gc manyProofs.ts COUNT`: how many of COUNT proofs snarkjs accepts, and the process's memory after a quarter
 * of them and after all.
 */
import { loadAddon } from "../../../prover/native/addon.ts";
import { buildAddon } from "../../../prover/native/build.ts";
import { proofOf, snarkjsProof } from "../../../prover/native/proof.ts";
import { sampleCircuit } from "./sampleCircuit.ts";

const count = Number(process.argv[2]);
const addon = loadAddon(await buildAddon());
const circuit = await sampleCircuit();
const key = await addon.loadKey(circuit.zkey);
let accepted = 0;

async function memoryAfter(proofs: number): Promise<number> {
  for (let i = 0; i < proofs; i++) {
    const wtns = await circuit.witness(BigInt(i) ** 7n, BigInt(i), 1n << BigInt(i % 64));
    const { proof, publicSignals } = proofOf(await addon.prove(key, wtns, 1).promise);
    if (await circuit.verify(publicSignals, snarkjsProof(proof))) accepted++;
  }
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const settledBytes = await memoryAfter(Math.floor(count / 4));
const finalBytes = await memoryAfter(count - Math.floor(count / 4));
await circuit.remove();
process.stdout.write(`${JSON.stringify({ accepted, settledBytes, finalBytes })}\n`, () => process.exit(0)); // snarkjs' threads stay
