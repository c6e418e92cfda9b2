/** `npm run check:budgets`: the constraint budgets that the design sets, compared with the compiler's own counts. */
import { namedConstraints } from "../bench/constraints.ts";

/** Largest allowed count of constraints at -O2. The powers of two are the domains of the keys. */
const BUDGETS: Readonly<Record<string, number>> = {
  "constraints.treeLevel.m4": 900,
  "constraints.signatureBit": 4_700,
  "constraints.operation.d16m4": 48_000,
  "constraints.dev.OracleRound": 2 ** 16 - 1,
  "constraints.dev.MarginBatch": 2 ** 16 - 1,
  "constraints.standard.OracleRound": 2 ** 17 - 1,
  "constraints.standard.MarginBatch": 2 ** 18 - 1,
};

let exceeded = 0;
for (const [name, budget] of Object.entries(BUDGETS)) {
  const count = await namedConstraints(name, console.error);
  if (count > budget) exceeded += 1;
  console.log(`${count <= budget ? "ok  " : "OVER"} ${name.padEnd(36)} ${String(count).padStart(8)} of ${budget}`);
}
process.exitCode = exceeded === 0 ? 0 : 1;
