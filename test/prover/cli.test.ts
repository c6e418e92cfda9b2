import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readKeystore } from "../../prover/oracle/keystore.ts";
import { startAggregator } from "../../prover/oracle/startAggregator.ts";
import { domainOf } from "../../verifier/model/domain.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { PROFILES } from "../../verifier/model/profile.ts";

const MAIN = join(import.meta.dirname, "../../prover/cli/main.ts");
const SIGNER_KEY = `0x${"5e".repeat(32)}`;
const GUARD = `0x${"11".repeat(20)}`;

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const cli = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...environment };
    const child = execFile(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", MAIN, ...args],
      { env },
      (_error, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
  });

describe("prover/cli/main.ts", function () {
  this.timeout(600_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "homeostat-cli-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("makes a key of which it shows the public half only", async () => {
    const path = join(folder, "key.json");
    const run = await cli(["keygen", "--out", path, "--json"]);
    expect(run).to.include({ status: 0, stderr: "" });
    const { x, y } = (await readKeystore(path)).publicKey;
    expect(JSON.parse(run.stdout)).to.deep.equal({ path, x: String(x), y: String(y) });
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    const { seed } = JSON.parse(readFileSync(path, "utf8")) as { seed: string };
    expect(run.stdout).to.not.include(seed);
    expect(await cli(["keygen", "--out", path])).to.include({ status: 1, stdout: "" });
  });

  describe("when it is used wrongly", () => {
    for (const { title, args, says } of [
      { title: "an unknown command", args: ["prove"], says: "unknown command" },
      { title: "an unknown flag", args: ["run", "--guards", GUARD], says: "Did you mean --guard" },
      {
        title: "no setting at all",
        args: ["run"],
        says: "--rpc or HOMEOSTAT_RPC: is needed\n--guard or HOMEOSTAT_GUARD: is needed",
      },
      {
        title: "an address that is none",
        args: ["run", "--rpc", "http://127.0.0.1:1", "--guard", "0x12"],
        says: "must be an address",
      },
      {
        title: "a URL of another kind",
        args: ["run", "--rpc", "ws://127.0.0.1:1", "--guard", GUARD],
        says: "must be an http or https URL",
      },
      { title: "a number that is none", args: ["run", "--poll-ms", "soon"], says: "--poll-ms or HOMEOSTAT_POLL_MS" },
      {
        title: "a profile that does not exist",
        args: ["run", "--profile", "huge"],
        says: "--profile or HOMEOSTAT_PROFILE",
      },
      {
        title: "a prover that does not exist",
        args: ["run", "--backend", "gpu"],
        says: "--backend or HOMEOSTAT_BACKEND",
      },
      {
        title: "a configuration file that is missing",
        args: ["run", "--config", "missing.json"],
        says: "missing.json",
      },
    ]) {
      it(`says what is wrong with ${title}, and ends with 2`, async () => {
        const run = await cli(args);
        expect(run).to.include({ status: 2, stdout: "" });
        expect(run.stderr).to.include(says);
      });
    }

    it("refuses a setting in the file that does not exist", async () => {
      const path = join(folder, "config.json");
      writeFileSync(path, JSON.stringify({ guard: GUARD, pollms: 5 }));
      const run = await cli(["run", "--config", path, "--rpc", "http://127.0.0.1:1"]);
      expect(run.status).to.equal(2);
      expect(run.stderr).to.include("no setting is called pollms");
    });

    it("refuses a signer key file that others may read, and one that is malformed, without showing it", async () => {
      const path = join(folder, "signer");
      writeFileSync(path, SIGNER_KEY, { mode: 0o644 });
      const args = [
        "run",
        "--rpc",
        "http://127.0.0.1:1",
        "--guard",
        GUARD,
        "--profile",
        "dev",
        "--signer-key-file",
        path,
      ];
      const open = await cli(args);
      expect(open.status).to.equal(2);
      expect(open.stderr).to.include("chmod 600");
      const malformed = await cli(args.slice(0, -2), { HOMEOSTAT_SIGNER_KEY: SIGNER_KEY.slice(0, -1) });
      expect(malformed.status).to.equal(2);
      expect(open.stderr + malformed.stderr).to.not.include(SIGNER_KEY.slice(2, 40));
    });
  });

  describe("with a node that is no guard's", () => {
    let server: Server;
    let rpc: string;
    before(async () => {
      server = createServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += String(chunk);
        const { id, method } = JSON.parse(body) as { id: number; method: string };
        const result =
          method === "eth_chainId" ? { result: "0x7a69" } : { error: { code: -32601, message: "not here" } };
        response.end(JSON.stringify({ jsonrpc: "2.0", id, ...result }));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      rpc = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => new Promise((resolve) => server.close(resolve)));
    const settings = () => ({
      HOMEOSTAT_RPC: rpc,
      HOMEOSTAT_GUARD: GUARD,
      HOMEOSTAT_PROFILE: "dev",
      HOMEOSTAT_SIGNER_KEY: SIGNER_KEY,
    });

    it("fails with 1, takes its settings from the environment, and never shows the key", async () => {
      const run = await cli(["run", "--store", join(folder, "run.sqlite")], settings());
      expect(run.status).to.equal(1);
      expect(run.stderr).to.match(/^RPC_REFUSED: eth_call: not here/m);
      expect(run.stdout + run.stderr).to.not.include(SIGNER_KEY.slice(2));
    });

    it("names each unhealthy thing as JSON", async () => {
      const run = await cli(
        ["doctor", "--json", "--backend", "snarkjs", "--store", join(folder, "none.sqlite")],
        settings(),
      );
      expect(run.status).to.equal(1);
      const lines = run.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { check: string; health: string });
      expect(lines.map(({ check }) => check)).to.deep.equal([
        "node",
        "backend",
        "circuits",
        "tables",
        "key",
        "guard",
        "state",
        "account",
        "store",
      ]);
      expect(lines.find(({ check }) => check === "guard")?.health).to.equal("failed");
      const forced = { health: "ok", name: "snarkjs", level: null, reason: "asked for" };
      expect(lines.find(({ check }) => check === "backend")).to.include(forced);
      expect(lines.find(({ check }) => check === "tables")).to.include({
        health: "ok",
        text: "none asked for (--tables-mb)",
      });
      expect(run.stdout + run.stderr).to.not.include(SIGNER_KEY.slice(2));
    });
  });

  describe("reporter", () => {
    it("sends the rows of a file, says what became of them, and ends by itself", async () => {
      await createHasher();
      const keyPath = join(folder, "reporter.json");
      await cli(["keygen", "--out", keyPath]);
      const { publicKey } = await readKeystore(keyPath);
      const outlook = {
        domain: domainOf(31337n, GUARD),
        profile: PROFILES.dev,
        reporterKeys: [publicKey],
        round: 0n,
        timestampSec: 10n,
        chainTimeSec: 20n,
      };
      const rounds = { roundContext: () => outlook, submitRound: async () => ({ round: 1n, transactionHash: null }) };
      const aggregator = await startAggregator({ rounds });
      const csv = join(folder, "prices.csv");
      writeFileSync(csv, "timestampSec,price0,price1,fundingRate0,fundingRate1\n9,5,6,0,0\n15,5,,-1,0\n");
      const args = ["--guard", GUARD, "--profile", "dev", "--chain-id", "31337", "--slot", "0", "--interval-ms", "1"];
      const run = await cli([
        "reporter",
        ...args,
        "--key",
        keyPath,
        "--csv",
        csv,
        "--aggregator",
        `${aggregator.url}/`,
      ]);
      expect(run).to.include({ status: 0, stderr: "" });
      expect(run.stdout).to.match(/^refused OLD_TIMESTAMP .*\naccepted\n$/);
      expect(aggregator.reports()).to.have.length(1);
      await aggregator.stop();
    });
  });

  it("stops on SIGTERM with 0", async () => {
    const silent = createServer(() => undefined); // takes calls and never answers
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const csv = join(folder, "long.csv");
    writeFileSync(csv, "timestampSec,price0,price1,fundingRate0,fundingRate1\n9,5,6,0,0\n15,5,,-1,0\n");
    const key = join(folder, "stopped.json");
    await cli(["keygen", "--out", key]);
    const args = ["--guard", GUARD, "--profile", "dev", "--chain-id", "1", "--slot", "0", "--key", key, "--csv", csv];
    const child = spawn(process.execPath, [MAIN, "reporter", ...args, "--aggregator", url], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await new Promise<void>((resolve) => silent.once("request", () => resolve()));
    child.kill("SIGTERM");
    expect(await ended).to.equal(0);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});
