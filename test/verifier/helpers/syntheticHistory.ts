/** A small honest history made with the model, without a chain: deposits, trades, a refund, a payment, a falling price. */

import { bufferBpsDown, edgesOf, pricesOf } from "../../../verifier/check/edges.ts";
import { keyDigest } from "../../../verifier/check/keyDigest.ts";
import type { VerificationKey } from "../../../verifier/check/verificationKey.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { domainOf } from "../../../verifier/model/domain.ts";
import { deriveKey, NO_SIGNATURE, type SigningKey } from "../../../verifier/model/eddsa.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import {
  encodeOracle,
  encodePriceWord,
  genesisOracle,
  type OracleState,
  oracleRoot,
} from "../../../verifier/model/oracle.ts";
import { marginParameterWords, oracleParameterWords, type Parameters } from "../../../verifier/model/parameters.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { signReport } from "../../../verifier/model/report.ts";
import { applyRound, reporterSetRoot } from "../../../verifier/model/round.ts";
import { signOperation } from "../../../verifier/model/signOperation.ts";
import { genesisState, type State, stateRoot } from "../../../verifier/model/state.ts";
import { keccakOfWords } from "../../../verifier/model/words.ts";
import type { ClaimRecord, History, HistoryRecord, Place, VerifierContract } from "../../../verifier/replay/history.ts";
import { makeTrapdoorKey } from "./trapdoorKey.ts";

const CHAIN_ID = 31337n;
const GUARD = "0x00000000000000000000000000000000000000aa";
const profile = PROFILES.dev;
const GENESIS_TIME = 1_700_000_000n;
const BLOCK_SEC = 12n;
const CLAIM_DELAY_SEC = 60n;
const FAR = 2_000_000_000n;

const oracleMarket = {
  varianceFloor: 8_710n,
  timeConstantSec: 300n,
  horizonSec: 300n,
  maintenanceBase: 52_429n,
  maintenanceMax: 209_715n,
  maintenanceStep: 40_000n,
  initialBase: 104_858n,
  initialMax: 524_288n,
  initialMultiple: 48n,
  cooldownSec: 60n,
  fundingCap: 1_000n,
  anchorRate: 262_144n,
  anchorSec: 3_600n,
  escalationSec: 600n,
};
const marginMarket = {
  sizeSlope: 1n,
  openInterestSlope: 0n,
  bandRate: 52_429n,
  discountRate: 10_486n,
  penaltyRate: 5_243n,
};

/** Parameters of the synthetic instance; valid. */
export const PARAMETERS: Parameters = {
  oracle: {
    tvlTier: [1_000_000n, 2_000_000n, 3_000_000n],
    deviationSquared: [64n, 64n, 49n, 36n],
    markets: [oracleMarket, oracleMarket],
  },
  margin: { minimumMargin: 1_000n, staleSec: 120n, markets: [marginMarket, marginMarket] },
};

export const KEYS = { OracleRound: makeTrapdoorKey(8 + profile.markets), MarginBatch: makeTrapdoorKey(11) };

/** A contract whose code holds the key's numbers, as the generated one does. */
function contractOf(key: VerificationKey): VerifierContract {
  const g1 = [key.alpha, ...key.signalPoints].map((point) => point.toAffine()).flatMap(({ x, y }) => [x, y]);
  const g2 = [key.beta, key.gamma, key.delta].flatMap((point) => [point.toAffine().x, point.negate().toAffine().y]);
  const numbers = [...g1, ...g2.flatMap(({ c0, c1 }) => [c0, c1])];
  return {
    keyDigest: keyDigest(key),
    devSetup: true,
    code: `0x${numbers.map((number) => number.toString(16).padStart(64, "0")).join("7f")}`,
  };
}

const keyOf = (seed: number): SigningKey => deriveKey(new Uint8Array(32).fill(seed));
export const REPORTERS = [1, 2, 3, 4].map(keyOf);
export const USERS = [21, 22, 23].map(keyOf);
export const OWNERS = [0xa1n, 0xa2n, 0xa3n];

/** Builds records one by one; every method stands for one transaction in a block of its own. */
export class HistoryBuilder {
  readonly hasher: Hasher;
  readonly domain = domainOf(CHAIN_ID, GUARD);
  readonly records: HistoryRecord[] = [];
  private readonly genesisOracle = genesisOracle(PARAMETERS, GENESIS_TIME, [10_000n, 20_000n]);
  private oracle: OracleState = this.genesisOracle;
  private oracles: OracleState[] = [this.genesisOracle];
  private state: State;
  private box = 0n;
  private totalsWord = 0n;
  private lossWord = (1n << 25n) | (1n << 51n) | (1n << 77n) | (1n << 103n);
  private tvl = 0n;
  private log: (readonly bigint[])[] = [];
  private settled = 0;
  private claims: { owner: string; amount: bigint; payableAt: bigint; paid: boolean }[] = [];
  private deposited = 0n;
  private block = 1;

