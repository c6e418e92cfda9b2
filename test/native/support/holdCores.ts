/** `fork holdCores.ts ADDON COUNT`: holds so many processors and says when it has them; never lets go by itself. */
import { loadAddon } from "../../../prover/native/addon.ts";

const [path = "", count = ""] = process.argv.slice(2);
const addon = loadAddon(path);
const held = [];
while (held.length < Number(count)) {
  const core = await addon.takeCore(60_000);
  if (core.held) held.push(core);
}
process.send?.(held.length);
setInterval(() => held.length, 1000); // until it is killed; the processors must not be collected before
