import { spawn } from "node:child_process";

export class ProcessFailedError extends Error {
  override readonly name = "ProcessFailedError";
  readonly code = "PROCESS_FAILED";
  readonly output: string;
  constructor(what: string, outcome: string, output: string) {
    super(`${what} ${outcome}\n${output}`.trimEnd());
    this.output = output;
  }
}

export interface ProcessOptions {
  readonly cwd: string;
  /** Called with each whole line of standard output. */
  readonly onLine?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The process is killed after this long. */
  readonly limitMs?: number | undefined;
}

/**
 * Runs a program to its end.
 * @param what how to name it in an error
 * @returns what it printed on standard output and standard error
 * @throws {ProcessFailedError} when it cannot start, fails, or exceeds its time limit
 * @throws {Error} AbortError when the signal fires
 */
export function runProcess(
  what: string,
  file: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: options.cwd, stdio: ["ignore", "pipe", "pipe"], signal: options.signal });
    let output = "";
    let line = "";
    let late = false;
    const timer =
      options.limitMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill("SIGKILL");
          }, options.limitMs);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const lines = (line + text).split("\n");
      line = lines.pop() ?? "";
      for (const whole of lines) options.onLine?.(whole);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(
        error.name === "AbortError" ? error : new ProcessFailedError(what, `could not start: ${error.message}`, ""),
      );
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else if (late) reject(new ProcessFailedError(what, `did not end within ${options.limitMs} ms`, output));
      else reject(new ProcessFailedError(what, `ended with ${signal ?? `code ${code}`}`, output));
    });
  });
}