  constructor(hasher: Hasher) {
    this.hasher = hasher;
    this.state = genesisState(hasher, profile);
  }

  logged(operation: Operation, keys: { first?: SigningKey; second?: SigningKey } = {}): this {
    const place = this.place();
    const signed = signOperation(this.hasher, this.domain, operation, keys);
    const words = encodeOperation({ ...signed, round: this.oracle.round, loggedAt: place.blockTime, sender: 0x55n });
    if (operation.type === "deposit") this.deposited += operation.amount;
    this.records.push({ kind: "operation", place, index: BigInt(this.log.length), words });
    this.log.push(words);
    return this;
  }

  round(prices: readonly bigint[], reporters: readonly number[] = [0, 1, 2, 3]): this {
    const place = this.place();
    const report = { timestamp: place.blockTime - 1n, prices, fundingRates: [100n, 0n] };
    const words = REPORTERS.flatMap((key, slot) =>
      reporters.includes(slot) ? signReport(this.hasher, key, this.domain, report) : [0n, 0n, 0n, 0n],
    );
    const reporterKeys = REPORTERS.map(({ publicKey }) => publicKey);
    const { next, signals, publicSignals } = applyRound(this.oracle, words, {
      hasher: this.hasher,
      profile,
      parameters: PARAMETERS,
      reporterKeys,
      domain: this.domain,
      tvl: this.tvl,
    });
    const event = { round: next.round, timestamp: next.timestamp, newOracleRoot: signals.newOracleRoot };
    this.records.push({
      kind: "round",
      place,
      update: { ...event, dataCommitment: signals.dataCommitment },
      words,
      priceWords: signals.priceWords,
      proof: KEYS.OracleRound.prove(publicSignals),
      event,
    });
    this.oracle = next;
    this.oracles.push(next);
    this.tvl = BigInt.asUintN(63, this.totalsWord);
    return this;
  }

  /** @param claims what the guard is meant to create */
  batch(count: number, claims: readonly Omit<ClaimRecord, "id">[] = []): this {
    const place = this.place();
    const operations = this.log.slice(this.settled, this.settled + count);
    const round = BigInt.asUintN(40, operations[0]?.[2] ?? 0n);
    const oracle = this.oracles[Number(round)] ?? this.oracle;
    const context = { hasher: this.hasher, profile, parameters: PARAMETERS, domain: this.domain };
    const { next, signals, publicSignals } = applyBatch(this.state, oracle, operations, context);
    const { newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment } = signals;
    const firstOperation = BigInt(this.settled);
    this.records.push({
      kind: "batch",
      place,
      update: { firstOperation, newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment },
      operations,
      proof: KEYS.MarginBatch.prove(publicSignals),
      event: { firstOperation, count: BigInt(count), round, newStateRoot, outcomeWord, totalsWord },
      claims: claims.map((claim, index) => ({ id: BigInt(this.claims.length + index), ...claim })),
    });
    this.claims.push(
      ...claims.map((claim) => ({ ...claim, payableAt: place.blockTime + CLAIM_DELAY_SEC, paid: false })),
    );
    this.settled += count;
    this.state = next;
    this.box = box;
    this.totalsWord = totalsWord;
    this.lossWord = lossWord;
    return this;
  }

  pays(id: number): this {
    const claim = this.claims[id];
    if (claim === undefined) throw new RangeError(`no claim ${id}`);
    this.records.push({
      kind: "payment",
      place: this.place(),
      id: BigInt(id),
      owner: claim.owner,
      amount: claim.amount,
    });
    claim.paid = true;
    return this;
  }

  /** Accounts and prices after the last record. */
  now(): { readonly state: State; readonly oracle: OracleState } {
    return { state: this.state, oracle: this.oracle };
  }

