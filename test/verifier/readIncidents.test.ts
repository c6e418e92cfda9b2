import { expect } from "chai";
import { ZeroHash } from "ethers";
import { GUARD } from "../../verifier/chain/interfaces.ts";
import { causeNumber, type IncidentCause } from "../../verifier/check/incidentCauses.ts";
import type { ParsedLog } from "../../verifier/replay/parsedLog.ts";
import { type Bringer, incidentsBy } from "../../verifier/replay/readIncidents.ts";

/** A log as the guard would emit it; where it stands does not matter here. */
function said(name: string, ...values: readonly unknown[]): ParsedLog {
  const { data, topics } = GUARD.encodeEventLog(name, values);
  const event = GUARD.parseLog({ data, topics });
  if (event === null) throw new RangeError(`the guard has no event ${name}`);
  const place = { blockNumber: 1, blockHash: ZeroHash, transactionHash: ZeroHash, logIndex: 0 };
  return { log: { address: `0x${"aa".repeat(20)}`, topics: [...topics], data, ...place }, event };
}

const began = (cause: IncidentCause) => said("IncidentDetected", causeNumber(cause), 0n, 5n, 7n);
const ended = (cause: IncidentCause) => said("IncidentRecovered", causeNumber(cause), 0n, 5n, 5n, 6n);
const word = (market: bigint) => said("Tightened", market, 2n, 9n, 7n);
const ROLLED_BACK = said("RolledBack", 6n, 3n, 5n, 1n, 0n, 0n);
const BATCH = said("BatchProven", 0n, 1n, 1n, 1n, 0n, 0n, 0n, 0n, 0n);
const ROUND = said("RoundProven", 1n, 5n, 1n);

describe("what brought an incident about", () => {
  const cases: readonly { readonly title: string; readonly logs: readonly ParsedLog[]; readonly by: Bringer }[] = [
    { title: "a note of the vault alone", logs: [began("vaultShort")], by: "itself" },
    { title: "the end of a note in a rollback", logs: [ended("vaultShort"), ROLLED_BACK], by: "proof" },
    { title: "a note made beside a rollback", logs: [ROLLED_BACK, began("vaultShort")], by: "itself" },
    { title: "the exit beside a rollback", logs: [ROLLED_BACK, began("exit")], by: "itself" },
    { title: "a breach in a rollback", logs: [began("breach"), ROLLED_BACK], by: "proof" },
    { title: "a breach in a batch", logs: [began("breach"), BATCH], by: "proof" },
    { title: "a breach in a round", logs: [began("breach"), ROUND], by: "proof" },
    { title: "what no batch brings, in a batch", logs: [began("exit"), BATCH], by: "proof" },
    { title: "a restriction", logs: [word(0n), began("council")], by: "council" },
    { title: "the end of a restriction", logs: [said("Lifted", 0n), ended("council")], by: "council" },
    { title: "a restriction beside a rollback", logs: [ROLLED_BACK, word(0n), began("council")], by: "council" },
    { title: "a restriction without a word", logs: [began("council")], by: "itself" },
    { title: "a restriction with a word on another market", logs: [word(1n), began("council")], by: "itself" },
  ];
  for (const { title, logs, by } of cases) {
    it(`is for ${title}: ${by}`, () => {
      const bringers = (["proof", "council", "itself"] as const).filter((one) => incidentsBy(one, logs).length > 0);
      expect(bringers).to.deep.equal([by]);
    });
  }
});
