import { expect } from "chai";
import { GUARD_ABI, TOKEN_ABI } from "../../verifier/chain/abi.ts";
import type { IncidentEvent, IncidentRecovered } from "../../verifier/check/incidentCauses.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { History, IncidentRecord } from "../../verifier/replay/history.ts";
import { readHistory } from "../../verifier/replay/readHistory.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import { createRpc } from "../../verifier/replay/rpc.ts";
import { complaintsOf } from "./helpers/complaints.ts";
import { edit, editStored } from "./helpers/edit.ts";
import { refilledVault } from "./helpers/histories.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";

const STRANGER = `0x${"57".repeat(20)}`;
const ETHER = "0xde0b6b3a7640000";
const recoveredAs = (event: IncidentEvent, change: Partial<IncidentRecovered>): IncidentEvent =>
  event.phase === "recovered" ? { ...event, ...change } : event;
const editEnd = (history: History, change: (record: IncidentRecord) => IncidentRecord) =>
  edit(history, "incident", 1, change);

/** Tokens leave the vault as only the token itself could let them. */
async function drain(guard: LocalGuard, amount: bigint): Promise<void> {
  const { engine, token } = guard.at;
  await chain.send("hardhat_impersonateAccount", [engine]);
  await chain.send("hardhat_setBalance", [engine, ETHER]);
  const data = guard.encode(TOKEN_ABI, "transfer", STRANGER, amount);
  await chain.send("eth_sendTransaction", [{ from: engine, to: token, data }]);
}

describe("notes of the vault", () => {
  let hasher: Hasher;
  let refilled: History;
  before(async () => {
    hasher = await createHasher();
    refilled = refilledVault(hasher).build();
  });
  const complaints = (history: History) => complaintsOf(replayHistory(history, hasher, null));

  it("hold when the vault was short at their beginning and full at their end", () => {
    expect(complaints(refilled)).to.deep.equal([]);
  });

  it("are held against what a real vault held at their logs", async () => {
    const guard = await LocalGuard.deploy(hasher);
    await guard.deposit(0, 60_000n);
    await guard.settle(1);
    await drain(guard, 1n);
    await guard.send(0, guard.at.guard, GUARD_ABI, "noteVault");
    await guard.send(0, guard.at.token, TOKEN_ABI, "mint", guard.at.engine, 1n);
    await guard.send(0, guard.at.guard, GUARD_ABI, "noteVault");
    await drain(guard, 1n);
    await guard.send(0, guard.at.guard, GUARD_ABI, "noteVault");
    const history = await readHistory(createRpc(chain), guard.at.guard, { fromBlock: guard.at.genesisBlock });
    const notes = history.records.filter((record) => record.kind === "incident");
    expect(notes.map(({ held }) => held)).to.deep.equal([59_999n, 60_000n, 59_999n]);
    expect(complaints(history)).to.deep.equal(["head: stored.vault: the vault covers liabilities and unpaid claims"]);
  });

  for (const { title, change, complaint } of [
    {
      title: "a beginning with a vault that was full",
      change: (h: History) => edit(h, "incident", 0, (r) => ({ ...r, held: 130_000n })),
      complaint:
        "incident: incident.vault: the vault is noted short when it holds less than liabilities and unpaid claims",
    },
    {
      title: "an end with a vault that was short by a unit",
      change: (h: History) => editEnd(h, (r) => ({ ...r, held: 129_999n })),
      complaint: "incident: incident.vault: the note ends when the vault holds liabilities and unpaid claims",
    },
    {
      title: "an end of what never began",
      change: (h: History) => edit(h, "incident", 0, () => null),
      complaint: "incident: incident.open: an incident ends that has begun",
    },
    {
      title: "an end that lies ahead",
      change: (h: History) =>
        editEnd(h, (r) => ({ ...r, event: recoveredAs(r.event, { recoveredAt: r.place.blockTime + 1n }) })),
      complaint: "incident: incident.recoveredAt: it ends in its block",
    },
    {
      title: "a beginning that the guard does not remember",
      change: (h: History) =>
        editStored(
          edit(h, "incident", 1, () => null),
          { vaultShortSince: 0n },
        ),
      complaint: "head: stored.vaultShortSince: the guard stores what the replay derives",
    },
  ]) {
    it(`do not hold with ${title}`, () => {
      const report = replayHistory(change(refilled), hasher, null);
      expect(complaintsOf(report)).to.include(complaint);
      expect(report.status).to.equal("violated");
    });
  }

  it("cannot be checked when nobody knows what the vault held", () => {
    const report = replayHistory(
      editEnd(refilled, (r) => ({ ...r, held: null })),
      hasher,
      null,
    );
    expect(complaintsOf(report)[0]).to.match(
      /incident.vault: the endpoint has no state of block \d+: what did the vault/,
    );
    expect(report.status).to.equal("unknown");
  });
});
