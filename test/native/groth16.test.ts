import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import { knownProof } from "../../prover/native/knownProof.ts";
import type { LevelName } from "../../prover/native/levelName.ts";
import { proofOf, snarkjsProof } from "../../prover/native/proof.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { packIntegers } from "./support/packed.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";
import { snarkjsWithBlinding } from "./support/snarkjsWithBlinding.ts";

describe("native Groth16", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
  });
  after(() => circuit?.remove());

  const witnesses: readonly { title: string; inputs: readonly [bigint, bigint, bigint] }[] = [
    { title: "wide values", inputs: [SCALAR_FIELD - 1n, 123_456_789n, (1n << 64n) - 1n] },
    { title: "zeros", inputs: [0n, 0n, 0n] },
    { title: "a single bit", inputs: [1n, 0n, 1n << 63n] },
  ];

  for (const { title, inputs } of witnesses) {
    it(`gives snarkjs' proof and public signals bit by bit for equal blinding, with ${title}`, async () => {
      const wtns = await circuit.witness(...inputs);
      for (const [r, s] of [
        [1n, 2n],
        [0n, 0n],
        [SCALAR_FIELD - 1n, 0x1234_5678_9abc_def0n ** 3n],
      ] as const) {
        const derived = await snarkjsWithBlinding(circuit.zkey, wtns, r, s);
        for (const level of addon.levels()) {
          const key = await addon.loadKey(circuit.zkeyPath, level);
          const { proof, publicSignals } = proofOf(await addon.prove(key, wtns, 0, packIntegers([r, s])).promise);
          expect(snarkjsProof(proof), level).to.deep.include(derived.proof);
          expect(publicSignals.map(String), level).to.deep.equal(derived.publicSignals);
        }
      }
    });
  }

  for (const power of [1, 2, 3, 5, 6, 7, 8, 9, 11]) {
    it(`makes the proof that a key's known logarithms give, over a domain of 2^${power}`, async () => {
      for (const variables of [4, 7, 40]) {
        const known = knownProof(power, variables);
        for (const level of addon.levels()) {
          const key = await addon.loadKey(known.zkey, level);
          const { points, publicSignals } = await addon.prove(key, known.wtns, 2, known.blinding).promise;
          expect(Buffer.compare(points, known.points), `${level}, ${variables} variables`).to.equal(0);
          expect(Buffer.compare(publicSignals, known.publicSignals), level).to.equal(0);
        }
      }
    });
  }

  it("makes different proofs of one witness, each of which snarkjs accepts", async () => {
    const wtns = await circuit.witness(5n, 6n, 7n);
    for (const level of addon.levels()) {
      const key = await addon.loadKey(circuit.zkey, level);
      const proofs = await Promise.all([1, 2].map((threads) => addon.prove(key, wtns, threads).promise));
      const [first, second] = proofs.map(proofOf);
      expect(first!.proof.a).to.not.deep.equal(second!.proof.a);
      for (const { proof, publicSignals } of [first!, second!]) {
        expect(await circuit.verify(publicSignals, snarkjsProof(proof)), level).to.equal(true);
        const wrong = publicSignals.map((signal, index) => (index === 0 ? signal + 1n : signal));
        expect(await circuit.verify(wrong, snarkjsProof(proof)), level).to.equal(false);
      }
    }
  });

  it("gives a proof that does not verify for a witness that breaks a constraint", async () => {
    const wtns = Uint8Array.from(await circuit.witness(5n, 6n, 7n));
    wtns[wtns.length - 32]! ^= 1;
    const { proof, publicSignals } = proofOf(await addon.prove(await addon.loadKey(circuit.zkey), wtns, 0).promise);
    expect(await circuit.verify(publicSignals, snarkjsProof(proof))).to.equal(false);
  });

  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => "no error",
      (error: unknown) => (error as { code?: unknown }).code, // the addon's errors carry one
    );

  it("ends a cancelled proof with its own code, and proves again", async () => {
    const wtns = await circuit.witness(5n, 6n, 7n);
    const key = await addon.loadKey(circuit.zkey);
    const running = addon.prove(key, wtns, 1);
    running.cancel();
    expect(await codeOf(running.promise)).to.equal("NATIVE_CANCELLED");
    running.cancel();
    expect(await codeOf(addon.prove(key, wtns, 1).promise)).to.equal("no error");
  });

  it("refuses what is not a key, a level, a witness of the circuit or a blinding factor", async () => {
    const wtns = await circuit.witness(5n, 6n, 7n);
    const key = await addon.loadKey(circuit.zkey);
    const thrown = (call: () => unknown): Promise<unknown> => codeOf((async () => call())());
    expect(await thrown(() => addon.prove({} as typeof key, wtns, 1))).to.equal("NATIVE_ARGUMENT");
    expect(await thrown(() => addon.loadKey(circuit.zkey, "none" as LevelName))).to.equal("NATIVE_LEVEL");
    expect(await thrown(() => addon.prove(key, wtns, 1, packIntegers([SCALAR_FIELD, 1n])))).to.equal("NATIVE_ARGUMENT");
    expect(await codeOf(addon.loadKey(`${circuit.zkeyPath}.none`))).to.equal("NATIVE_FILE");
    const other = Buffer.from(wtns);
    other.writeUInt32LE(other.readUInt32LE(60) - 1, 60);
    other.writeBigUInt64LE(other.readBigUInt64LE(68) - 32n, 68);
    expect(await codeOf(addon.prove(key, other.subarray(0, other.length - 32), 1).promise)).to.equal(
      "NATIVE_WITNESS_SIZE",
    );
  });

  it("makes the same proof from a key's file and from its bytes", async () => {
    const wtns = await circuit.witness(9n, 8n, 7n);
    const keys = [await addon.loadKey(circuit.zkeyPath), await addon.loadKey(circuit.zkey)];
    const [fromFile, fromBytes] = await Promise.all(
      keys.map((key) => addon.prove(key, wtns, 1, packIntegers([3n, 4n])).promise),
    );
    expect(proofOf(fromFile!)).to.deep.equal(proofOf(fromBytes!));
  });
});
