/** Two slow steps, of which the second also takes what the first one generates. */
export interface DependentSteps {
  /** Writes sources, often the same as before. */
  generate(signal: AbortSignal): Promise<unknown>;
  /** Compiles the generated sources and many others, and only those that changed since the last time. */
  compile(signal: AbortSignal): Promise<void>;
  /** Changes with the generated sources. */
  generatedDigest(): Promise<string>;
}

/**
 * Runs both at the same time, and compiles again when the generated sources were not what the compiler began with.
 * A failure to compile counts only if it is about the final sources; a failure to generate ends the compiler.
 */
export async function besideEachOther({ generate, compile, generatedDigest }: DependentSteps): Promise<void> {
  const stopped = new AbortController();
  const before = await generatedDigest();
  const compiling = Promise.allSettled([compile(stopped.signal)]);
  try {
    await generate(stopped.signal);
  } catch (error) {
    stopped.abort();
    await compiling;
    throw error;
  }
  const [first] = await compiling;
  if (before !== (await generatedDigest())) await compile(stopped.signal);
  else if (first.status === "rejected") throw first.reason;
}
