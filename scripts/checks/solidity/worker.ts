/** A process that runs the contract tests inside a sandbox, on request. Started by testProcess.ts. */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { GAS_TITLES } from "../coverage/excluded.ts";
import { Hits } from "./hits.ts";
import { type EndedTest, Suite } from "./suite.ts";
import type { WorkerReply, WorkerRequest } from "./workerProtocol.ts";

const TEST_TIMEOUT_MS = 600_000; // sequences of hundreds of calls on instrumented contracts; who asks bounds a whole run
const reply = (message: WorkerReply) => process.send?.(message);

const hits = new Hits();
Object.assign(globalThis, { contractHits: hits.current }); // the sandbox's configuration fills it

const [, , root = "."] = process.argv;
process.chdir(root);
const files = readdirSync(join("test", "contracts"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join("test", "contracts", name))
  .sort();
const suite = await Suite.load(files, TEST_TIMEOUT_MS);
hits.watch(suite.network);
const loadedFrom = process.cwd();
reply({ kind: "ready" });

process.on("message", async ({ titles, bail, balances = {} }: WorkerRequest) => {
  const seenBy: Record<string, readonly string[]> = {};
  const durationsMs: Record<string, number> = {};
  const fileOf: Record<string, string> = {};
  const onTestEnd = ({ title, file, durationMs }: EndedTest) => {
    seenBy[title] = [...new Set([...(seenBy[title] ?? []), ...hits.endTest(title)])];
    durationsMs[title] = (durationsMs[title] ?? 0) + durationMs;
    fileOf[title] = relative(loadedFrom, file);
  };
  const result = await suite.run({
    bail,
    balances: Object.fromEntries(Object.entries(balances).map(([address, wei]) => [address, BigInt(wei)])),
    onTestEnd,
    onSetUp: (title) => hits.endSetUp(title),
    excluded: GAS_TITLES,
    ...(titles === undefined ? {} : { titles }),
  });
  reply({ kind: "done", ...result, seenBy, durationsMs, fileOf });
});
