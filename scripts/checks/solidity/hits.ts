import type { TestNetwork } from "./suite.ts";

/**
 * Coverage tags by test. What a fixture or a "before all" hook reaches counts for every test that stands on it, not only for the one
 * during which it ran: a fault in a set-up may be seen by any of them.
 */
export class Hits {
  /** Tags that came since the last test or set-up ended; the chain fills it. */
  readonly current = new Set<string>();
  readonly #ofFixture = new Map<unknown, ReadonlySet<string>>();
  readonly #ofSuite = new Map<string, ReadonlySet<string>>();

  /** Watches the fixtures of a network from now on. */
  watch({ networkHelpers }: TestNetwork): void {
    const load = networkHelpers.loadFixture.bind(networkHelpers);
    networkHelpers.loadFixture = async (fixture) => {
      const before = [...this.current];
      this.current.clear();
      const loaded = await load(fixture);
      for (const tag of this.#ofFixture.get(fixture) ?? []) this.current.add(tag);
      this.#ofFixture.set(fixture, new Set(this.current));
      for (const tag of before) this.current.add(tag);
      return loaded;
    };
  }

  /** Ends a set-up of a suite. */
  endSetUp(suite: string): void {
    this.#ofSuite.set(suite, new Set([...(this.#ofSuite.get(suite) ?? []), ...this.current]));
    this.current.clear();
  }

  /** Ends a test. @returns what it and its set-ups reached */
  endTest(title: string): readonly string[] {
    const suites = [...this.#ofSuite].filter(([suite]) => title.startsWith(`${suite} `));
    const all = new Set([...this.current, ...suites.flatMap(([, tags]) => [...tags])]);
    this.current.clear();
    return [...all];
  }
}
