import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { network } from "hardhat";
import type { Artefacts, CircuitName } from "../../../scripts/circuits/artefacts.ts";
import { BASE_FIELD, SCALAR_FIELD } from "../../../scripts/circuits/bn254.ts";
import { buildProfile } from "../../../scripts/circuits/build.ts";
import { renderVerifier } from "../../../scripts/circuits/solidityVerifier.ts";
import { keyDigest, readVerificationKey } from "../../../scripts/circuits/verificationKey.ts";
import { compileVerifier } from "./support/compileVerifier.ts";
import { makeProject, sumOfSquaresInput } from "./support/fixtureProject.ts";
import { endSnarkjs, snarkjs, toCalldata } from "./support/snarkjs.ts";

interface VerifyArguments {
  readonly a: readonly [bigint, bigint];
  readonly b: readonly [readonly [bigint, bigint], readonly [bigint, bigint]];
  readonly c: readonly [bigint, bigint];
  readonly signals: readonly bigint[];
}

/** Published cost of a snarkjs verifier's transaction: 207.4k + 7.1k for each signal. */
const GAS_BASE = 207_400;
const GAS_PER_SIGNAL = 7_100;

describe("the generated Solidity verifier", () => {
  const project = makeProject("SumOfSquares_10", "SumOfSquares_11");
  let artefacts: Artefacts;
  let connection: Awaited<ReturnType<typeof network.create>>;

  before(async () => {
    artefacts = await buildProfile("tiny", { root: project.root });
    connection = await network.create();
  });
  after(async () => {
    await connection.close();
    await endSnarkjs();
    project.remove();
  });

  for (const { circuit, count } of [
    { circuit: "OracleRound" as CircuitName, count: 10 },
    { circuit: "MarginBatch" as CircuitName, count: 11 },
  ]) {
    describe(`for ${count} signals`, () => {
      let valid: VerifyArguments;
      let verify: (call: VerifyArguments, gasLimit?: bigint) => Promise<boolean>;
      let transactionGas: () => Promise<bigint>;
      let constant: (name: string) => Promise<unknown>;

      before(async () => {
        const { wasm, zkey } = artefacts[circuit];
        const { proof, publicSignals } = await snarkjs.groth16.fullProve(sumOfSquaresInput(count), wasm, zkey);
        valid = { ...toCalldata(proof), signals: publicSignals.map(BigInt) };
        const path = join(project.root, artefacts.manifest.circuits[circuit].contract);
        const { abi, bytecode } = compileVerifier(readFileSync(path, "utf8"), `Groth16Verifier_${circuit}_tiny`);
        const [signer] = await connection.ethers.getSigners();
        const contract = await new connection.ethers.ContractFactory(abi as never, bytecode, signer).deploy();
        const method = contract.getFunction("verifyProof");
        verify = async ({ a, b, c, signals }, gasLimit = 1_000_000n) =>
          (await method.staticCall(a, b, c, signals, { gasLimit })) as boolean;
        transactionGas = async () => {
          const { a, b, c, signals } = valid;
          const sent = await method.send(a, b, c, signals, { gasLimit: 1_000_000n });
          return (await sent.wait())!.gasUsed;
        };
        constant = (name) => contract.getFunction(name).staticCall();
      });

      it("accepts a proof", async () => expect(await verify(valid)).to.equal(true));

      it("names its key, its number of signals and its setup", async () => {
        const key = readVerificationKey(artefacts[circuit].zkey);
        expect(await constant("KEY_DIGEST")).to.equal(`0x${keyDigest(key)}`);
        expect(await constant("PUBLIC_COUNT")).to.equal(BigInt(count));
        expect(await constant("DEV_SETUP")).to.equal(true);
      });

      for (let i = 0; i < count; i++) {
        it(`refuses signal ${i} changed, and the same signal plus the field's order`, async () => {
          const change = (by: bigint) => ({
            ...valid,
            signals: valid.signals.map((signal, j) => (j === i ? signal + by : signal)),
          });
          expect(await verify(change(1n))).to.equal(false);
          expect(await verify(change(SCALAR_FIELD))).to.equal(false);
          expect(await verify(change(4n * SCALAR_FIELD))).to.equal(false);
        });
      }

      it("refuses signals of r, q and 2^256 - 1", async () => {
        for (const signal of [SCALAR_FIELD, BASE_FIELD, 2n ** 256n - 1n]) {
          expect(await verify({ ...valid, signals: [signal, ...valid.signals.slice(1)] }), String(signal)).to.equal(
            false,
          );
        }
      });

      it("refuses one signal too few, one too many, and none", async () => {
        expect(await verify({ ...valid, signals: valid.signals.slice(1) })).to.equal(false);
        expect(await verify({ ...valid, signals: [...valid.signals, 0n] })).to.equal(false);
        expect(await verify({ ...valid, signals: [] })).to.equal(false);
      });

      it("refuses every coordinate changed by one, which is off the curve", async () => {
        const [ax, ay] = valid.a;
        const [cx, cy] = valid.c;
        const [[b0, b1], [b2, b3]] = valid.b;
        const changed: readonly VerifyArguments[] = [
          { ...valid, a: [ax + 1n, ay] },
          { ...valid, a: [ax, ay + 1n] },
          { ...valid, c: [cx + 1n, cy] },
          { ...valid, c: [cx, cy + 1n] },
          {
            ...valid,
            b: [
              [b0 + 1n, b1],
              [b2, b3],
            ],
          },
          {
            ...valid,
            b: [
              [b0, b1 + 1n],
              [b2, b3],
            ],
          },
          {
            ...valid,
            b: [
              [b0, b1],
              [b2 + 1n, b3],
            ],
          },
          {
            ...valid,
            b: [
              [b0, b1],
              [b2, b3 + 1n],
            ],
          },
        ];
        for (const call of changed) expect(await verify(call)).to.equal(false);
      });

      it("refuses coordinates that are the right ones plus q", async () => {
        const [ax, ay] = valid.a;
        const [cx, cy] = valid.c;
        const [[b0, b1], last] = valid.b;
        const changed: readonly VerifyArguments[] = [
          { ...valid, a: [ax + BASE_FIELD, ay] },
          { ...valid, a: [ax, ay + BASE_FIELD] },
          { ...valid, c: [cx + BASE_FIELD, cy] },
          { ...valid, c: [cx, cy + BASE_FIELD] },
          { ...valid, b: [[b0 + BASE_FIELD, b1], last] },
        ];
        for (const call of changed) expect(await verify(call)).to.equal(false);
      });

      it("refuses points that are on the curve but others: A negated, A and C exchanged, all at infinity", async () => {
        const [ax, ay] = valid.a;
        expect(await verify({ ...valid, a: [ax, BASE_FIELD - ay] })).to.equal(false);
        expect(await verify({ ...valid, a: valid.c, c: valid.a })).to.equal(false);
        expect(
          await verify({
            ...valid,
            a: [0n, 0n],
            b: [
              [0n, 0n],
              [0n, 0n],
            ],
            c: [0n, 0n],
          }),
        ).to.equal(false);
      });

      it("refuses the points of B in the order of the JSON, real part first", async () => {
        const [[x1, x0], [y1, y0]] = valid.b;
        expect(
          await verify({
            ...valid,
            b: [
              [x0, x1],
              [y0, y1],
            ],
          }),
        ).to.equal(false);
      });

      it("says false or runs out, but never true, with too little gas", async () => {
        for (const gas of [60_000n, 100_000n, 150_000n, 200_000n]) {
          const answer = await verify(valid, gas).catch(() => "ran out");
          expect(answer, `${gas} gas`).not.to.equal(true);
        }
      });

      const published = GAS_BASE + GAS_PER_SIGNAL * count;
      it(`costs at most ${published} gas, and within 2 % of it`, async () => {
        expect(Number(await transactionGas())).to.be.within(0.98 * published, published);
      });
    });
  }

  it("from a ceremony key carries no development marker", () => {
    const key = readVerificationKey(artefacts.OracleRound.zkey);
    const { source } = renderVerifier({ circuit: "OracleRound", profile: "tiny", command: "x" }, key, false);
    expect(source).to.contain("bool public constant DEV_SETUP = false;").and.not.to.contain("WARNING");
  });
});
