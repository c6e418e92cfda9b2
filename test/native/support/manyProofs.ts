/** `node --expose-gc manyProofs.ts COUNT`: prints the process's memory after a quarter of the proofs and after all of them. */
import { loadAddon } from "../../../prover/native/addon.ts";
import { buildAddon } from "../../../prover/native/build.ts";
import { sampleCircuit } from "./sampleCircuit.ts";

const count = Number(process.argv[2]);
const addon = loadAddon(await buildAddon());
const circuit = await sampleCircuit();
const wtns = await circuit.witness(5n, 6n, 7n);
const key = await addon.loadKey(circuit.zkey);

async function memoryAfter(proofs: number): Promise<number> {
  for (let i = 0; i < proofs; i++) await addon.prove(key, wtns, 1).promise;
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const settledBytes = await memoryAfter(Math.floor(count / 4));
const finalBytes = await memoryAfter(count - Math.floor(count / 4));
await circuit.remove();
process.stdout.write(`${JSON.stringify({ settledBytes, finalBytes })}\n`, () => process.exit(0)); // snarkjs' threads stay
