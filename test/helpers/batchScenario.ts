import { type Account, emptyAccount, isOpen } from "../../verifier/model/account.ts";
import { clamp } from "../../verifier/model/arithmetic.ts";
import { applyBatch, type BatchContext, type BatchResult } from "../../verifier/model/batch.ts";
import { sign } from "../../verifier/model/eddsa.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { health } from "../../verifier/model/margin.ts";
import { operationMessage } from "../../verifier/model/operation.ts";
import { encodeFields, NO_FIELDS, type OperationFields } from "../../verifier/model/operationWords.ts";
import type { OracleMarket, OracleState } from "../../verifier/model/oracle.ts";
import type { Parameters } from "../../verifier/model/parameters.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { genesisState, type State } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { accountAt, setAccount } from "../../verifier/model/tree.ts";
import {
  DOMAIN,
  GENESIS_TIME,
  hasher,
  keyAt,
  oracleMarket,
  parameters as ordinary,
  ownerAt,
  profile as small,
} from "./model/instance.ts";
import type { Random } from "./random.ts";

/** The profile whose batch circuit most tests compile: two slots. */
export const profile = { ...small, operations: 2 };

/** A state, its oracle and its parameters: anything in the legal ranges, however unlikely. */
export interface Situation {
  readonly state: State;
  readonly oracle: OracleState;
  readonly context: BatchContext;
}

const capacityOf = ({ state }: Pick<Situation, "state">) => 2 ** state.tree.depth;
const INDEX = 1n << 25n;

/** A number of at most `bits` bits with either sign. */
function signed(random: Random, bits: number): bigint {
  const value = random.spread(bits);
  return random.chance(8) ? -value : value;
}

/** Any legal account; the keys and owners of tests, rich enough to act or near to what its positions owe. */
function randomAccount(random: Random, index: number, markets: readonly OracleMarket[]): Account {
  const empty = emptyAccount(markets.length);
  if (index !== 0 && random.chance(2)) return empty;
  const sizes = empty.sizes.map(() => (random.chance(8) ? signed(random, random.chance(4) ? 40 : 20) : 0n));
  const owed = sizes.reduce((sum, size, market) => sum + size * (markets[market]?.mark ?? 0n), 0n);
  const wealth = random.chance(11) ? random.between(1n << 45n, (1n << 62n) - 1n) : random.spread(63);
  const isFlat = sizes.every((size) => size === 0n);
  const quote = isFlat || random.chance(8) ? wealth : clampQuote(signed(random, 44) - owed);
  const lanes = empty.lanes.map(() => (random.chance(8) ? random.spread(29) : 0n));
  if (index === 0) return { ...empty, quote, sizes, lanes };
  const { x, y } = keyAt(index).publicKey;
  return { owner: ownerAt(index), keyX: x, keyY: y, nonce: random.spread(20), quote, sizes, lanes };
}

function clampQuote(quote: bigint): bigint {
  return clamp(quote, -(1n << 63n), (1n << 63n) - 1n);
}

/** A market in anything like ordinary life if `calm`, and any that fits its words if not. */
function randomMarket(random: Random, calm: boolean): OracleMarket {
  const mark = random.chance(1) ? (1n << 27n) - 1n : random.spread(27) || 1n;
  const median = calm || random.chance(8) ? mark : random.spread(27) || 1n;
  return {
    mark,
    median,
    fundingIndex: random.chance(1) ? 1n - INDEX : signed(random, 25),
    maintenanceRate: calm ? random.between(1n << 12n, 1n << 16n) : random.spread(19),
    initialRate: calm ? random.between(1n << 12n, 1n << 16n) : random.spread(20),
    updatedAt: GENESIS_TIME - random.between(0n, calm ? 60n : 130n),
    breakerUntil: random.chance(calm ? 1 : 4) ? GENESIS_TIME + random.between(0n, 2n) : 0n,
    variance: random.spread(32),
    weight: random.spread(28) || 1n,
    fundingFraction: random.spread(36),
  };
}

function randomParameters(random: Random, calm: boolean, count: number): Parameters {
  const markets = Array.from({ length: count }, () => ({
    sizeSlope: random.spread(calm ? 4 : 24),
    openInterestSlope: calm ? 0n : random.spread(24),
    bandRate: random.spread(19),
    discountRate: random.spread(calm ? 10 : 19),
    penaltyRate: random.spread(calm ? 10 : 19),
  }));
  return {
    oracle: { ...ordinary.oracle, markets: markets.map(() => oracleMarket) },
    margin: { minimumMargin: random.spread(calm ? 20 : 62), staleSec: 120n, markets },
  };
}

