/** `npm run build:tables -- --mb N [--profile dev]`: tables of at most N MiB next to each key of a profile, for --tables-mb N. */
import { parseArgs } from "node:util";
import { CIRCUITS, loadArtefacts } from "../../scripts/circuits/artefacts.ts";
import { PROFILES, type ProfileName } from "../../verifier/model/profile.ts";
import { loadAddon } from "./addon.ts";
import { buildAddon } from "./build.ts";
import { useKeyTables } from "./keyTables.ts";

const { values } = parseArgs({ options: { mb: { type: "string" }, profile: { type: "string", default: "dev" } } });
const megabytes = Number(values.mb);
if (!Number.isSafeInteger(megabytes) || megabytes < 1) throw new RangeError("--mb needs a whole number of MiB");
if (!Object.hasOwn(PROFILES, values.profile)) throw new RangeError(`there is no profile ${values.profile}`);
const artefacts = await loadArtefacts(values.profile as ProfileName); // one of its keys
const addon = loadAddon(await buildAddon());
for (const circuit of CIRCUITS) {
  const zkeyPath = artefacts[circuit].zkey;
  const zkeyDigest = artefacts.manifest.circuits[circuit].files.zkey.sha256;
  const { bytes, shapes } = await useKeyTables(
    { addon, key: await addon.loadKey(zkeyPath), zkeyPath, zkeyDigest },
    megabytes,
  );
  console.log(JSON.stringify({ circuit, bytes, shapes }));
}
