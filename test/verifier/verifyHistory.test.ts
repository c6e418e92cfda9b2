import { expect } from "chai";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";
import { KEYS } from "./helpers/syntheticHistory.ts";

const keys = { OracleRound: KEYS.OracleRound.key, MarginBatch: KEYS.MarginBatch.key };

describe("verifyHistory", () => {
  let hasher: Hasher;
  let honest: LocalGuard;
  before(async () => {
    hasher = await createHasher();
    honest = await LocalGuard.deploy(hasher);
    await honest.live();
  });

  it("finds that the history of an honest guard holds", async () => {
    const report = await verifyHistory({ provider: chain, guard: honest.at.guard, keys });
    const complaints = report.entries.flatMap(({ what, findings }) => findings.filter((f) => f.verdict.status !== "holds").map((f) => [what, f]));
    expect(complaints).to.deep.equal([]);
    expect(report.status).to.equal("holds");
  });
});
