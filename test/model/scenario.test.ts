import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { parseScenario } from "../../verifier/model/scenario/parse.ts";
import { runScenario } from "../../verifier/model/scenario/run.ts";
import { toJson, viewScenario } from "../../verifier/model/scenario/view.ts";
import { hasher } from "../helpers/model/instance.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const examplePath = path("../../verifier/model/example.json");
const exampleText = readFileSync(examplePath, "utf8");
const command = path("../../verifier/cli/model.ts");

describe("a scenario", () => {
  it("of the documentation prints what is committed beside it", () => {
    const parsed = parseScenario(exampleText);
    const printed = toJson(viewScenario(parsed, runScenario(parsed, hasher), hasher));
    expect(JSON.parse(printed)).to.deep.equal(
      JSON.parse(readFileSync(path("../fixtures/model/example.output.json"), "utf8")),
    );
  });

  it("shares a loss, and obeys the flag of the log", () => {
    const given = JSON.parse(exampleText) as { steps: unknown[] };
    given.steps = [
      { operations: [{ type: "deposit", account: "alice", amount: "20000000000" }] },
      {
        operations: [
          { type: "shareLoss", market: 0 },
          { type: "withdraw", account: "alice", amount: 1, restricted: true },
        ],
      },
    ];
    const { steps } = runScenario(parseScenario(JSON.stringify(given)), hasher);
    expect(steps.at(-1)).to.deep.equal({
      operations: [
        { type: "shareLoss", valid: false, kind: "malformed" }, // nobody has a position
        { type: "withdraw", valid: true },
      ],
    });
  });

  for (const { title, change, where } of [
    {
      title: "an amount that is no number",
      change: ['"amount": "80000000000"', '"amount": "x"'],
      where: "steps[0].operations[0].amount",
    },
    {
      title: "an unknown type",
      change: ['"type": "backstop"', '"type": "backstopp"'],
      where: "steps[14].operations[2].type",
    },
    { title: "an unknown key", change: ['"fee": "1000000"', '"feee": "1000000"'], where: "steps[2].operations[0]" },
    {
      title: "an unknown account",
      change: ['"account": "bob"', '"account": "bobby"'],
      where: "steps[0].operations[1].account",
    },
    {
      title: "an unknown reporter",
      change: ['"reporter": 3', '"reporter": 5'],
      where: "steps[3].round.reports[2].reporter",
    },
    {
      title: "parameters that do not fit",
      change: ['"penaltyRate": "5243"', '"penaltyRate": "99999"'],
      where: "parameters",
    },
    { title: "a negative price", change: ['"5995000"', '"-1"'], where: "steps[3].round.reports[2].prices[0]" },
    { title: "an unknown profile", change: ['"profile": "dev"', '"profile": "dex"'], where: "profile" },
    {
      title: "a round with too few reports",
      change: ['"timestamp": "1760000024"', '"timestamp": "1"'],
      where: "steps[3].round",
    },
    {
      title: "a size that does not fit",
      change: ['"size": "150000"', '"size": "1500000000000000"'],
      where: "steps[2].operations[0]",
    },
    { title: "one name twice", change: ['"name": "bob"', '"name": "alice"'], where: "accounts[1].name" },
    { title: "no JSON", change: ["{", "["], where: "" },
  ] as const) {
    it(`with ${title} names the place in the file`, () => {
      const [from, to] = change;
      expect(exampleText).to.include(from);
      const run = () => runScenario(parseScenario(exampleText.replace(from, to)), hasher);
      expect(run).to.throw().with.property("path", where);
    });
  }
});

describe("the command", () => {
  const replay = (...args: readonly string[]) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "homeostat-model-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prints the outcome of the example and exits with 0", () => {
    const { status, stdout, stderr } = replay("replay", examplePath);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(JSON.parse(stdout).steps[0].operations[0]).to.deep.equal({ type: "deposit", valid: true });
  });

  it("says in one line where a file is wrong and exits with 2", () => {
    const file = join(folder, "bad.json");
    writeFileSync(file, exampleText.replace('"market": 0', '"market": -1'));
    const { status, stdout, stderr } = replay("replay", file);
    expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
    expect(stderr.trim()).to.match(/^steps\[2\]\.operations\[0\]\.market: [^\n]+$/);
  });

  it("exits with 2 when there is no file", () => {
    const { status, stderr } = replay("replay", join(folder, "none.json"));
    expect({ status, stderr }).to.deep.equal({ status: 2, stderr: "the file: cannot be read: ENOENT\n" });
  });
});
