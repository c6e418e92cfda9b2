/** A small honest history made with the model, without a chain: deposits, trades, a refund, a payment, a falling price. */

import { AbiCoder, keccak256, toBeHex } from "ethers";
import type { Checkpoint } from "../../../verifier/check/checkpoints.ts";
import { bufferBpsDown, edgesOf, pricesOf } from "../../../verifier/check/edges.ts";
import type { IncidentEvent } from "../../../verifier/check/incidentCauses.ts";
import { keyDigest } from "../../../verifier/check/keyDigest.ts";
import type { GuardLimits } from "../../../verifier/check/limits.ts";
import type { VerificationKey } from "../../../verifier/check/verificationKey.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { domainOf } from "../../../verifier/model/domain.ts";
import { deriveKey, type SigningKey } from "../../../verifier/model/eddsa.ts";
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
import type { ClaimRecord, History, HistoryRecord, Place } from "../../../verifier/replay/history.ts";
import { recordIncidents } from "../../../verifier/replay/incidentLedger.ts";
import type { StoredIncident, VerifierContract } from "../../../verifier/replay/stored.ts";
import { makeTrapdoorKey } from "./trapdoorKey.ts";

const CHAIN_ID = 31337n;
const GUARD = "0x00000000000000000000000000000000000000aa";
const VAULT_SHORT = 7n;
const profile = PROFILES.dev;
const GENESIS_TIME = 1_700_000_000n;
const BLOCK_SEC = 12n;
const CLAIM_DELAY_SEC = 60n;
export const FAR = 2_000_000_000n;

/** The guard's own immutables. */
export const LIMITS: GuardLimits = {
  ...{ claimDelaySec: CLAIM_DELAY_SEC, cureSec: 30n, haltCureSec: 120n },
  ...{ proofDeadlineSec: 600n, roundDeadlineSec: 600n },
  ...{
    unauthorisedLimit: 8n,
    unauthorisedStepMs: 10_000n,
    unauthorisedPauseSec: 100n,
    ...{ hasUptimeFeed: false, graceSec: 0n, exitDelaySec: 7_200n },
  },
  ...{ outflowWindowSec: 3_600n, outflowBps: 2_500n, outflowFloor: 10_000n },
};

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

/** What the guard records of incidents, from the block's time and what is owed before the record. */
type Says = (time: bigint, stake: bigint) => readonly IncidentEvent[];

interface Version {
  readonly checkpoint: Checkpoint;
  readonly head: bigint;
  readonly state: State;
}

/** Slots of all reporters. */
export const ALL: readonly number[] = [0, 1, 2, 3];

