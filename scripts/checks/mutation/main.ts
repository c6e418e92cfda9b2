/**
 * `npm run mutation:contracts [-- --json --sample N --seed S --file F]`: how many small changes of the contracts do their tests notice?
 * Fails below 90 %, and for each survivor that test/snapshots/mutation.json gives no reason for; those with a reason count as survivors too.
 */
import { prepare } from "../../prepare.ts";
import { contractCoverage } from "../coverage/cached.ts";
import { readAccepted, reasonFor } from "./accepted.ts";
import { judge } from "./campaign.ts";
import { allMutants, sampleOf } from "./choose.ts";
import { parseFlags } from "./flags.ts";
import type { Mutant } from "./operators.ts";
import { Verdicts } from "./verdicts.ts";

const LEAST_PERCENT = 90;
/** Random sequences of hundreds of calls: what they alone would notice counts as survived, unless --slow is given. */
const SLOW_MS = 5000;

const flags = parseFlags(process.argv.slice(2));
await prepare();
const everyone = allMutants(flags.file ?? "");
const chosen = flags.sample === undefined ? everyone : sampleOf(everyone, Number(flags.sample), flags.seed);
console.error(`${chosen.length} of ${everyone.length} mutants; measuring which test reaches what`);
const coverage = await contractCoverage();

const accepted = readAccepted();
const survivors: (Mutant & { reason: string | undefined })[] = [];
let [killed, stillborn, tried] = [0, 0, 0];
await judge(chosen, coverage, new Verdicts(coverage.fileOf), {
  jobs: Number(flags.jobs),
  slowMs: flags.slow === true ? Number.POSITIVE_INFINITY : SLOW_MS,
  nearest: Number(flags.nearest),
  onVerdict: (mutant, { kind }) => {
    tried += 1;
    if (kind === "killed") killed += 1;
    else if (kind === "stillborn") stillborn += 1;
    else survivors.push({ ...mutant, reason: reasonFor(mutant, accepted) });
    if (kind === "survived") console.error(`survived ${mutant.file}:${mutant.line} ${mutant.change}: ${mutant.text}`);
    if (tried % 50 === 0) console.error(`${tried} tried, ${killed} noticed, ${survivors.length} survived`);
  },
});

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
process.exit(noticed >= LEAST_PERCENT && unexplained.length === 0 ? 0 : 1);
