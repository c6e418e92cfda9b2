/** `npm run check:standard`: the standard profile from its sources to proofs that its contracts accept. */
import { PROFILES } from "../../verifier/model/profile.ts";
import { backendOn } from "../bench/backendOn.ts";
import { runWorkload } from "../bench/workload.ts";
import { loadArtefacts } from "../circuits/artefacts.ts";
import { prepare } from "../prepare.ts";

const { standard } = PROFILES;
await prepare(standard.name);
const backend = backendOn(await loadArtefacts(standard.name));
try {
  const { round, batch } = await runWorkload(standard, backend);
  console.log(`round of ${standard.reporters} reports proven and accepted: ${round.receipt.gasUsed} gas`);
  console.log(`batch of ${standard.operations} operations proven and accepted: ${batch.receipt.gasUsed} gas`);
} finally {
  await backend.close();
}
process.exit();
