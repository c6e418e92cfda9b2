import { type FastifyInstance, fastify } from "fastify";
import type { ProverHandle, ProverStatus } from "./handle.ts";

const PHASES = ["following", "paused", "stopped", "failed"] as const;

/** Status and metrics of a prover over HTTP: /healthz, /v1/status, and /metrics in Prometheus' text format. */
export function createStatusServer(prover: Pick<ProverHandle, "status" | "events">): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true });
  const counts = { proofs: 0, proofMilliseconds: 0, settlements: 0, reorgs: 0, incidents: 0, alarms: 0 };
  prover.events.on("proof", ({ milliseconds }) => {
    counts.proofs++;
    counts.proofMilliseconds += milliseconds;
  });
  prover.events.on("settled", () => counts.settlements++);
  prover.events.on("reorg", () => counts.reorgs++);
  prover.events.on("incident", ({ phase }) => {
    if (phase === "detected") counts.incidents++;
  });
  prover.events.on("alarm", () => counts.alarms++);

  server.get("/healthz", (_request, reply) => {
    const { phase } = prover.status();
    return reply.status(phase === "failed" || phase === "stopped" ? 503 : 200).send({ phase });
  });
  server.get("/v1/status", () => JSON.parse(statusJson(prover.status())) as unknown);
  server.get("/metrics", (_request, reply) => {
    const status = prover.status();
    const lines = [
      metric("head_block", "gauge", "last block taken in", status.headBlock),
      metric("blocks_behind", "gauge", "blocks between that and the newest one to follow", status.blocksBehind),
      metric("operations_logged", "gauge", "operations in the log", status.operationsLogged),
      metric("operations_settled", "gauge", "operations settled by a proof", status.operationsSettled),
      metric("round", "gauge", "last proven oracle round", Number(status.round)),
      metric("round_timestamp_seconds", "gauge", "time of that round", Number(status.roundTimestampSec)),
      metric("proofs_total", "counter", "proofs made", counts.proofs),
      metric("proof_seconds_total", "counter", "time spent proving", counts.proofMilliseconds / 1000),
      metric("settlements_total", "counter", "own transactions mined", counts.settlements),
      metric("rollbacks", "gauge", "rollbacks of the guard on the followed branch", status.rollbacks),
      metric("reorgs_total", "counter", "reorganisations followed", counts.reorgs),
      metric("incidents_total", "counter", "incidents of the guard seen beginning", counts.incidents),
      metric("alarms_total", "counter", "alarms raised", counts.alarms),
      metric("phase", "gauge", `index in ${PHASES.join(", ")}`, PHASES.indexOf(status.phase)),
    ];
    return reply.type("text/plain; version=0.0.4").send(`${lines.join("\n")}\n`);
  });
  return server;
}

/** A status as JSON; integers of any size as decimal text. */
export const statusJson = (status: ProverStatus): string =>
  JSON.stringify(status, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

function metric(name: string, type: "gauge" | "counter", help: string, value: number): string {
  const full = `homeostat_${name}`;
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${full} ${value}`;
}
