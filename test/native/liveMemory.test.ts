import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { Addon, KeyHandle } from "../../prover/native/addon.ts";
import { proofOf, snarkjsProof } from "../../prover/native/proof.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { heldMemory } from "./support/heldMemory.ts";
import { packIntegers } from "./support/packed.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";
import { libraryOf } from "./support/witnessLibrary.ts";

/** `NATIVE_PROOFS=1000` for the long run. */
const MANY_PROOFS = Number(process.env.NATIVE_PROOFS ?? 100);
const TIMES = 30;
const FIRST = 9; // of each kind, before anything is counted: every level and number of threads, and what stays for good

describe("memory of the native prover", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  let wtns: Uint8Array;
  let keys: readonly KeyHandle[];
  let libraryPath: string;
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    wtns = await circuit.witness(5n, 6n, 7n);
    keys = await Promise.all(addon.levels().map((level) => addon.loadKey(circuit.zkey, level)));
    libraryPath = await libraryOf(circuit.artefact.wasmPath);
  });
  after(() => circuit?.remove());

  const keyOf = (index: number): KeyHandle => keys[index % keys.length]!;
  /** Ends with the code of an error. */
  const fails = async (code: string, work: () => unknown): Promise<void> => {
    const failure = await (async () => work())().catch((error: unknown) => error);
    expect(failure).to.have.property("code", code);
  };

  async function acceptedProof(index: number): Promise<void> {
    const witness = await circuit.witness(BigInt(index) ** 7n, BigInt(index), 1n << BigInt(index % 64));
    const { proof, publicSignals } = proofOf(await addon.prove(keyOf(index), witness, index % 3).promise);
    expect(await circuit.verify(publicSignals, snarkjsProof(proof)), `proof ${index}`).to.equal(true);
  }

  async function cancelledProof(index: number): Promise<void> {
    const running = addon.prove(keyOf(index), wtns, index % 3);
    if (index % 2 > 0) await sleep(index % 5); // somewhere in the middle, or after its end
    running.cancel();
    await running.promise.catch((error: unknown) => expect(error).to.have.property("code", "NATIVE_CANCELLED"));
  }

  async function failingProof(index: number): Promise<void> {
    const other = Buffer.from(wtns);
    other.writeUInt32LE(other.readUInt32LE(60) - 1, 60);
    other.writeBigUInt64LE(other.readBigUInt64LE(68) - 32n, 68);
    const smaller = other.subarray(0, other.length - 32);
    await fails("NATIVE_WITNESS_SIZE", () => addon.prove(keyOf(index), smaller, index % 3).promise);
    await fails("NATIVE_WTNS", () => addon.prove(keyOf(index), wtns.subarray(1), index % 3).promise);
    await fails("NATIVE_ARGUMENT", () => addon.prove(keyOf(index), wtns, 1, packIntegers([SCALAR_FIELD, 1n])));
  }

  async function loadedKey(index: number): Promise<void> {
    const level = addon.levels()[index % keys.length]!;
    await addon.prove(await addon.loadKey(index % 2 > 0 ? circuit.zkeyPath : circuit.zkey, level), wtns, 1).promise;
    await fails("NATIVE_ZKEY", () => addon.loadKey(circuit.zkey.subarray(0, -1), level));
    await fails("NATIVE_FILE", () => addon.loadKey(`${circuit.zkeyPath}.none`, level));
  }

  async function tables(): Promise<void> {
    const [path, digest] = [`${circuit.zkeyPath}.tables`, createHash("sha256").update(circuit.zkey).digest()];
    const key = await addon.loadKey(circuit.zkey);
    await addon.makeTables(key, path, digest, 1, 1);
    await addon.useTables(key, path, digest);
    await addon.prove(key, wtns, 2).promise;
    await fails("NATIVE_TABLES", () => addon.useTables(key, path, new Uint8Array(32)));
    await fails("NATIVE_TABLES", () => addon.makeTables(key, path, digest, 0, 1));
    rmSync(path);
  }

  async function witness(): Promise<void> {
    const library = addon.loadWitness(libraryPath);
    const inputs = packIntegers([5n, 6n, 7n]);
    expect((await addon.witness(library, inputs)).length).to.equal(wtns.length);
    await fails("NATIVE_CONSTRAINT", () => addon.witness(library, packIntegers([5n, 6n, 1n << 64n])));
    await fails("NATIVE_WITNESS", () => addon.witness(library, inputs.subarray(1)));
    await fails("NATIVE_FILE", () => addon.loadWitness(`${libraryPath}.none`));
  }

  async function takenCore(index: number): Promise<void> {
    const core = await addon.takeCore(1);
    if (index % 2 > 0) core.release(); // else when it is collected
  }

  for (const { title, times, work } of [
    { title: "proofs, each of which snarkjs accepts", times: MANY_PROOFS, work: acceptedProof },
    { title: "cancelled proofs", times: MANY_PROOFS, work: cancelledProof },
    { title: "failing proofs", times: TIMES, work: failingProof },
    { title: "keys, some of them refused", times: TIMES, work: loadedKey },
    { title: "files of tables, some of them refused", times: TIMES, work: tables },
    { title: "witnesses, some of them refused", times: TIMES, work: witness },
    { title: "processors, released or forgotten", times: TIMES, work: takenCore },
  ]) {
    it(`is after ${times} more ${title}, what it was before, to the byte`, async () => {
      for (let index = 0; index < FIRST; index++) await work(index);
      const before = await heldMemory(addon);
      for (let index = 0; index < times; index++) await work(index);
      expect(await heldMemory(addon)).to.deep.equal(before);
    });
  }

  it("counts a key as long as somebody has it", async () => {
    const before = await heldMemory(addon);
    const held = [await addon.loadKey(circuit.zkey)];
    expect((await heldMemory(addon)).bytes - before.bytes).to.be.at.least(circuit.zkey.length);
    held.pop();
    expect(await heldMemory(addon)).to.deep.equal(before);
  });
});
