import { createHash, timingSafeEqual } from "node:crypto";
import { type FastifyInstance, fastify } from "fastify";
import { z } from "zod";
import { describeError } from "../errors.ts";
import type { RoundOutlook, RoundReceipt } from "../service/handle.ts";
import type { Refusal } from "./checkReport.ts";
import type { Collection } from "./collection.ts";

export interface AggregatorServerConfig {
  readonly collection: Collection;
  readonly outlook: () => RoundOutlook;
  readonly proveRound: () => Promise<RoundReceipt>;
  /** Secret that whoever asks for a round over HTTP has to know; without one nobody may. */
  readonly triggerToken: string | undefined;
}

const BODY_LIMIT_BYTES = 4096; // a report is below 500 bytes
const REQUEST_TIMEOUT_MS = 10_000;

const MAX_DIGITS = 78; // of a 256-bit number
const reportSchema = z.strictObject({
  slot: z.int().min(0).max(255),
  words: z
    .array(
      z
        .string()
        .max(MAX_DIGITS)
        .regex(/^(0|[1-9]\d*)$/, "decimal digits only")
        .transform(BigInt),
    )
    .length(4),
});

const STATUS_OF: Readonly<Record<Refusal, number>> = {
  UNKNOWN_REPORTER: 404,
  BAD_SIGNATURE: 401,
  OUT_OF_RANGE: 422,
  NO_PRICE: 422,
  OLD_TIMESTAMP: 409,
  FUTURE_TIMESTAMP: 409,
  DUPLICATE: 409,
};

/** The aggregator's HTTP interface. Integers travel as decimal text. */
export function createAggregatorServer(config: AggregatorServerConfig): FastifyInstance {
  const { collection, outlook } = config;
  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
  });

  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
    const { code, message } = describeError(error);
    const shown = status < 500 ? message : "the aggregator failed; its operator can see why";
    return reply.status(status).send({ code, message: shown });
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ code: "NOT_FOUND", message: "no such page" }),
  );

  server.get("/healthz", () => ({ ok: true }));
  server.get("/v1/status", () => {
    const { round, timestampSec, chainTimeSec, profile, domain } = outlook();
    const texts = { round: String(round), timestampSec: String(timestampSec), chainTimeSec: String(chainTimeSec) };
    return {
      ...texts,
      domain: String(domain),
      profile: profile.name,
      collected: collection.reports().length,
      quorum: collection.hasQuorum(),
    };
  });
  server.get("/v1/reports", () =>
    collection.reports().map(({ slot, timestampSec, prices, fundingRates, words }) => ({
      slot,
      timestampSec: String(timestampSec),
      prices: prices.map(String),
      fundingRates: fundingRates.map(String),
      words: words.map(String),
    })),
  );
  server.post("/v1/reports", (request, reply) => {
    const parsed = reportSchema.safeParse(request.body);
    if (!parsed.success) {
      const [mistake] = parsed.error.issues;
      return reply
        .status(400)
        .send({ code: "MALFORMED", message: `${mistake?.path.join(".") ?? "body"}: ${mistake?.message ?? ""}` });
    }
    const verdict = collection.add(parsed.data);
    if (!verdict.accepted)
      return reply.status(STATUS_OF[verdict.code]).send({ code: verdict.code, message: verdict.message });
    return reply.status(202).send({ accepted: true, timestampSec: String(verdict.report.timestamp) });
  });
  server.post("/v1/rounds", async (request, reply) => {
    if (!isAllowed(request.headers.authorization, config.triggerToken)) {
      return reply.status(403).send({ code: "FORBIDDEN", message: "a round is proven by its operator only" });
    }
    try {
      const { round, transactionHash } = await config.proveRound();
      return { round: String(round), transactionHash };
    } catch (error) {
      return reply.status(409).send(describeError(error));
    }
  });
  return server;
}

/** Compares digests, so that the time taken says nothing about the token. */
function isAllowed(header: string | undefined, token: string | undefined): boolean {
  if (token === undefined || header === undefined) return false;
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header), digest(`Bearer ${token}`));
}
