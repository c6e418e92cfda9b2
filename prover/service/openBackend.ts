import type { ProofBackend } from "../proving/backend.ts";
import type { BackendSelection } from "../proving/backendChoice.ts";
import { chooseBackend } from "../proving/chooseBackend.ts";
import type { ProverConfig } from "./config.ts";

/** The service's prover. */
export interface OpenBackend {
  readonly backend: ProofBackend;
  /** Null when the configuration brought a backend of its own. */
  readonly selection: BackendSelection | null;
  /** Ends the prover, unless it was brought: who brought one closes it. */
  close(): Promise<void>;
}

/**
 * The backend that the configuration brings or asks for; automatic by default. Holds nothing before its first proof.
 * @throws {BackendUnavailableError} when it asks for one that is not to be had
 */
export async function openBackend({
  backend,
  artefacts,
  proving,
}: Pick<ProverConfig, "backend" | "artefacts" | "proving">): Promise<OpenBackend> {
  if (typeof backend === "object") return { backend, selection: null, close: async () => {} };
  const { selection, open } = await chooseBackend(backend);
  const opened = open({ circuits: [artefacts.OracleRound, artefacts.MarginBatch], ...proving });
  return { backend: opened, selection, close: () => opened.close() };
}
