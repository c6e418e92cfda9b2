import { httpTransport } from "../../../prover/chain/transport.ts";
import { startProver } from "../../../prover/service/startProver.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { fakeBackend, fakeCircuits, PROVER_KEYS } from "./fakeProver.ts";

/** Process of the crash tests: a prover on a chain behind HTTP, until it is killed. */
const [url = "", guard = "", storePath = ""] = process.argv.slice(2);
const prover = await startProver({
  transport: httpTransport(url),
  guard,
  profile: PROFILES.dev,
  artefacts: fakeCircuits(),
  storePath,
  signerKey: PROVER_KEYS[0],
  pollMs: 5,
  restMs: 20,
  backend: fakeBackend(2),
});
process.stdout.write("started\n");
await prover.done;
