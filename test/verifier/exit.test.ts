import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { encryptKeystoreJsonSync, Interface, Wallet } from "ethers";
import { TOKEN_ABI } from "../../verifier/chain/abi.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";
import { type RpcServer, startRpcServer } from "./helpers/rpcServer.ts";

const PASSWORD = "one password for one test";
const WEEK_SEC = 604_800; // scripts/deploy/defaults.ts exitDelaySec, exitBlocks, exitShareSec
const WEEK_BLOCKS = 25_200;
const DAY_SEC = 86_400;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a process of its own, with nothing but an endpoint, an address and a key that pays gas. */
function run(...parameters: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: "1", HOMEOSTAT_KEYSTORE_PASSWORD: PASSWORD };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["verifier/cli/exit.ts", ...parameters],
      { env, timeout: 120_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

const wait = async (seconds: number, blocks = 1) => {
  await chain.send("hardhat_mine", [`0x${blocks.toString(16)}`]);
  await chain.send("evm_increaseTime", [seconds]);
  await chain.send("hardhat_mine", ["0x1"]);
};

interface Due {
  readonly owner: string;
}
/** The parts of the printed JSON that are looked at. */
interface Printed {
  readonly view: {
    readonly phase: string;
    readonly backed: string;
    readonly owed: string;
    readonly calls: readonly { readonly what: string }[];
    readonly dues: {
      readonly accounts: readonly (Due & { readonly value: string; readonly done: boolean })[];
      readonly deposits: readonly (Due & { readonly amount: string })[];
      readonly claims: readonly (Due & { readonly amount: string })[];
      readonly insurance: string;
    };
  };
  readonly sent: readonly { readonly what: string; readonly refused: string | null }[] | null;
}

describe("the exit command", () => {
  const folder = mkdtempSync(join(tmpdir(), "homeostat-exit-"));
  const keystore = join(folder, "key.json");
  const payer = new Wallet(`0x${"5e".repeat(32)}`);
  let server: RpcServer;
  let guard: LocalGuard;

  before(async () => {
    writeFileSync(keystore, encryptKeystoreJsonSync(payer, PASSWORD, { scrypt: { N: 1024 } }));
    await chain.send("hardhat_setBalance", [payer.address, "0xde0b6b3a7640000"]);
    guard = await LocalGuard.deploy(await createHasher(), "accepting");
    await guard.live(); // its last operation is a deposit that nobody settles
    await guard.withdraw(0, 7_000n, 3n);
    await guard.settle(1);
    await guard.settle(1);
    await guard.deposit(1, 345n);
    server = await startRpcServer(chain);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const exit = (...more: readonly string[]) => run("--rpc", server.url, "--guard", guard.at.guard, ...more);
  const send = (...more: readonly string[]) => exit("--json", ...more, "--send", "--keystore", keystore);
  const printed = ({ stdout, stderr }: Outcome): Printed => {
    expect(stderr).to.equal("");
    const parsed = JSON.parse(stdout) as Printed["view"] & Pick<Printed, "sent">; // what the command prints
    return { view: parsed, sent: parsed.sent };
  };
  const token = new Interface(TOKEN_ABI);
  const balance = async (owner: string): Promise<bigint> => {
    const data = token.encodeFunctionData("balanceOf", [owner]);
    return BigInt(String(await chain.send("eth_call", [{ to: guard.at.token, data }, "latest"])));
  };
  /** What each owner is owed in all. */
  const owedByOwner = ({ view: { dues } }: Printed): Map<string, bigint> => {
    const sums = new Map<string, bigint>();
    const add = (owner: string, amount: string) => sums.set(owner, (sums.get(owner) ?? 0n) + BigInt(amount));
    for (const { owner, value } of dues.accounts) add(owner, value);
    for (const { owner, amount } of [...dues.deposits, ...dues.claims]) add(owner, amount);
    return sums;
  };

  it("shows what everyone is owed while the guard runs, and the calldata that would pay it", async () => {
    const outcome = await exit("--json");
    const { view, sent } = printed(outcome);
    expect([outcome.code, view.phase, sent]).to.deep.equal([0, "running", null]);
    expect(view.dues.accounts).to.have.length(2);
    expect(view.dues.deposits.map(({ amount }) => amount)).to.deep.equal(["345"]);
    expect(view.dues.claims.map(({ amount }) => amount)).to.deep.equal(["7000"]);
    const owed = [...owedByOwner({ view, sent }).values()].reduce((sum, value) => sum + value, 0n);
    expect(owed + BigInt(view.dues.insurance), "all that the vault holds").to.equal(await balance(guard.at.engine));
    expect(view.calls.map(({ what }) => what)).to.deep.equal([
      "open the hall",
      "pay account 1",
      "pay account 2",
      "return deposit 6",
      "pay claim 1",
    ]);
  });

  it("prints the same for people, for one account", async () => {
    const { code, stdout } = await exit("--account", "2");
    expect(code).to.equal(0);
    expect(stdout).to.match(/account 2 of 0x[0-9a-f]{40}: \d+/);
    expect(stdout).to.match(/unproven deposit 6 of/);
    expect(stdout).to.not.match(/account 1 of/);
    expect(stdout).to.match(/data 0x[0-9a-f]+/);
  });

  it("says 1 for an account that is owed nothing", async () => {
    expect((await exit("--account", "77")).code).to.equal(1);
  });

  it("says 1 when the guard does not halt, and sends nothing", async () => {
    const outcome = await send("--enter");
    const [call] = printed(outcome).sent ?? [];
    expect([outcome.code, call?.refused]).to.deep.equal([1, "NothingToNote()"]);
  });

  it("leads everyone out when prover, reporters and engine are gone: 100 % to everyone", async () => {
    await wait(2 * 3_600); // the last sign of anybody
    expect((await send("--enter")).code, "the halt is noted").to.equal(0);
    expect((await send("--enter")).code, "it is too early").to.equal(1);
    await wait(WEEK_SEC, WEEK_BLOCKS);

    const before = await exit("--json");
    expect(printed(before).view.phase).to.equal("exitable");
    const owed = owedByOwner(printed(before));
    const start = new Map<string, bigint>();
    for (const owner of owed.keys()) start.set(owner, await balance(owner));

    const entered = await send("--enter", "--register");
    expect(printed(entered).sent?.map(({ what, refused }) => [what, refused])).to.deep.equal([
      ["enter Exit", null],
      ["show the insurance account", null],
      ["show deposit 6 of 345", null],
    ]);
    const early = await send();
    expect(early.code, "the hall is not open").to.equal(1);
    expect(printed(early).sent?.[0]?.refused).to.match(/^TooEarly/);

    await wait(DAY_SEC);
    const paid = await send();
    const { view, sent } = printed(paid);
    expect(sent?.filter(({ refused }) => refused !== null)).to.deep.equal([]);
    expect([paid.code, view.phase]).to.deep.equal([0, "openable"]);
    for (const [owner, amount] of owed) {
      expect((await balance(owner)) - (start.get(owner) ?? 0n), owner).to.equal(amount);
    }
    expect(await balance(guard.at.engine), "what is left is the insurance").to.equal(BigInt(view.dues.insurance));
  });

  it("has nothing more to do afterwards, and says so", async () => {
    const outcome = await send();
    const { view, sent } = printed(outcome);
    expect([outcome.code, sent, view.phase]).to.deep.equal([0, [], "open"]);
    expect(view.backed).to.equal(view.owed);
    expect(view.dues.accounts.every(({ done }) => done)).to.equal(true);
  });

  for (const [title, given] of [
    ["another address", () => ["--rpc", server.url, "--guard", `0x${"11".repeat(20)}`]],
    ["an endpoint that does not answer", () => ["--rpc", "http://127.0.0.1:9", "--guard", guard.at.guard]],
    ["no keystore", () => ["--rpc", server.url, "--guard", guard.at.guard, "--send"]],
    ["a keystore that is none", () => ["--rpc", server.url, "--guard", guard.at.guard, "--send", "--keystore", "/"]],
    ["an address that is none", () => ["--rpc", server.url, "--guard", "0x12"]],
    ["no guard", () => ["--rpc", server.url]],
  ] as const) {
    it(`says 2 for ${title}`, async () => {
      const { code, stderr } = await run(...given());
      expect(code).to.equal(2);
      expect(stderr).to.not.equal("");
    });
  }
});
