/** A process that runs the contract tests inside a sandbox, on request. Started by testProcess.ts. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { GAS_TITLES } from "../coverage/excluded.ts";
import { Suite } from "./suite.ts";
import type { WorkerReply, WorkerRequest } from "./workerProtocol.ts";

const TEST_TIMEOUT_MS = 60_000;
const reply = (message: WorkerReply) => process.send?.(message);

/** Tags that instrumented contracts sent since the last test ended; the sandbox's configuration fills it. */
const hits = new Set<string>();
Object.assign(globalThis, { contractHits: hits });

const [, , root = "."] = process.argv;
process.chdir(root);
const files = readdirSync(join("test", "contracts"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join("test", "contracts", name))
  .sort();
const suite = await Suite.load(files, TEST_TIMEOUT_MS);
reply({ kind: "ready" });

process.on("message", async ({ titles, bail }: WorkerRequest) => {
  const seenBy: Record<string, readonly string[]> = {};
  const onTestEnd = (title: string) => {
    seenBy[title] = [...hits];
    hits.clear();
  };
  const result = await suite.run({
    bail,
    onTestEnd,
    excluded: GAS_TITLES,
    ...(titles === undefined ? {} : { titles }),
  });
  reply({ kind: "done", ...result, seenBy });
});
