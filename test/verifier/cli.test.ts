import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createHasher } from "../../verifier/model/hasher.ts";
import { httpProvider } from "../../verifier/replay/httpProvider.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";
import { type RpcServer, startRpcServer } from "./helpers/rpcServer.ts";
import { KEYS } from "./helpers/syntheticHistory.ts";
import { toKeyJson } from "./helpers/trapdoorVerifier.ts";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a process of its own; it ends by itself. */
function run(...parameters: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["verifier/cli/verify.ts", ...parameters],
      { env, timeout: 60_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code);
        resolve({ code, stdout, stderr });
      },
    );
  });
}

describe("the verify command", () => {
  const folder = mkdtempSync(join(tmpdir(), "homeostat-verify-"));
  const roundKey = join(folder, "round.json");
  const batchKey = join(folder, "batch.json");
  let server: RpcServer;
  let honest: LocalGuard;
  let lying: LocalGuard;
  before(async () => {
    writeFileSync(roundKey, JSON.stringify(toKeyJson(KEYS.OracleRound.key)));
    writeFileSync(batchKey, JSON.stringify(toKeyJson(KEYS.MarginBatch.key)));
    const hasher = await createHasher();
    honest = await LocalGuard.deploy(hasher);
    await honest.live();
    lying = await LocalGuard.deploy(hasher);
    await lying.deposit(0, 1_000n);
    await lying.settle(1, { box: 7n });
    server = await startRpcServer(chain);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const verify = (guard: string, ...more: readonly string[]) =>
    run("--rpc", server.url, "--guard", guard, "--round-key", roundKey, "--batch-key", batchKey, ...more);

  it("prints one line per block and exits with 0 when everything holds", async () => {
    const { code, stdout } = await verify(honest.at.guard);
    const lines = stdout.trim().split("\n");
    expect(code).to.equal(0);
    expect(
      lines.filter((line) => / (round|batch|payment|genesis|head)/.test(line) && line.startsWith("block")),
    ).to.have.length(7);
    expect(lines.filter((line) => line.startsWith("block")).every((line) => line.includes(" ok "))).to.equal(true);
    expect(lines.at(-1)).to.equal("HOLDS");
  });

  it("lists operations too when asked", async () => {
    const { stdout } = await verify(honest.at.guard, "--verbose");
    expect(stdout.match(/operation \d+ +ok/g)).to.have.length(5);
  });

  it("says what is violated, claimed and derived, and exits with 1", async () => {
    const { code, stdout } = await verify(lying.at.guard);
    expect(code).to.equal(1);
    expect(stdout).to.match(/batch of operations 0 to 0 +VIOLATED/);
    expect(stdout).to.include(
      "batch.box: the box holds the tightest bound of every market and side\n        claimed 7\n        derived 0",
    );
    expect(stdout.trim().split("\n").at(-1)).to.equal("VIOLATED");
  });

  it("prints the verdict as it is with --json", async () => {
    const good = await verify(honest.at.guard, "--json");
    expect(JSON.parse(good.stdout)).to.deep.include({
      status: "holds",
      guard: honest.at.guard.toLowerCase(),
      profile: "dev",
    });
    const bad = await verify(lying.at.guard, "--json");
    const { entries } = JSON.parse(bad.stdout) as { entries: { findings: { check: string; verdict: unknown }[] }[] };
    const box = entries.flatMap(({ findings }) => findings).find(({ check }) => check === "batch.box");
    expect(box?.verdict).to.deep.include({ status: "violated", claimed: "7", derived: "0" });
    expect(bad.code).to.equal(1);
  });

  it("looks no further than the block that is given", async () => {
    const { code, stdout } = await verify(lying.at.guard, "--block", String(lying.at.genesisBlock));
    expect(stdout).to.include("0 rounds, 0 batches");
    expect(code).to.equal(0);
  });

  it("exits with 2 when the endpoint does not answer", async () => {
    const { code, stdout } = await run("--rpc", "http://127.0.0.1:1", "--guard", honest.at.guard);
    expect(code).to.equal(2);
    expect(stdout).to.include("chain.read: could not check: eth_chainId failed: no answer");
    expect(stdout.trim().split("\n").at(-1)).to.equal("COULD NOT CHECK");
  });

  const unusable: readonly { title: string; parameters: (guard: string) => readonly string[]; message: string }[] = [
    {
      title: "no guard",
      parameters: () => ["--rpc", "http://127.0.0.1:1"],
      message: "required option '--guard <address>' not specified",
    },
    {
      title: "no address",
      parameters: () => ["--rpc", "http://127.0.0.1:1", "--guard", "0x12"],
      message: "an address has 40 hex digits after 0x",
    },
    {
      title: "one key of two",
      parameters: (g) => ["--rpc", "http://127.0.0.1:1", "--guard", g, "--round-key", roundKey],
      message: "--round-key and --batch-key go together",
    },
    {
      title: "an unknown option",
      parameters: (g) => ["--rpc", "http://127.0.0.1:1", "--guard", g, "--force"],
      message: "unknown option '--force'",
    },
    {
      title: "a block that is no number",
      parameters: (g) => ["--rpc", "http://127.0.0.1:1", "--guard", g, "--block", "latest"],
      message: "a block number is a whole number",
    },
  ];
  for (const { title, parameters, message } of unusable) {
    it(`exits with 2 and one line for ${title}`, async () => {
      const { code, stderr } = await run(...parameters(honest.at.guard));
      expect(code).to.equal(2);
      expect(stderr).to.include(message);
      expect(stderr.trim().split("\n")).to.have.length(1);
    });
  }

  it("exits with 2 when a key file is absent or forgeable", async () => {
    const missing = await run(
      "--rpc",
      server.url,
      "--guard",
      honest.at.guard,
      "--round-key",
      join(folder, "none"),
      "--batch-key",
      batchKey,
    );
    expect(missing.code).to.equal(2);
    const weak = toKeyJson(KEYS.OracleRound.key);
    const path = join(folder, "weak.json");
    writeFileSync(path, JSON.stringify({ ...weak, vk_delta_2: weak.vk_gamma_2 }));
    const forgeable = await run(
      "--rpc",
      server.url,
      "--guard",
      honest.at.guard,
      "--round-key",
      path,
      "--batch-key",
      batchKey,
    );
    expect(forgeable.code).to.equal(2);
    expect(forgeable.stdout).to.include("phase 2 was skipped: proofs can be forged");
  });

  it("exits with 1 when the contract holds another key than the auditor", async () => {
    const { code, stdout } = await run(
      "--rpc",
      server.url,
      "--guard",
      honest.at.guard,
      "--round-key",
      batchKey,
      "--batch-key",
      batchKey,
    );
    expect(code).to.equal(1);
    expect(stdout).to.include("key.OracleRound: the contract names the key that the circuit's build gives");
  });

  it("explains itself and exits with 0 for --help", async () => {
    const { code, stdout } = await run("--help");
    expect(code).to.equal(0);
    expect(stdout).to.include("Example:");
  });
});

describe("httpProvider", () => {
  let server: Server;
  let body = "";
  let status = 200;
  before(async () => {
    server = createServer((_, response) => {
      response.statusCode = status;
      response.end(body);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const failure = (answer: string, code = 200): Promise<string> => {
    body = answer;
    status = code;
    const { port } = server.address() as AddressInfo;
    return httpProvider(`http://127.0.0.1:${port}`)
      .send("eth_chainId", [])
      .then(String, (error: Error) => error.message);
  };

  const answers: readonly { title: string; answer: string; status?: number; outcome: string }[] = [
    { title: "a result", answer: '{"jsonrpc":"2.0","id":1,"result":"0x1"}', outcome: "0x1" },
    {
      title: "an error",
      answer: '{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"limit exceeded"}}',
      outcome: "limit exceeded (-32005)",
    },
    {
      title: "an answer to another request",
      answer: '{"jsonrpc":"2.0","id":2,"result":"0x1"}',
      outcome: "the answer is to another request",
    },
    { title: "half an answer", answer: '{"jsonrpc":"2.0","id":1,"res', outcome: "the answer is not JSON" },
    { title: "a page", answer: "<html>502</html>", status: 502, outcome: "HTTP status 502" },
    { title: "a list", answer: "[]", outcome: "the answer is not JSON-RPC" },
  ];
  for (const { title, answer, status: code, outcome } of answers) {
    it(`reads ${title}`, async () => {
      expect(await failure(answer, code)).to.equal(outcome);
    });
  }

  it("gives up after the time that it was given", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", resolve);
    });
    const { port } = silent.address() as AddressInfo;
    const answer = await httpProvider(`http://127.0.0.1:${port}`, 50)
      .send("eth_chainId", [])
      .then(String, (error: Error) => error.message);
    silent.closeAllConnections();
    silent.close();
    expect(answer).to.include("timeout");
  });
});
