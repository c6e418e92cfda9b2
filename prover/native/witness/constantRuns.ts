const STORE = /^PFrElement aux_dest = &lvar\[(\d+)\];$/;
const VALUE = /^Fr_copy\(aux_dest,&circuitConstants\[(\d+)\]\);$/;
const STORE_LINES = 6;
const LEAST_RUN = 4; // shorter ones stay as they are
const CHUNK = 256; // longer runs are cut, so that equal parts of different tables are kept once

/** Places in the circuit's table of constants, for runs of stores; equal chunks share a place. */
export class ConstantTable {
  readonly places: number[] = [];
  readonly #known = new Map<string, number>();

  /** @returns where the chunk begins in `places` */
  add(chunk: readonly number[]): number {
    const key = chunk.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const first = this.places.length;
    this.#known.set(key, first);
    this.places.push(...chunk);
    return first;
  }
}

/** The local variable and the constant of a block of six lines that stores one in the other. */
function storeAt(lines: readonly string[], at: number): { slot: number; constant: number } | null {
  if (lines[at] !== "{" || lines[at + 5] !== "}" || lines[at + 3] !== "// end load src") return null;
  const [, slot] = STORE.exec(lines[at + 1] ?? "") ?? [];
  const [, constant] = VALUE.exec(lines[at + 4] ?? "") ?? [];
  return slot === undefined || constant === undefined ? null : { slot: Number(slot), constant: Number(constant) };
}

/**
 * Turns runs of stores of constants into neighbouring local variables, most of the text where a circuit hashes, into calls
 * of `fill`. circom writes a table such as Poseidon's out again wherever a template has it as a parameter.
 */
export function collapseConstants(lines: readonly string[], table: ConstantTable): string[] {
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const run: number[] = [];
    const first = storeAt(lines, at)?.slot ?? 0;
    for (;;) {
      const store = storeAt(lines, at + run.length * STORE_LINES);
      if (store === null || store.slot !== first + run.length) break;
      run.push(store.constant);
    }
    if (run.length < LEAST_RUN) {
      const kept = Math.max(1, run.length * STORE_LINES);
      out.push(...lines.slice(at, at + kept));
      at += kept;
      continue;
    }
    for (let done = 0; done < run.length; done += CHUNK) {
      const chunk = run.slice(done, done + CHUNK);
      out.push(`fill(ctx,lvar,${first + done},CONSTANT_PLACES+${table.add(chunk)},${chunk.length});`);
    }
    at += run.length * STORE_LINES;
  }
  return out;
}
