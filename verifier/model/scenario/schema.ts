import { z } from "zod";
import { MARGIN_MARKET_FIELDS, ORACLE_MARKET_FIELDS } from "../parameters.ts";
import { count, integer, natural } from "./integers.ts";

const profile = z.strictObject({
  markets: count(1, 4),
  depth: count(1, 32),
  operations: count(1, 16),
  reporters: count(1, 64),
  faulty: count(0, 21),
});

function marketParameters<Name extends string>(names: readonly Name[]) {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, natural])) as Record<Name, typeof natural>); // its keys are the names
}

const parameters = z.strictObject({
  oracle: z.strictObject({
    tvlTier: z.array(natural),
    deviationSquared: z.array(natural),
    markets: z.array(marketParameters(ORACLE_MARKET_FIELDS)),
  }),
  margin: z.strictObject({
    minimumMargin: natural,
    staleSec: natural,
    markets: z.array(marketParameters(MARGIN_MARKET_FIELDS)),
  }),
});

const key = z.strictObject({ x: natural, y: natural });
const signature = z.strictObject({ r8x: natural, r8y: natural, s: natural });

const account = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, "is a name"),
  index: count(1, 2 ** 32 - 1),
  owner: natural.optional(),
});

/** An account by name or by index. */
const reference = z.union([z.string(), count(0, 2 ** 32 - 1)]);

const report = z.strictObject({
  reporter: count(0, 63),
  timestamp: natural,
  prices: z.array(natural),
  fundingRates: z.array(integer).optional(),
  signature: signature.optional(),
});

const round = z.union([
  z.strictObject({
    timestamp: natural,
    prices: z.array(natural),
    fundingRates: z.array(integer).optional(),
    tvl: natural.optional(),
  }),
  z.strictObject({ reports: z.array(report), tvl: natural.optional() }),
]);

const logged = { loggedAt: natural.optional(), sender: natural.optional(), restricted: z.boolean().optional() };
const signed = {
  nonce: natural.optional(),
  expiry: natural.optional(),
  signature: signature.optional(),
  signWith: z.string().optional(),
};
const side = {
  account: reference,
  nonce: natural.optional(),
  signature: signature.optional(),
  signWith: z.string().optional(),
};

const operation = z.union([
  z.strictObject({ words: z.array(natural).length(9) }),
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("noop"), ...logged }),
    z.strictObject({
      type: z.literal("deposit"),
      account: reference,
      amount: natural,
      owner: natural.optional(),
      key: key.optional(),
      ...logged,
    }),
    z.strictObject({
      type: z.literal("withdraw"),
      account: reference,
      amount: natural,
      owner: natural.optional(),
      ...signed,
      ...logged,
    }),
    z.strictObject({
      type: z.literal("trade"),
      market: count(0, 15),
      buyer: z.union([reference, z.strictObject(side)]),
      seller: z.union([reference, z.strictObject(side)]),
      size: natural,
      price: natural,
      fee: natural.optional(),
      expiry: natural.optional(),
      ...logged,
    }),
    z.strictObject({
      type: z.literal("liquidate"),
      market: count(0, 15),
      account: reference,
      liquidator: reference,
      size: natural,
      limit: natural,
      ...signed,
      ...logged,
    }),
    z.strictObject({ type: z.literal("backstop"), account: reference, ...logged }),
    z.strictObject({ type: z.literal("recertify"), account: reference, other: reference.optional(), ...logged }),
    z.strictObject({
      type: z.literal("setKey"),
      account: reference,
      owner: natural.optional(),
      key: key.optional(),
      keyOf: z.string().optional(),
      ...logged,
    }),
    z.strictObject({ type: z.literal("shareLoss"), market: count(0, 15), ...logged }),
  ]),
]);

const step = z.union([z.strictObject({ round }), z.strictObject({ operations: z.array(operation) })]);

/** A scenario file: see verifier/model/README.md. */
export const scenarioSchema = z.strictObject({
  description: z.string().optional(),
  profile: z.union([z.enum(["dev", "standard", "large"]), profile]),
  chainId: natural.default(31337n),
  guard: natural.default(1n),
  parameters,
  genesis: z.strictObject({ timestamp: natural, prices: z.array(natural) }),
  accounts: z.array(account).default([]),
  steps: z.array(step),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioRound = z.infer<typeof round>;
export type ScenarioOperation = z.infer<typeof operation>;
