/** One prover in a process of its own, so that its memory and processor time are nobody else's. Proves once for each message. */

import { openProver } from "./openProver.ts";
import type { FromProver, ProverOrder } from "./protocol.ts";

const tell = (message: FromProver): void => void process.send?.(message);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

process.on("disconnect", () => process.exit()); // the bench has ended
try {
  const order = JSON.parse(process.argv[2] ?? "") as ProverOrder; // from the bench itself
  const prover = await openProver(order);
  process.on("message", async () => {
    try {
      const [before, started] = [prover.cpuSeconds(), performance.now()];
      const { result, multiplications } = await prover.prove();
      const wall = (performance.now() - started) / 1000;
      const cpu = prover.cpuSeconds() - before;
      const peakBytes = process.resourceUsage().maxRSS * 1024;
      const counted = multiplications === undefined ? {} : { multiplications, multiplyNs: prover.multiplyNs() };
      tell({ type: "proven", sample: { wall, cpu, peakBytes, ...counted }, result: await result() });
    } catch (error) {
      tell({ type: "failed", reason: reasonOf(error) });
    }
  });
  tell({ type: "ready" });
} catch (error) {
  tell({ type: "failed", reason: reasonOf(error) });
}
