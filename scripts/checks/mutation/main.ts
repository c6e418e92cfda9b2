/**
 * `npm run mutation:contracts [-- --json --sample N --seed S --file F]`: how many small changes of the contracts do their tests notice?
 * Fails below 90 %. Survivors in test/snapshots/mutation.json, each with its reason, count as noticed by a reader.
 */
import { prepare } from "../../prepare.ts";
import { contractCoverage } from "../coverage/cached.ts";
import { SANDBOX_CONFIGURATION } from "../solidity/configuration.ts";
import { contractFiles } from "../solidity/contractFiles.ts";
import { compileEach, refusedFiles } from "../solidity/pipelines.ts";
import { Sandbox } from "../solidity/sandbox.ts";
import { TestProcess } from "../solidity/testProcess.ts";
import { readAccepted, reasonFor } from "./accepted.ts";
import { allMutants, sampleOf } from "./choose.ts";
import { parseFlags } from "./flags.ts";
import type { Mutant } from "./operators.ts";
import { type Ground, tryMutant } from "./trial.ts";

const LEAST_PERCENT = 90;
const LIMIT_MS = 240_000;

const flags = parseFlags(process.argv.slice(2));
await prepare();
const everyone = allMutants(flags.file ?? "");
const chosen = flags.sample === undefined ? everyone : sampleOf(everyone, Number(flags.sample), flags.seed);
console.error(`${chosen.length} of ${everyone.length} mutants; measuring which test reaches what`);
const refused = refusedFiles();
const { contracts } = compileEach(contractFiles(), {}, refused);
const ground: Ground = { refused, coverage: await contractCoverage(), limitMs: LIMIT_MS };

const accepted = readAccepted();
const survivors: (Mutant & { reason: string | undefined })[] = [];
let [killed, stillborn, tried] = [0, 0, 0];

async function work(queue: Mutant[]): Promise<void> {
  const sandbox = new Sandbox(SANDBOX_CONFIGURATION);
  sandbox.install(contracts);
  const worker = new TestProcess(sandbox.root);
  try {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const verdict = await tryMutant(mutant, ground, sandbox, worker);
      tried += 1;
      const place = `${mutant.file}:${mutant.line} ${mutant.change}`;
      if (verdict.kind === "killed") killed += 1;
      else if (verdict.kind === "stillborn") stillborn += 1;
      else survivors.push({ ...mutant, reason: reasonFor(mutant, accepted) });
      if (verdict.kind === "survived") console.error(`survived ${place}: ${mutant.text}`);
      if (tried % 50 === 0) console.error(`${tried} tried, ${killed} noticed, ${survivors.length} survived`);
    }
  } finally {
    worker.stop();
    sandbox.remove();
  }
}

const queue = [...chosen];
await Promise.all(Array.from({ length: Number(flags.jobs) }, () => work(queue)));

const total = killed + survivors.length;
const unexplained = survivors.filter(({ reason }) => reason === undefined);
const noticed = total === 0 ? 0 : (100 * killed) / total;
if (flags.json === true) {
  const result = { "mutation.contracts.killed": killed, "mutation.contracts.total": total };
  console.log(JSON.stringify({ ...result, stillborn, of: everyone.length, survivors }, null, 2));
} else {
  for (const { file, line, change, text, reason } of survivors)
    console.log(
      `${reason === undefined ? "SURVIVED" : "accepted"} ${file}:${line} ${change}: ${text}${reason === undefined ? "" : ` (${reason})`}`,
    );
  console.log(
    `${killed} of ${total} mutants noticed, ${noticed.toFixed(1)} %; ${unexplained.length} survivors without a reason`,
  );
}
process.exit(noticed >= LEAST_PERCENT ? 0 : 1);
