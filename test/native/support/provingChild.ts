import type { ProvingConfig } from "../../../prover/proving/provingPool.ts";

const SHADOW_MB = 1 << 25; // of the address sanitizer: terabytes of address space, which count as memory to write to

/** What proving children need beside their circuits: nothing; with a sanitized addon a Node that brings the sanitizers' runtime. */
export const PROVING_CHILD: Pick<ProvingConfig, "execPath" | "memoryMb"> =
  process.env.NATIVE_NODE === undefined ? {} : { execPath: process.env.NATIVE_NODE, memoryMb: SHADOW_MB };

/** Whether the addon under test is a sanitized one. */
export const SANITIZED = process.env.NATIVE_ADDON?.includes("-sanitized-") ?? false;
