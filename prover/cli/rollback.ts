import type { z } from "zod";
import { causeName } from "../../verifier/check/incidentCauses.ts";
import { createChainClient } from "../chain/client.ts";
import { ENGINE, GUARD } from "../chain/events.ts";
import { httpTransport } from "../chain/transport.ts";
import { planRollback, type RollbackOutlook, type RollbackPlan } from "../rollback/planRollback.ts";
import { noteVaultCall, rollbackCall } from "../rollback/rollbackCall.ts";
import { DEFAULT_FEES } from "../settle/fees.ts";
import { createSigner } from "../settle/signer.ts";
import { createSubmitter } from "../settle/submitter.ts";
import { openStore } from "../store/store.ts";
import type { Output } from "./output.ts";
import { type Raw, readSettings, rollbackSettings } from "./settings.ts";
import { readSignerKey } from "./signerKey.ts";

type Settings = z.infer<z.ZodObject<typeof rollbackSettings>>;
type Client = ReturnType<typeof createChainClient>;

/** `rollback`: says which rule allows the guard to go back, and to where; with --send it sends that, or the note before it. */
export async function rollback(flags: Raw, output: Output, signal: AbortSignal): Promise<void> {
  const settings = readSettings(rollbackSettings, flags, process.env);
  const client = createChainClient(httpTransport(settings.rpc));
  const guard = settings.guard.toLowerCase();
  const outlook = await planRollback(client, guard, settings.fromBlock, signal);
  for (const [cause, why] of Object.entries(outlook.rules)) {
    output.print(`${cause.padEnd(11)} ${why ?? "its rule holds"}`, { cause, holds: why === null, why });
  }
  if (outlook.plan !== null) printPlan(outlook.plan, output);
  const step = stepOf(outlook);
  if (step === null) return output.remark("nothing to do");
  if (flags.send !== true) return output.remark(`a dry run: --send would send ${step.name}`);
  const { hash, gasUsed } = await send(client, settings, { to: guard, ...step }, signal);
  output.print(`sent        ${step.name} in ${hash}, ${gasUsed} gas`, { sent: step.name, hash, gasUsed });
}

function stepOf({ plan, isNoteDue }: RollbackOutlook): { readonly name: string; readonly data: string } | null {
  if (plan !== null) return { name: "rollBack", data: rollbackCall(plan) };
  return isNoteDue ? { name: "noteVault", data: noteVaultCall() } : null;
}

function printPlan({ cause, target, later }: RollbackPlan, output: Output): void {
  const { settled, stateRoot, claimCount } = target.checkpoint;
  const from = later.at(-1)?.checkpoint;
  const voidClaims = (from?.claimCount ?? claimCount) - claimCount;
  output.print(
    `plan        back from ${from?.settled} to ${settled} settled operations for ${causeName(cause)}: root ${stateRoot}, ${later.length} batches and ${voidClaims} claims void`,
    { cause, settled, from: from?.settled, stateRoot, batches: later.length, firstVoidClaim: claimCount, voidClaims },
  );
}

/** @throws {SubmissionRevertedError} when the guard refuses; nothing is paid for what can be foreseen */
async function send(
  client: Client,
  { signerKeyFile, maxFeeWei, priorityWei, pollMs }: Settings,
  { to, name, data }: { readonly to: string; readonly name: string; readonly data: string },
  signal: AbortSignal,
) {
  const chainId = await client.chainId(signal);
  const nowhere = { chainId: String(chainId), guard: to, profile: "", roundCircuit: "", batchCircuit: "" };
  const store = openStore(":memory:", nowhere, 1);
  try {
    const submitter = createSubmitter({
      client,
      submissions: store.submissions,
      signer: createSigner(readSignerKey(signerKeyFile, process.env), chainId),
      fees: {
        ...DEFAULT_FEES,
        ...(maxFeeWei === undefined ? {} : { maxFeeWei }),
        ...(priorityWei === undefined ? {} : { priorityWei }),
      },
      pollMs,
      interfaces: [GUARD, ENGINE],
    });
    const outcome = await submitter.submit({ purpose: name, to, data }, async () => false, signal);
    if (outcome.status !== "mined") throw new RangeError("nothing makes a rollback obsolete");
    return outcome;
  } finally {
    store.close();
  }
}
