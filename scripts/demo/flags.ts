/** What may be written after `npm run demo --`. */
import { parseArgs } from "node:util";
import { BACKEND_CHOICES, type BackendChoice } from "../../prover/proving/backendChoice.ts";

export interface DemoFlags {
  /** Leave the chain running afterwards. */
  readonly keep: boolean;
  readonly backend: BackendChoice;
}

/** @throws {TypeError} when there is no such flag or backend */
export function readFlags(args: readonly string[]): DemoFlags {
  const { values } = parseArgs({
    args: [...args],
    options: { keep: { type: "boolean", default: false }, backend: { type: "string", default: "auto" } },
  });
  const backend = BACKEND_CHOICES.find((choice) => choice === values.backend);
  if (backend === undefined) throw new TypeError(`--backend is one of ${BACKEND_CHOICES.join(", ")}`);
  return { keep: values.keep, backend };
}