/** Any legal situation: sizes that no history gives, totals at their limits. */
export function randomSituation(random: Random, shape: Profile = profile): Situation {
  const calm = random.chance(10);
  const parameters = randomParameters(random, calm, shape.markets);
  const oracle = {
    round: 7n,
    timestamp: GENESIS_TIME,
    markets: Array.from({ length: shape.markets }, () => randomMarket(random, calm)),
  };
  let { tree, markets } = genesisState(hasher, shape);
  for (let index = 0; index < 2 ** shape.depth; index++)
    tree = setAccount(hasher, tree, index, randomAccount(random, index, oracle.markets));
  const loss = () => (random.chance(8) ? 0n : random.chance(1) ? -INDEX : signed(random, 25));
  markets = markets.map(() => ({
    openInterest: random.between(1n << 42n, (1n << 44n) - 1n),
    lossLong: loss(),
    lossShort: loss(),
  }));
  const insurance = random.spread(calm ? 50 : 63);
  const liabilities = random.spread(calm ? 60 : 63);
  const sumQuote = markets.reduce(
    (sum, { openInterest, lossLong, lossShort }) => sum + (lossLong - lossShort) * openInterest,
    liabilities - insurance,
  );
  return {
    state: { tree, sumQuote, insurance, markets },
    oracle,
    context: { hasher, profile: shape, parameters, domain: DOMAIN },
  };
}

/** Words of any kind, made as a valid operation would be but for details that go wrong now and then. */
export function randomWords(random: Random, situation: Situation): readonly bigint[] {
  const { state, oracle, context } = situation;
  const capacity = capacityOf(situation);
  const type = random.chance(1) ? Number(random.bits(4)) : Number(random.between(1n, 7n));
  const stray = random.chance(1);
  const terms = marketTerms(state, oracle, context.parameters);
  const all = Array.from({ length: capacity }, (_, index) => index);
  const open = all.filter((index) => isOpen(accountAt(state.tree, index)));
  const sick = open.filter((index) => health(accountAt(state.tree, index), terms) < 0n);
  const among = (list: readonly number[]) => list[Number(random.between(0n, BigInt(list.length || 1) - 1n))] ?? 0;
  const pick = () => (stray ? Number(random.spread(32)) : among(random.chance(13) ? open : all));
  const isTakeover = type === 4 || type === 5;
  const accountA = isTakeover && random.chance(12) ? among(random.chance(14) ? sick : [0]) : pick();
  const accountB = type === 5 && !random.chance(2) ? 0 : pick();
  const [a, b] = [accountA, accountB].map((index) => accountAt(state.tree, index % capacity)) as [Account, Account];
  const first = a.sizes.findIndex((size) => size !== 0n);
  const any = Number(random.between(0n, BigInt(oracle.markets.length - 1)));
  const market = stray ? Number(random.bits(4)) : type === 4 && first >= 0 ? first : any;
  const held = a.sizes[market] ?? 0n;
  const lots = held < 0n ? -held : held;
  const mark = oracle.markets[market]?.mark ?? 1n;
  const free: OperationFields = {
    ...NO_FIELDS,
    type,
    market,
    accountA,
    accountB,
    nonceA: a.nonce + random.between(random.chance(1) ? 0n : 1n, 3n),
    nonceB: b.nonce + random.between(random.chance(1) ? 0n : 1n, 3n),
    expiry: GENESIS_TIME + random.between(random.chance(1) ? -1n : 0n, 2n),
    size: lots !== 0n && random.chance(8) ? lots >> random.between(0n, 8n) : random.spread(random.chance(4) ? 40 : 12),
    price: random.chance(2) ? random.spread(27) : type === 4 && held > 0n ? (1n << 27n) - 1n : type === 4 ? 1n : mark,
    amount: random.spread(random.chance(2) ? 63 : 40),
    round: random.bits(40),
    loggedAt: random.chance(2) ? random.bits(40) : GENESIS_TIME + random.between(-1n, 3n),
    sender: random.bits(160),
  };
  return authorised(random, free, a, capacity);
}

/** Adds signatures, owners and keys; each is wrong now and then. */
function authorised(random: Random, fields: OperationFields, a: Account, capacity: number): readonly bigint[] {
  const words = encodeFields(fields);
  const message = operationMessage(hasher, DOMAIN, words);
  const junk = () => ({ r8x: random.bits(256) % FIELD, r8y: random.bits(256) % FIELD, s: random.bits(256) % FIELD });
  const signatureOf = (index: number) => (random.chance(1) ? junk() : sign(hasher, keyAt(index % capacity), message));
  const owner = random.chance(1) ? random.spread(160) : a.owner || ownerAt(fields.accountA % capacity);
  const key = keyAt(fields.accountA % capacity).publicKey;
  const opening = random.chance(1) ? { ...junk(), r8x: owner } : { r8x: owner, r8y: key.x, s: key.y };
  const isKeyed = fields.type === 1 || fields.type === 7;
  const payloadA = isKeyed ? opening : signatureOf(fields.accountA);
  const payloadB = fields.type === 2 ? { ...junk(), r8x: owner } : signatureOf(fields.accountB);
  return encodeFields({ ...fields, payloadA, payloadB });
}

/** Applies two operations, the second made for the state after the first. */
export function applyTwo(
  { state, oracle, context }: Situation,
  make: (now: Situation) => readonly bigint[],
): BatchResult {
  const first = make({ state, oracle, context });
  const middle = applyBatch(state, oracle, [first], context).next;
  return applyBatch(state, oracle, [first, make({ state: middle, oracle, context })], context);
}
