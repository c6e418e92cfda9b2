import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProverConfig } from "../../../prover/service/config.ts";
import type { ProverHandle } from "../../../prover/service/handle.ts";
import { startProver } from "../../../prover/service/startProver.ts";
import { createLocalGuard, type LocalGuard, proverConfig } from "./localGuard.ts";

/** A guard on a local chain and a folder for each case, and provers that are stopped after it. */
export interface ProverBench {
  readonly local: LocalGuard;
  readonly folder: string;
  /** Alarms of every prover of the case. */
  readonly alarms: readonly string[];
  start(changes?: Partial<ProverConfig>): Promise<ProverHandle>;
  /** Replaces the chain and the guard. */
  renew(): Promise<void>;
}

/** Call inside `describe`: sets the bench up before each case and clears it after. */
export function proverBench(options: Parameters<typeof createLocalGuard>[0] = {}): ProverBench {
  let local: LocalGuard;
  let folder: string;
  const running: ProverHandle[] = [];
  const alarms: string[] = [];
  beforeEach(async () => {
    local = await createLocalGuard(options);
    folder = mkdtempSync(join(tmpdir(), "homeostat-prover-"));
    alarms.length = 0;
  });
  afterEach(async () => {
    for (const handle of running.splice(0)) await handle.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    get local() {
      return local;
    },
    get folder() {
      return folder;
    },
    alarms,
    async start(changes = {}) {
      const handle = await startProver(proverConfig(local, changes));
      handle.events.on("alarm", ({ code, message }) => alarms.push(`${code} ${message}`));
      running.push(handle);
      return handle;
    },
    async renew() {
      local = await createLocalGuard(options);
    },
  };
}
