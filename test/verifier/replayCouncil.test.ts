import { expect } from "chai";
import { type Interface, ZeroHash } from "ethers";
import { GUARD_ABI } from "../../verifier/chain/abi.ts";
import { COUNCIL, TIMELOCK } from "../../verifier/chain/interfaces.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import type { History } from "../../verifier/replay/history.ts";
import { readHistory } from "../../verifier/replay/readHistory.ts";
import { replayHistory } from "../../verifier/replay/replayHistory.ts";
import { createRpc } from "../../verifier/replay/rpc.ts";
import { complaintsOf } from "./helpers/complaints.ts";
import { CouncilStory, councilHistory, HOUR_SEC, NEVER } from "./helpers/councilStory.ts";
import { edit } from "./helpers/edit.ts";
import { faulty, rewritten } from "./helpers/faultyRpc.ts";
import { chain, connection, LocalGuard } from "./helpers/localGuard.ts";
import { trapdoorProver } from "./helpers/prover.ts";
import { liftLies } from "./lies/liftLies.ts";
import { tightenLies } from "./lies/tightenLies.ts";

const councilLies = [...tightenLies, ...liftLies];

describe("replayHistory over a council's words", () => {
  let hasher: Hasher;
  let honest: History;
  before(async () => {
    hasher = await createHasher();
    honest = await councilHistory(hasher);
  });
  const complaints = (history: History) => complaintsOf(replayHistory(history, hasher, null));

  it("finds that they hold when members signed them and the timelock lifted them", () => {
    expect(complaints(honest)).to.deep.equal([]);
    const words = honest.records.flatMap((r) => (r.kind === "council" ? [`${r.event.name} ${r.event.market}`] : []));
    expect(words).to.deep.equal(["tightened 0", "tightened 0", "tightened 1", "lifted 0", "lifted 1"]);
    expect(replayHistory(honest, hasher, null).counts.incidents).to.equal(3);
  });

  for (const { title, change, complaint } of councilLies) {
    it(`finds ${title}`, () => {
      const report = replayHistory(change(honest, hasher), hasher, null);
      expect(complaintsOf(report)).to.include(complaint);
      expect(report.status).to.equal("violated");
    });
  }

  it("holds rest, end and deadline to the second", () => {
    const words = honest.records.filter((record) => record.kind === "council");
    const [first = 0n, second = 0n] = words.map(({ place }) => place.blockTime);
    const at = (n: number, blockTime: bigint) =>
      complaints(edit(honest, "council", n, (record) => ({ ...record, place: { ...record.place, blockTime } })));
    const rest = "council: tightened market 0: council.rest: a restriction is followed by as long a rest";
    expect(at(1, first + 2n * HOUR_SEC)).to.not.include(rest);
    expect(at(1, first + 2n * HOUR_SEC - 1n)).to.include(rest);
    const lasts = "council: lifted market 0: council.lasts: only a restriction that lasts is lifted";
    expect(at(3, second + 24n * HOUR_SEC - 1n)).to.not.include(lasts);
    expect(at(3, second + 24n * HOUR_SEC)).to.include(lasts);
    const deadline = "council: tightened market 0: council.consents: a message is used until its deadline";
    expect(at(0, NEVER)).to.not.include(deadline);
    expect(at(0, NEVER + 1n)).to.include(deadline);
  });

  it("makes no check of the council that no lie fails", () => {
    const made = replayHistory(honest, hasher, null).entries.flatMap(({ findings }) =>
      findings.map(({ check }) => check),
    );
    const failed = new Set(councilLies.map(({ complaint }) => /(council|stored)\.[a-z]+/i.exec(complaint)?.[0]));
    expect([...new Set(made)].filter((check) => check.startsWith("council.") && !failed.has(check))).to.deep.equal([]);
  });

  it("takes the word of a member that is a contract, and cannot check a refusal", async () => {
    const story = await CouncilStory.begin(hasher, true);
    await story.tighten(1n, 1n, HOUR_SEC, 3n);
    const history = await story.read();
    expect(complaints(history)).to.deep.equal([]);
    const refused = edit(history, "council", 0, (record) => {
      if (!("sent" in record.decision) || record.decision.sent instanceof Error) return record;
      const consents = record.decision.sent.consents.map((one) =>
        one.byContract === "none" ? one : ({ ...one, byContract: "refuses" } as const),
      );
      return { ...record, decision: { ...record.decision, sent: { ...record.decision.sent, consents } } };
    });
    expect(complaints(refused)[0]).to.match(/council.consents: the contract 0x[0-9a-f]{40} does not accept/);
  });

  it("cannot check consents that another contract sent, and goes on", async () => {
    const story = await CouncilStory.begin(hasher);
    await story.tightenThroughForwarder(0n, 2n, HOUR_SEC, 7n);
    const report = replayHistory(await story.read(), hasher, null);
    expect(complaintsOf(report)).to.have.length(1);
    expect(complaintsOf(report)[0]).to.match(/council.consents: transaction 0x.* does not call the council directly$/);
    expect(report.status).to.equal("unknown");
  });

  it("cannot check who decided where the council is no SecurityCouncil", async () => {
    const [, council, timelock] = await connection.ethers.getSigners();
    if (council === undefined || timelock === undefined) throw new RangeError("two accounts are needed");
    const bound = { council: council.address, timelock: timelock.address };
    const guard = await LocalGuard.deploy(hasher, "trapdoor", trapdoorProver, { council: bound });
    await guard.send(0, guard.at.guard, GUARD_ABI, "tighten", 0n, 2n, HOUR_SEC, 7n);
    const history = await readHistory(createRpc(chain), guard.at.guard, { fromBlock: guard.at.genesisBlock });
    expect(complaints(history)).to.have.length(1);
    expect(complaints(history)[0]).to.match(/council.decision: 0x.* does not answer as a SecurityCouncil/);
  });

  it("finds other calls and another proposal in what the chain says of a lift", async () => {
    const read = async (abi: Interface, name: string, change: (args: unknown[]) => unknown[]) => {
      const topic = abi.getEvent(name)?.topicHash;
      const lying = rewritten(chain, (log) => {
        const parsed = log.topics[0] === topic ? abi.parseLog(log) : null;
        return parsed === null ? log : { ...log, ...abi.encodeEventLog(name, change([...parsed.args])) };
      });
      const from = { fromBlock: honest.genesis.place.block };
      return complaints(await readHistory(createRpc(lying), honest.guard, from));
    };
    const decided =
      "council: lifted market 0: council.decision: the guard does what the council decided, once, element";
    const longer = ([id, index, target, , data]: unknown[]) => [id, index, target, 0n, `${data}00`];
    expect(await read(TIMELOCK, "CallExecuted", longer)).to.include(`${decided} 1`);
    const ofOther = ([, market, operation, readyAt]: unknown[]) => [1n, market, operation, readyAt];
    expect(await read(COUNCIL, "LiftProposed", ofOther)).to.include(`${decided} 2`);
    const elsewhere = ([id, market, , readyAt]: unknown[]) => [id, market, ZeroHash, readyAt];
    expect(await read(COUNCIL, "LiftProposed", elsewhere)).to.include(
      "council: lifted market 0: council.decision: the council decides what the guard does in its name",
    );
  });

  it("cannot check the guard's words where the endpoint does not show storage", async () => {
    const mute = faulty(chain, "eth_getStorageAt", () => null);
    const from = { fromBlock: honest.genesis.place.block };
    const history = await readHistory(createRpc(mute), honest.guard, from);
    expect(complaints(history)).to.deep.equal(["head: stored.council: the endpoint does not show the guard's storage"]);
  });
});