  build(): History {
    const reporterKeys = REPORTERS.map(({ publicKey }) => publicKey);
    const paid = this.claims.reduce((sum, claim) => (claim.paid ? sum + claim.amount : sum), 0n);
    const edges = edgesOf(this.box, profile.markets);
    return {
      chainId: CHAIN_ID,
      guard: GUARD,
      head: { number: this.block, hash: "0xhead", time: this.timeOf(this.block) },
      genesis: {
        place: { block: 1, blockTime: GENESIS_TIME, transaction: "0xgenesis" },
        stateRoot: stateRoot(this.hasher, genesisState(this.hasher, profile)),
        oracleRoot: oracleRoot(this.hasher, this.genesisOracle, PARAMETERS),
        oracleParameters: oracleParameterWords(PARAMETERS.oracle),
        marginParameters: marginParameterWords(PARAMETERS.margin),
        reporterKeys: reporterKeys.flatMap(({ x, y }) => [x, y]),
        oracleWords: encodeOracle(this.genesisOracle),
      },
      records: this.records,
      stored: {
        domain: this.domain,
        shape: [profile.markets, profile.operations, profile.reporters].map(BigInt),
        claimDelaySec: CLAIM_DELAY_SEC,
        staleSec: PARAMETERS.margin.staleSec,
        reporterSetRoot: reporterSetRoot(this.hasher, reporterKeys),
        round: this.oracle.round,
        roundTimestamp: this.oracle.timestamp,
        oracleRoot: oracleRoot(this.hasher, this.oracle, PARAMETERS),
        priceWords: this.oracle.markets.map(encodePriceWord),
        stateRoot: stateRoot(this.hasher, this.state),
        box: this.box,
        totalsWord: this.totalsWord,
        lossWord: this.lossWord,
        settled: BigInt(this.settled),
        nextRoundTvl: this.tvl,
        buffers: pricesOf(this.state, this.oracle).map((prices, m) =>
          bufferBpsDown(edges[m] ?? { floor: null, ceiling: null }, prices),
        ),
        claims: this.claims,
        operationCount: BigInt(this.log.length),
        logHead: this.log.reduce((head, words) => keccakOfWords([head, ...words]), 0n),
        vaultBalance: this.deposited - paid,
        verifiers: { OracleRound: contractOf(KEYS.OracleRound.key), MarginBatch: contractOf(KEYS.MarginBatch.key) },
      },
    };
  }

  private place(): Place {
    this.block += 1;
    return { block: this.block, blockTime: this.timeOf(this.block), transaction: `0x${this.block}` };
  }

  private timeOf(block: number): bigint {
    return GENESIS_TIME + BLOCK_SEC * BigInt(block);
  }
}

const deposit = (account: number, amount: bigint): Operation => ({
  type: "deposit",
  account,
  amount,
  owner: OWNERS[account - 1] ?? 0n,
  key: USERS[account - 1]?.publicKey ?? { x: 0n, y: 0n },
});
const address = (owner: bigint) => `0x${owner.toString(16).padStart(40, "0")}`;

/** Two traders, a withdrawal that is paid, a refund that waits, an unauthorised withdrawal, and a fall that leaves one below margin. */
export function honestHistory(hasher: Hasher): HistoryBuilder {
  const [first, second] = USERS;
  if (first === undefined || second === undefined) throw new RangeError("two users are needed");
  const withdraw = {
    type: "withdraw",
    account: 2,
    amount: 5_000n,
    owner: OWNERS[1] ?? 0n,
    nonce: 2n,
    expiry: FAR,
    signature: NO_SIGNATURE,
  } as const;
  const trade = {
    type: "trade",
    market: 0,
    buyer: 1,
    seller: 2,
    size: 40n,
    price: 10_010n,
    fee: 7n,
    buyerNonce: 1n,
    sellerNonce: 1n,
    expiry: FAR,
    buyerSignature: NO_SIGNATURE,
    sellerSignature: NO_SIGNATURE,
  } as const;
  return new HistoryBuilder(hasher)
    .logged(deposit(1, 60_000n))
    .logged(deposit(2, 90_000n))
    .batch(2)
    .round([10_010n, 20_000n])
    .logged(trade, { first, second })
    .logged(withdraw, { first: second })
    .batch(2, [{ owner: address(OWNERS[1] ?? 0n), amount: 5_000n }])
    .round([10_005n, 0n], [0, 1, 3])
    .logged({ ...deposit(3, 777n), key: { x: 1n, y: 1n } } as Operation)
    .logged({ ...withdraw, amount: 1n, nonce: 3n }, { first })
    .batch(2, [{ owner: address(OWNERS[2] ?? 0n), amount: 777n }])
    .round([9_900n, 19_990n])
    .round([9_500n, 19_990n])
    .pays(0)
    .round([8_700n, 19_990n])
    .round([8_700n, 19_990n])
    .logged({ type: "recertify", account: 1, other: 2 });
}
