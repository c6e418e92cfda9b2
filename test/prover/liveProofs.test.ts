import { expect } from "chai";
import { provingArtefacts } from "../../prover/proving/provingArtefacts.ts";
import { createSnarkjsBackend } from "../../prover/proving/snarkjsBackend.ts";
import { startProver } from "../../prover/service/startProver.ts";
import { loadArtefacts } from "../../scripts/circuits/artefacts.ts";
import { createLocalGuard, proverConfig } from "./support/localGuard.ts";

describe("startProver with real proofs", function () {
  this.timeout(600_000);

  it("proves a round and batches that the generated verifiers accept", async () => {
    const local = await createLocalGuard({ generated: true });
    const artefacts = provingArtefacts(await loadArtefacts("dev"));
    const backend = createSnarkjsBackend({ circuits: [artefacts.OracleRound, artefacts.MarginBatch] });
    const prover = await startProver(proverConfig(local, { artefacts, backend }));
    const times: string[] = [];
    const alarms: string[] = [];
    prover.events.on("proof", ({ circuit, milliseconds }) => times.push(`${circuit} ${milliseconds} ms`));
    prover.events.on("settled", ({ kind, gasUsed }) => times.push(`${kind} ${gasUsed} gas`));
    prover.events.on("alarm", ({ code, message }) => alarms.push(`${code} ${message}`));
    try {
      for (const user of [0, 1, 2]) await local.deposit(user, 1_000_000n);
      await Promise.all([prover.idle(), prover.submitRound(local.roundWords(12, [100_300n, 50_020n]))]);
      await local.deposit(3, 5n);
      await prover.idle();
      expect(prover.status()).to.include({ operationsSettled: 4, round: 1n });
      expect(alarms).to.deep.equal([]);
      console.log(`      ${times.join(", ")}`);
    } finally {
      await prover.stop();
      await backend.close();
    }
  });
});
