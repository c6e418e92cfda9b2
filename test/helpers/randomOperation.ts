import { type Account, isOpen } from "../../verifier/model/account.ts";
import { applyBatch, type BatchResult } from "../../verifier/model/batch.ts";
import { sign } from "../../verifier/model/eddsa.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { health } from "../../verifier/model/margin.ts";
import { operationMessage } from "../../verifier/model/operation.ts";
import { encodeFields, NO_FIELDS, type OperationFields } from "../../verifier/model/operationWords.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { accountAt } from "../../verifier/model/tree.ts";
import { DOMAIN, GENESIS_TIME, hasher, keyAt, ownerAt } from "./model/instance.ts";
import type { Random } from "./random.ts";
import type { Situation } from "./randomSituation.ts";

const capacityOf = ({ state }: Pick<Situation, "state">) => 2 ** state.tree.depth;

/** Words of any kind, made as a valid operation would be but for details that go wrong now and then. */
export function randomWords(random: Random, situation: Situation): readonly bigint[] {
  const { state, oracle, context } = situation;
  const capacity = capacityOf(situation);
  const type = random.chance(1) ? Number(random.bits(4)) : Number(random.between(1n, 8n));
  const stray = random.chance(1);
  const terms = marketTerms(state, oracle, context.parameters);
  const all = Array.from({ length: capacity }, (_, index) => index);
  const open = all.filter((index) => isOpen(accountAt(state.tree, index)));
  const sick = open.filter((index) => health(accountAt(state.tree, index), terms) < 0n);
  const among = (list: readonly number[]) => list[Number(random.between(0n, BigInt(list.length || 1) - 1n))] ?? 0;
  const pick = () => (stray ? Number(random.spread(32)) : among(random.chance(13) ? open : all));
  const isTakeover = type === 4 || type === 5;
  const shares = type === 8 && !random.chance(2);
  const accountA = shares ? 0 : isTakeover && random.chance(12) ? among(random.chance(14) ? sick : [0]) : pick();
  const accountB = shares || (type === 5 && !random.chance(2)) ? 0 : pick();
  const [a, b] = [accountA, accountB].map((index) => accountAt(state.tree, index % capacity)) as [Account, Account];
  const first = a.sizes.findIndex((size) => size !== 0n);
  const any = Number(random.between(0n, BigInt(oracle.markets.length - 1)));
  const market = stray
    ? Number(random.bits(4))
    : type === 8
      ? mostExposed(a, situation)
      : type === 4 && first >= 0
        ? first
        : any;
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
    restricted: random.chance(3),
  };
  return authorised(random, free, a, capacity);
}

/** The market with the largest notional of the account, or of the open interest when it has no position. */
function mostExposed({ sizes }: Account, { state, oracle }: Situation): number {
  const isFlat = sizes.every((size) => size === 0n);
  const notionals = oracle.markets.map(({ mark }, market) => {
    const size = isFlat ? state.markets[market]!.openInterest : sizes[market]!;
    return (size < 0n ? -size : size) * mark;
  });
  return notionals.reduce((best, notional, market) => (notional > notionals[best]! ? market : best), 0);
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
