/** A scenario file says something impossible; `path` names the place in the file. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
  readonly code = "SCENARIO";
  readonly path: string;
  constructor(path: string, message: string, options?: ErrorOptions) {
    super(`${path === "" ? "the file" : path}: ${message}`, options);
    this.path = path;
  }
}

/** steps[0].operations[1].amount */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** Runs a step of the scenario; errors of the model about values in it get the path of the step. */
export function within<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof ScenarioError || !isModelError(cause)) throw cause;
    throw new ScenarioError(path, cause.message, { cause });
  }
}

/** The model's named errors carry a code; anything else is a fault of the program. */
function isModelError(cause: unknown): cause is Error {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string";
}
