import type { StoreIdentity } from "../../../prover/store/identity.ts";

export const IDENTITY: StoreIdentity = {
  chainId: "31337",
  guard: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
  profile: "dev",
  roundCircuit: "aa",
  batchCircuit: "bb",
};
/** Remembered blocks. */
export const RING = 16;
