import { expect } from "chai";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { History } from "../../verifier/replay/history.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import { complaintsOf } from "./helpers/complaints.ts";
import { edit } from "./helpers/edit.ts";
import { exitHistory, OWED } from "./helpers/exitHistory.ts";
import { hallLies } from "./lies/hallLies.ts";

describe("replayHistory over Exit", () => {
  let hasher: Hasher;
  let full: History;
  let short: History;
  before(async () => {
    hasher = await createHasher();
    full = exitHistory(hasher);
    short = exitHistory(hasher, OWED - 40_001n);
  });

  it("finds that everyone was paid in full, an abandoned deposit too", () => {
    expect(complaintsOf(replayHistory(full, hasher, null))).to.deep.equal([]);
  });

  it("finds that everyone was paid alike out of a vault that was short", () => {
    expect(complaintsOf(replayHistory(short, hasher, null))).to.deep.equal([]);
  });

  it("says that it could not check what the vault held and what arrived, where the endpoint does not know", () => {
    const forgetful = edit(full, "hall", 3, (record) => ({
      ...record,
      event: { ...record.event, held: null } as never,
    }));
    const [complaint] = complaintsOf(replayHistory(forgetful, hasher, null));
    expect(complaint).to.match(/^exit hall: opened: hall.backed: the endpoint has no state of that block/);
    const other = edit(full, "hall", 1, (record) => ({
      ...record,
      event: { ...record.event, arrived: null } as never,
    }));
    expect(complaintsOf(replayHistory(other, hasher, null))[0]).to.match(
      /^exit hall: depositShown: hall.deposit: the end/,
    );
  });

  for (const { name, history } of [
    { name: "full", history: () => full },
    { name: "short", history: () => short },
  ]) {
    describe(`when a hall with a ${name} vault lies`, () => {
      for (const { title, change, at = 0, complaint } of hallLies) {
        it(`finds ${title}`, () => {
          const report = replayHistory(change(history(), hasher), hasher, null);
          expect(complaintsOf(report)[at]).to.equal(complaint);
          expect(report.status).to.equal("violated");
        });
      }
    });
  }

  it("makes no check of the hall that no lie of this file fails", () => {
    const made = replayHistory(full, hasher, null).entries.flatMap(({ findings }) =>
      findings.map(({ check }) => check),
    );
    const failed = new Set(hallLies.map(({ complaint }) => /(hall|stored)\.[a-z]+/i.exec(complaint)?.[0]));
    expect([...new Set(made)].filter((check) => check.startsWith("hall.") && !failed.has(check))).to.deep.equal([]);
  });
});
