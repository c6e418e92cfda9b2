import type { z } from "zod";
import { loadArtefacts } from "../../scripts/circuits/artefacts.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { httpTransport } from "../chain/transport.ts";
import { provingArtefacts } from "../proving/provingArtefacts.ts";
import type { ProverConfig } from "../service/config.ts";
import type { proverSettings } from "./settings.ts";
import { readSignerKey } from "./signerKey.ts";

/** The prover that settings describe. @throws when circuits or key are missing */
export async function proverOf(
  settings: z.infer<z.ZodObject<typeof proverSettings>>,
  environment: NodeJS.ProcessEnv,
): Promise<ProverConfig> {
  const { execPath, children, deadlineMs, memoryMb, tablesMb, maxFeeWei, priorityWei } = settings;
  return {
    transport: httpTransport(settings.rpc),
    ...(settings.secondRpc === undefined ? {} : { secondTransport: httpTransport(settings.secondRpc) }),
    guard: settings.guard,
    profile: PROFILES[settings.profile],
    artefacts: provingArtefacts(await loadArtefacts(settings.profile, { root: settings.root })),
    storePath: settings.store,
    signerKey: readSignerKey(settings.signerKeyFile, environment),
    fromBlock: settings.fromBlock,
    confirmations: settings.confirmations,
    pollMs: settings.pollMs,
    backend: settings.backend,
    keeperPerDay: settings.keeper,
    proving: { children, deadlineMs, memoryMb, tablesMb, ...(execPath === undefined ? {} : { execPath }) },
    fees: { ...(maxFeeWei === undefined ? {} : { maxFeeWei }), ...(priorityWei === undefined ? {} : { priorityWei }) },
  };
}
