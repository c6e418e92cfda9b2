/** What the demo promises to show. Each is decided by something seen on chain, never by the script alone. */

/** Keys are stable: they appear in the history file. */
export const PROMISES = {
  agreement: "every proven round and batch is what the model derives from public data",
  liquidation: "an account without margin was liquidated or moved to the insurance",
  forgery: "the forged withdrawal was proven unauthorised and changed nothing",
  overdraft: "a withdrawal below the initial margin was proven invalid and changed nothing",
  badPrint: "at the bad print the mark stayed within what the honest venues showed",
  breaker: "a price jump set a breaker, and the breaker cleared by itself",
  halt: "without a prover the guard halted by itself",
  recovery: "with the prover back the guard returned to Normal by itself",
  claim: "the withdrawal that waited through the halt was paid",
  verifier: "the independent verifier confirmed the whole history",
} as const;

export type PromiseKey = keyof typeof PROMISES;

/** What was seen so far. A promise once seen broken stays broken; what was never promised may be seen all the same. */
export interface Observations {
  /** By key. */
  readonly promises: Readonly<Record<string, string>>;
  kept(key: string): void;
  broken(key: string, why: string): void;
  isKept(key: string): boolean;
  /** One line for each promise that was not kept. */
  failures(): readonly string[];
}

export function createObservations(promises: Readonly<Record<string, string>> = PROMISES): Observations {
  const kept = new Set<string>();
  const broken = new Map<string, string>();
  const isKept = (key: string): boolean => kept.has(key) && !broken.has(key);
  return {
    promises,
    kept: (key) => void kept.add(key),
    broken: (key, why) => void broken.set(key, why),
    isKept,
    failures() {
      return Object.entries(promises)
        .filter(([key]) => !isKept(key))
        .map(([key, promise]) => `${promise}: ${broken.get(key) ?? "it was not seen"}`);
    },
  };
}
