import { createProvingPool, type ProvingConfig, type ProvingPool } from "./provingPool.ts";

/** snarkjs in child processes. */
export const createSnarkjsBackend = (config: ProvingConfig): ProvingPool =>
  createProvingPool(config, { name: "snarkjs" });
