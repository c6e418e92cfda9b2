import { createProvingPool, DEFAULT_MEMORY_MB, type ProvingConfig, type ProvingPool } from "../proving/provingPool.ts";
import type { LevelName } from "./levelName.ts";

export interface NativeConfig extends ProvingConfig {
  readonly addonPath: string;
  readonly level: LevelName;
}

/** The addon in child processes: a fault in it ends one of them, never the service. Their proofs share the machine's cores. */
export const createNativeBackend = ({ addonPath, level, ...config }: NativeConfig): ProvingPool =>
  createProvingPool(config, {
    name: "native",
    addonPath,
    level,
    memoryMb: config.memoryMb ?? DEFAULT_MEMORY_MB,
    tablesMb: config.tablesMb ?? 0,
  });
