import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { csvSource, PriceFileError } from "../../prover/oracle/csvSource.ts";
import { KeystoreError, newSeed, readKeystore, writeKeystore } from "../../prover/oracle/keystore.ts";
import type { Observation } from "../../prover/oracle/priceSource.ts";
import { type AggregatorHandle, startAggregator } from "../../prover/oracle/startAggregator.ts";
import { type ReporterHandle, startReporter } from "../../prover/oracle/startReporter.ts";
import type { RoundGateway } from "../../prover/service/handle.ts";
import { deriveKey } from "../../verifier/model/eddsa.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { type Report, signReport } from "../../verifier/model/report.ts";

const profile = PROFILES.dev;
const domain = 4242n;
const keys = [1, 2, 3].map((slot) => deriveKey(new Uint8Array(32).fill(slot)));
/** The fourth slot of the profile is empty. */
const reporterKeys = [...keys.map((key) => key.publicKey), { x: 0n, y: 0n }];
const seen: Observation = { timestampSec: 1_050n, prices: [100n, 0n], fundingRates: [-3n, 4n] };
const report: Report = { timestamp: 1_050n, prices: [100n, 0n], fundingRates: [-3n, 4n] };

describe("startAggregator", function () {
  this.timeout(600_000);
  let hasher: Hasher;
  let aggregator: AggregatorHandle;
  let submitted: (readonly bigint[])[];
  let outlook: ReturnType<RoundGateway["roundContext"]>;

  const rounds: RoundGateway = {
    roundContext: () => outlook,
    async submitRound(words) {
      submitted.push(words);
      outlook = { ...outlook, round: outlook.round + 1n, timestampSec: 1_050n };
      return { round: outlook.round, transactionHash: "0xab" };
    },
  };
  const post = async (body: unknown, path = "/v1/reports", headers: Record<string, string> = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const init = { method: "POST", body: text, headers: { "content-type": "application/json", ...headers } };
    const answer = await fetch(aggregator.url + path, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const signed = (slot: number, said: Report = report, underDomain = domain) => ({
    slot,
    words: signReport(hasher, keys[slot]!, underDomain, said).map(String),
  });

  before(async () => {
    hasher = await createHasher();
  });
  beforeEach(async () => {
    submitted = [];
    outlook = { domain, profile, reporterKeys, round: 7n, timestampSec: 1_000n, chainTimeSec: 1_040n };
    aggregator = await startAggregator({ rounds, triggerToken: "token", maxAheadSec: 30 });
  });
  afterEach(() => aggregator.stop());

  it("collects a good report and shows it", async () => {
    expect(await post(signed(1))).to.deep.equal({ status: 202, body: { accepted: true, timestampSec: "1050" } });
    const shown = await (await fetch(`${aggregator.url}/v1/reports`)).json();
    expect(shown).to.deep.equal([
      { ...signed(1), timestampSec: "1050", prices: ["100", "0"], fundingRates: ["-3", "4"] },
    ]);
    expect(await (await fetch(`${aggregator.url}/v1/status`)).json()).to.include({
      round: "7",
      collected: 1,
      quorum: false,
    });
  });

  for (const { title, status, code, make } of [
    {
      title: "of a slot beyond the reporter set",
      status: 404,
      code: "UNKNOWN_REPORTER",
      make: () => ({ ...signed(0), slot: 4 }),
    },
    { title: "of an empty slot", status: 404, code: "UNKNOWN_REPORTER", make: () => ({ ...signed(0), slot: 3 }) },
    {
      title: "of another reporter's slot",
      status: 401,
      code: "BAD_SIGNATURE",
      make: () => ({ ...signed(0), slot: 1 }),
    },
    { title: "signed for another guard", status: 401, code: "BAD_SIGNATURE", make: () => signed(0, report, 4243n) },
    {
      title: "whose price was changed",
      status: 401,
      code: "BAD_SIGNATURE",
      make: () => changed(0, (word) => word + (1n << 40n)),
    },
    {
      title: "as old as the last round",
      status: 409,
      code: "OLD_TIMESTAMP",
      make: () => signed(0, { ...report, timestamp: 1_000n }),
    },
    {
      title: "too far ahead of the chain",
      status: 409,
      code: "FUTURE_TIMESTAMP",
      make: () => signed(0, { ...report, timestamp: 1_071n }),
    },
    {
      title: "without any price",
      status: 422,
      code: "NO_PRICE",
      make: () => signed(0, { ...report, prices: [0n, 0n] }),
    },
    {
      title: "with bits above its last market",
      status: 422,
      code: "OUT_OF_RANGE",
      make: () => changed(0, (word) => word + (1n << 136n)),
    },
    {
      title: "with a word at the field's order",
      status: 422,
      code: "OUT_OF_RANGE",
      make: () => changed(3, () => FIELD),
    },
    {
      title: "with three words",
      status: 400,
      code: "MALFORMED",
      make: () => ({ slot: 0, words: signed(0).words.slice(1) }),
    },
    {
      title: "with a number for a word",
      status: 400,
      code: "MALFORMED",
      make: () => ({ slot: 0, words: [1, 2, 3, 4] }),
    },
    { title: "with an unknown member", status: 400, code: "MALFORMED", make: () => ({ ...signed(0), note: "" }) },
    {
      title: "that is longer than any report",
      status: 413,
      code: "FST_ERR_CTP_BODY_TOO_LARGE",
      make: () => "x".repeat(5_000),
    },
    { title: "that is not JSON", status: 400, code: "FST_ERR_CTP_INVALID_JSON_BODY", make: () => "{" },
  ]) {
    it(`refuses a report ${title}`, async () => {
      const answer = await post(make());
      expect({ status: answer.status, code: answer.body.code }).to.deep.equal({ status, code });
      expect(aggregator.reports()).to.deep.equal([]);
    });
  }
  function changed(index: number, change: (word: bigint) => bigint) {
    const { slot, words } = signed(0);
    return { slot, words: words.map((word, at) => (at === index ? String(change(BigInt(word))) : word)) };
  }

  it("accepts the last allowed second and replaces an older report by a newer one, never the other way round", async () => {
    expect((await post(signed(0, { ...report, timestamp: 1_060n }))).status).to.equal(202);
    expect((await post(signed(0, { ...report, timestamp: 1_070n }))).status).to.equal(202);
    for (const timestamp of [1_060n, 1_070n]) {
      expect((await post(signed(0, { ...report, timestamp }))).body.code).to.equal("DUPLICATE");
    }
    expect(aggregator.reports().map((kept) => kept.timestampSec)).to.deep.equal([1_070n]);
  });

  it("proves a round when it has a quorum, in the order of the slots, and forgets what it has used", async () => {
    for (const slot of [2, 0]) await post(signed(slot));
    const early = await aggregator.proveRound().catch((error: unknown) => error);
    expect(early).to.include({ code: "NO_QUORUM", collected: 2, needed: 3 });
    await post(signed(1));
    expect(await aggregator.proveRound()).to.deep.equal({ round: 8n, transactionHash: "0xab" });
    const expected = [0, 1, 2].flatMap((slot) => signed(slot).words.map(BigInt));
    expect(submitted).to.deep.equal([[...expected, 0n, 0n, 0n, 0n]]);
    expect(aggregator.reports()).to.deep.equal([]);
  });

  it("proves over HTTP for whoever knows the token, and for nobody else", async () => {
    for (const slot of [0, 1, 2]) await post(signed(slot));
    for (const authorization of ["", "Bearer other", "token"]) {
      expect((await post({}, "/v1/rounds", { authorization })).status).to.equal(403);
    }
    expect(submitted).to.have.length(0);
    expect(await post({}, "/v1/rounds", { authorization: "Bearer token" })).to.deep.equal({
      status: 200,
      body: { round: "8", transactionHash: "0xab" },
    });
  });

  it("proves by itself at its interval", async () => {
    await aggregator.stop();
    aggregator = await startAggregator({ rounds, intervalMs: 5 });
    const proven = new Promise((resolve) => aggregator.events.once("round", resolve));
    for (const slot of [0, 1, 2]) await post(signed(slot));
    expect(await proven).to.include({ round: 8n });
    expect(submitted).to.have.length(1);
  });

  describe("with a reporter", () => {
    const reporterOf = (source: () => Promise<Observation | null>, slot = 0): Promise<ReporterHandle> =>
      startReporter({ key: keys[0]!, slot, domain, profile, aggregatorUrl: aggregator.url, source });

    it("takes what the reporter has seen and signed", async () => {
      const reporter = await reporterOf(async () => seen);
      expect(await reporter.reportOnce()).to.deep.equal({ status: "accepted" });
      expect(aggregator.reports()[0]).to.deep.include({ slot: 0, timestampSec: 1_050n, prices: [100n, 0n] });
      expect(await reporter.reportOnce()).to.include({ status: "refused", code: "DUPLICATE" });
      await reporter.stop();
    });

    it("tells the reporter why, and a failure of its source is an outcome", async () => {
      const answers = [async () => null, async () => Promise.reject(new Error("the venue is down"))];
      const outcomes = [];
      for (const source of answers) outcomes.push(await (await reporterOf(source)).reportOnce());
      expect(outcomes[0]).to.deep.equal({ status: "skipped" });
      expect(outcomes[1]).to.include({ status: "failed", message: "the venue is down" });
      const stranger = await reporterOf(async () => seen, 1);
      expect(await stranger.reportOnce()).to.include({ status: "refused", code: "BAD_SIGNATURE" });
    });

    it("reports at its interval until it is stopped", async () => {
      let second = 1_041n;
      const source = async () => ({ ...seen, timestampSec: second++ });
      const reporter = await startReporter({
        key: keys[0]!,
        slot: 0,
        domain,
        profile,
        aggregatorUrl: aggregator.url,
        source,
        intervalMs: 1,
      });
      const outcomes: string[] = [];
      await new Promise<void>((resolve) => {
        reporter.events.on("report", ({ status }) => outcomes.push(status) === 3 && resolve());
      });
      await reporter.stop();
      expect(outcomes.slice(0, 3)).to.deep.equal(["accepted", "accepted", "accepted"]);
    });
  });
});

describe("files of an oracle", function () {
  this.timeout(600_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "homeostat-oracle-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps a key readable by its owner only, never overwrites one, and gives it back", async () => {
    const path = join(folder, "key.json");
    const seed = newSeed();
    const key = await writeKeystore(path, seed);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(await readKeystore(path)).to.deep.equal(key);
    const again = await writeKeystore(path, newSeed()).catch((error: unknown) => error);
    expect(again).to.be.instanceOf(KeystoreError);
    expect(String(again)).to.not.include(Buffer.from(seed).toString("hex"));
  });

  for (const { title, spoil } of [
    { title: "that others may read", spoil: (path: string) => chmodSync(path, 0o644) },
    { title: "of another public key", spoil: (path: string) => rewrite(path, '"x": "', '"x": "1') },
    { title: "without a format", spoil: (path: string) => rewrite(path, "homeostat-babyjubjub-1", "other") },
    { title: "that is not JSON", spoil: (path: string) => rewrite(path, "{", "") },
    { title: "that does not exist", spoil: (path: string) => rmSync(path) },
  ]) {
    it(`refuses a key file ${title}`, async () => {
      const path = join(folder, "key.json");
      await writeKeystore(path, new Uint8Array(32).fill(9));
      spoil(path);
      expect(await readKeystore(path).catch((error: unknown) => error)).to.be.instanceOf(KeystoreError);
    });
  }
  const rewrite = (path: string, what: string | RegExp, by: string): void =>
    writeFileSync(path, readFileSync(path, "utf8").replace(what, by), { mode: 0o600 });

  it("reads prices row by row, an empty price as none, and then nothing more", async () => {
    const path = join(folder, "prices.csv");
    writeFileSync(path, "timestampSec,price0,price1,fundingRate0,fundingRate1\n10,5,,-1,0\n\n20,6,7,0,0\n");
    const source = await csvSource(path, { markets: 2 });
    const { signal } = new AbortController();
    expect(await source(signal)).to.deep.equal({ timestampSec: 10n, prices: [5n, 0n], fundingRates: [-1n, 0n] });
    expect(await source(signal)).to.deep.equal({ timestampSec: 20n, prices: [6n, 7n], fundingRates: [0n, 0n] });
    expect(await source(signal)).to.equal(null);
  });

  for (const { title, text, line } of [
    { title: "another header", text: "time,price0\n", line: 1 },
    { title: "a missing cell", text: "timestampSec,price0,fundingRate0\n1,2\n", line: 2 },
    { title: "a fraction", text: "timestampSec,price0,fundingRate0\n1,2,0\n2,2.5,0\n", line: 3 },
    { title: "a negative price", text: "timestampSec,price0,fundingRate0\n1,-2,0\n", line: 2 },
    { title: "no time", text: "timestampSec,price0,fundingRate0\n,2,0\n", line: 2 },
  ]) {
    it(`names the line of a price file with ${title}`, async () => {
      const path = join(folder, "prices.csv");
      writeFileSync(path, text);
      const failure = await csvSource(path, { markets: 1 }).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(PriceFileError).and.have.property("line", line);
    });
  }
});
