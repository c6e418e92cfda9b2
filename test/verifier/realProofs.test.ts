import { expect } from "chai";
import type { ProofBackend } from "../../prover/proving/backend.ts";
import { batchInputs } from "../../prover/witness/batchInputs.ts";
import { roundInputs } from "../../prover/witness/roundInputs.ts";
import { keysOfBuild } from "../../verifier/cli/keys.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { devBackend, toCalldata } from "../end-to-end/support/proofs.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";
import type { TestProver } from "./helpers/prover.ts";

/** Proofs by the circuits and the development keys. */
function realProver(backend: ProofBackend): TestProver {
  return {
    async round(...given) {
      return toCalldata((await backend.prove("OracleRound", roundInputs(...given))).proof);
    },
    async batch(...given) {
      return toCalldata((await backend.prove("MarginBatch", batchInputs(...given))).proof);
    },
  };
}

describe("verifyHistory with real circuits", () => {
  let backend: ProofBackend;
  let guard: LocalGuard;
  before(async () => {
    backend = await devBackend();
    guard = await LocalGuard.deploy(await createHasher(), "generated", realProver(backend));
    await guard.live();
  });
  after(() => backend.close());

  it("finds that rounds, batches and keys of the local build hold", async () => {
    const keys = (profile: string) => keysOfBuild(process.cwd(), profile);
    const report = await verifyHistory({
      provider: chain,
      guard: guard.at.guard,
      keys,
      fromBlock: guard.at.genesisBlock,
    });
    const complaints = report.entries.flatMap(({ findings }) =>
      findings.filter(({ verdict }) => verdict.status !== "holds"),
    );
    expect(complaints).to.deep.equal([]);
    expect(report.status).to.equal("holds");
    expect(report.counts).to.deep.include({ rounds: 2, batches: 2 });
  });

  it("cannot check when there is no build of the profile", async () => {
    const report = await verifyHistory({
      provider: chain,
      guard: guard.at.guard,
      keys: () => keysOfBuild("/nowhere", "dev"),
    });
    expect(report.status).to.equal("unknown");
  });
});
