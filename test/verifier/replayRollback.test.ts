import { expect } from "chai";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { History } from "../../verifier/replay/history.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import { complaintsOf } from "./helpers/complaints.ts";
import { edit } from "./helpers/edit.ts";
import { lastingDeficit, shortVault } from "./helpers/histories.ts";
import { KEYS } from "./helpers/syntheticHistory.ts";
import { deficitLies } from "./lies/deficitLies.ts";
import { rollbackLies } from "./lies/rollbackLies.ts";
import { shortVaultLies } from "./lies/shortVaultLies.ts";

const vaultLies = [...rollbackLies, ...shortVaultLies];
const keys = { OracleRound: KEYS.OracleRound.key, MarginBatch: KEYS.MarginBatch.key };

describe("replayHistory over rollbacks", () => {
  let hasher: Hasher;
  let short: History;
  let deficit: History;
  before(async () => {
    hasher = await createHasher();
    short = shortVault(hasher).build();
    deficit = lastingDeficit(hasher).build();
  });

  it("finds that a rollback holds which a short vault allows", () => {
    const report = replayHistory(short, hasher, keys);
    expect(complaintsOf(report)).to.deep.equal([]);
    expect(report.status).to.equal("holds");
    expect(report.counts).to.deep.include({ operations: 4, claims: 2, rollbacks: 1, incidents: 2 });
  });

  it("finds that a rollback holds which a lasting deficit allows", () => {
    const report = replayHistory(deficit, hasher, null);
    expect(complaintsOf(report)).to.deep.equal([]);
    expect(report.counts).to.deep.include({ operations: 4, rollbacks: 1, incidents: 5 });
  });

  it("lists incidents with the seconds that it took to contain and to end them", () => {
    const { incidents } = replayHistory(deficit, hasher, null);
    expect(
      incidents.map(({ name, market, secondsToContain, secondsToRecover, stake }) =>
        [name, market, secondsToContain, secondsToRecover, stake].join(),
      ),
    ).to.deep.equal([
      "breaker,0,,,960000",
      "breach,0,,,960000",
      "bankrupt,0,,,960000",
      "deficit,255,121,276,59993",
      "rollback,255,0,0,960000",
    ]);
  });

  for (const { name, history, lies } of [
    { name: "short vault", history: () => short, lies: vaultLies },
    { name: "lasting deficit", history: () => deficit, lies: deficitLies },
  ]) {
    describe(`when a guard with a ${name} lies`, () => {
      for (const { title, change, at = 0, complaint } of lies) {
        it(`finds ${title}`, () => {
          const report = replayHistory(change(history(), hasher), hasher, null);
          expect(complaintsOf(report)[at]).to.equal(complaint);
          expect(report.status).to.equal("violated");
        });
      }
    });
  }

  it("makes no check of rollbacks and incidents that no lie of this file fails", () => {
    const made = [short, deficit].flatMap((history) =>
      replayHistory(history, hasher, null).entries.flatMap(({ findings }) => findings.map(({ check }) => check)),
    );
    const failed = new Set([...vaultLies, ...deficitLies].map(({ complaint }) => complaint.split(": ")[1] ?? ""));
    const own = (check: string) => /^(rollback|incident)\./.test(check);
    expect([...new Set(made)].filter((check) => own(check) && !failed.has(check))).to.deep.equal([]);
  });

  it("cannot check the rule when nobody knows what the vault held", () => {
    const unknown = edit(short, "rollback", 0, (record) => ({ ...record, vault: null }));
    expect(complaintsOf(replayHistory(unknown, hasher, null))[0]).to.match(/rollback.rule: the endpoint has no state/);
  });
});