const headOf = (log: readonly (readonly bigint[])[]): bigint =>
  log.reduce((head, words) => keccakOfWords([head, ...words]), 0n);

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
  private claims: { owner: string; amount: bigint; payableAt: bigint; paid: boolean; isVoid: boolean }[] = [];
  private deposited = 0n;
  private everArrived = 0n;
  private paidTotal = 0n;
  private forks = 0;
  private readonly invented = new Set<readonly bigint[]>();
  private incidents: readonly StoredIncident[] = [];
  private versions: Version[];
  private vaultShortSince = 0n;
  private block = 1;

  constructor(hasher: Hasher) {
    this.hasher = hasher;
    this.state = genesisState(hasher, profile);
    this.versions = [];
    this.versions = [this.version(GENESIS_TIME, 0n)];
  }

  logged(operation: Operation, keys: { first?: SigningKey; second?: SigningKey } = {}): this {
    const place = this.place();
    const signed = signOperation(this.hasher, this.domain, operation, keys);
    const words = encodeOperation({ ...signed, round: this.oracle.round, loggedAt: place.blockTime, sender: 0x55n });
    if (operation.type === "deposit") this.deposited += operation.amount;
    this.everArrived += operation.type === "deposit" ? operation.amount : 0n;
    this.records.push({ kind: "operation", place, index: BigInt(this.log.length), words });
    this.log.push(words);
    return this;
  }

  /** @param says what the guard records of incidents, from the time of the block */
  round(prices: readonly bigint[], reporters = ALL, says: Says = () => []): this {
    const place = this.place();
    const incidents = this.noted(says, place);
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
      incidents,
      uptime: [],
    });
    this.oracle = next;
    this.oracles.push(next);
    this.tvl = BigInt.asUintN(63, this.totalsWord);
    return this;
  }

  /** @param claims what the guard is meant to create */
  batch(count: number, claims: readonly Omit<ClaimRecord, "id">[] = [], says: Says = () => []): this {
    const place = this.place();
    const incidents = this.noted(says, place);
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
      event: {
        ...{ firstOperation, count: BigInt(count), round, newStateRoot, outcomeWord, totalsWord },
        ...{ box, lossWord, arrived: this.arrivedBefore(this.settled + count) },
      },
      incidents,
      uptime: [],
      claims: claims.map((claim, index) => ({ id: BigInt(this.claims.length + index), ...claim })),
    });
    this.claims.push(
      ...claims.map((claim) => ({
        ...claim,
        payableAt: place.blockTime + CLAIM_DELAY_SEC,
        paid: false,
        isVoid: false,
      })),
    );
    this.settled += count;
    this.state = next;
    this.box = box;
    this.totalsWord = totalsWord;
    this.lossWord = lossWord;
    this.versions.push(this.version(place.blockTime, this.versions.at(-1)?.head ?? 0n));
    return this;
  }

  /** @param amount of the claim, quote units; all of it by default */
  pays(id: number, amount?: bigint): this {
    const claim = this.claims[id];
    if (claim === undefined) throw new RangeError(`no claim ${id}`);
    const part = amount ?? claim.amount;
    this.records.push({ kind: "payment", place: this.place(), id: BigInt(id), owner: claim.owner, amount: part });
    claim.amount -= part;
    claim.paid = claim.amount === 0n;
    this.paidTotal += part;
    return this;
  }

  /** A deposit that an engine logs although no tokens have come. */
  invents(operation: Operation & { readonly type: "deposit" }): this {
    this.logged(operation);
    this.invented.add(this.log.at(-1) ?? []);
    this.deposited -= operation.amount;
    this.everArrived -= operation.amount;
    return this;
  }

  /** Tokens that come to the vault from anywhere, without a deposit. */
  receives(amount: bigint): this {
    this.deposited += amount;
    return this;
  }

  /** Blocks without any transaction. */
  waits(blocks: number): this {
    this.block += blocks;
    return this;
  }

  /** An incident that no proof brings. */
  incident(says: Says): this {
    const place = this.place();
    for (const event of this.noted(says, place))
      this.records.push({ kind: "incident", place, event, held: this.held() });
    return this;
  }

  rollsBack(settled: number, cause: bigint, says: Says): this {
    const place = this.place();
    const incidents = this.noted(says, place);
    const at = this.versions.findIndex(({ checkpoint }) => checkpoint.settled === BigInt(settled));
    const target = this.versions[at];
    if (target === undefined) throw new RangeError(`no version with ${settled} operations`);
    const { stateRoot: newStateRoot, claimCount, box, totalsWord, lossWord } = target.checkpoint;
    const abandonedCount = BigInt(this.log.length - settled);
    this.records.push({
      kind: "rollback",
      place,
      event: {
        ...{ cause, settled: BigInt(settled), abandonedSettled: BigInt(this.settled), newStateRoot },
        ...{ firstVoidClaim: claimCount, voidClaims: BigInt(this.claims.length) - claimCount },
      },
      fork: {
        ...{ fork: BigInt(this.forks), fromIndex: BigInt(settled), abandonedCount, abandonedHead: headOf(this.log) },
      },
      incidents,
      uptime: [],
      vault: { held: this.held(), arrived: this.everArrived },
    });
    this.forks += 1;
    this.log = this.log.slice(0, settled);
    this.versions = this.versions.slice(0, at + 1);
    for (const claim of this.claims.slice(Number(claimCount))) claim.isVoid = true;
    Object.assign(this, { settled, state: target.state, box, totalsWord, lossWord });
    return this;
  }

  private held(): bigint {
    return this.deposited - this.paidTotal;
  }

  private unpaid(): bigint {
    return this.claims.reduce((sum, { amount, isVoid }) => (isVoid ? sum : sum + amount), 0n);
  }

  /** Tokens of the deposits among the first operations of the log. */
  private arrivedBefore(count: number): bigint {
    const first = this.log.slice(0, count).filter((words) => !this.invented.has(words));
    const deposits = first.filter(([head = 0n]) => BigInt.asUintN(4, head) === 1n);
    return deposits.reduce((sum, [, terms = 0n]) => sum + BigInt.asUintN(63, terms >> 67n), 0n);
  }

  private noted(says: Says, place: Place): readonly IncidentEvent[] {
    const events = says(place.blockTime, BigInt.asUintN(63, this.totalsWord));
    this.incidents = recordIncidents(this.incidents, events, place);
    for (const { cause, phase } of events)
      if (cause === VAULT_SHORT) this.vaultShortSince = phase === "detected" ? place.blockTime : 0n;
    return events;
  }

  private version(provenAt: bigint, head: bigint): Version {
    const { state, box, totalsWord, lossWord, settled, claims, paidTotal } = this;
    const checkpoint = {
      ...{ stateRoot: stateRoot(this.hasher, state), box, totalsWord, lossWord },
      ...{ logHead: headOf(this.log.slice(0, settled)), settled: BigInt(settled) },
      ...{ arrived: this.arrivedBefore(settled), claimCount: BigInt(claims.length) },
      ...{ unpaidClaims: this.unpaid(), paidTotal, provenAt },
    };
    const types = ["bytes32", ...Array.from({ length: 11 }, () => "uint256")];
    const words = [toBeHex(head, 32), ...Object.values(checkpoint)];
    return { checkpoint, state, head: BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(types, words))) };
  }

  /** Accounts and prices after the last record. */
  now(): { readonly state: State; readonly oracle: OracleState } {
    return { state: this.state, oracle: this.oracle };
  }

  build(): History {
    const reporterKeys = REPORTERS.map(({ publicKey }) => publicKey);
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
        limits: LIMITS,
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
        checkpointHead: this.versions.at(-1)?.head ?? 0n,
        unpaidClaims: this.unpaid(),
        incidents: this.incidents,
        vaultShortSince: this.vaultShortSince,
        council: null,
        buffers: pricesOf(this.state, this.oracle).map((prices, m) =>
          bufferBpsDown(edges[m] ?? { floor: null, ceiling: null }, prices),
        ),
        claims: this.claims,
        operationCount: BigInt(this.log.length),
        logHead: headOf(this.log),
        vaultBalance: this.held(),
        hall: null,
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
