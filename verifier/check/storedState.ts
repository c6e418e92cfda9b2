/** Compares what the contracts answer at the head with what the replay derives. */
import type { Hasher } from "../model/hasher.ts";
import { encodePriceWord, oracleRoot } from "../model/oracle.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Profile } from "../model/profile.ts";
import { reporterSetRoot } from "../model/round.ts";
import { stateRoot } from "../model/state.ts";
import { currentCheckpoint, currentOracle, liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import type { StoredClaim, StoredIncident, StoredState } from "../replay/stored.ts";
import { unpaidSum } from "./claims.ts";
import { bufferBpsDown, edgesOf, pricesOf } from "./edges.ts";
import { causeName } from "./incidentCauses.ts";
import { STORED } from "./invariants.ts";
import type { CheckContext } from "./round.ts";
import { storedCouncilFindings } from "./storedCouncil.ts";
import { storedHallFinding } from "./storedHall.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";

export function checkStoredState(replayed: Replayed, stored: StoredState, context: CheckContext): readonly Finding[] {
  const { hasher, genesis, domain } = context;
  return [
    compared("stored.domain", "signatures and proofs are bound to this guard on this chain", stored.domain, domain),
    compared(
      "stored.reporterSetRoot",
      "proofs are bound to the published reporters",
      stored.reporterSetRoot,
      reporterSetRoot(hasher, genesis.reporterKeys),
    ),
    comparedLists("stored.shape", "the guard's sizes are the circuits'", stored.shape, shapeOf(genesis.profile)),
    compared(
      "stored.staleSec",
      "the guard and the circuit agree when a price is stale",
      stored.staleSec,
      genesis.parameters.margin.staleSec,
    ),
    ...oracleFindings(replayed, stored, hasher, genesis.parameters),
    ...stateFindings(replayed, stored, hasher),
    ...logFindings(replayed, stored),
    ...recordFindings(replayed, stored),
    claimsFinding(replayed, stored),
    storedHallFinding(replayed, stored),
    vaultFinding(replayed, stored),
  ];
}

function shapeOf({ markets, operations, reporters }: Profile): readonly bigint[] {
  return [BigInt(markets), BigInt(operations), BigInt(reporters)];
}

function oracleFindings(
  replayed: Replayed,
  stored: StoredState,
  hasher: Hasher,
  parameters: Parameters,
): readonly Finding[] {
  const oracle = currentOracle(replayed);
  const edges = edgesOf(replayed.box, oracle.markets.length);
  const buffers = pricesOf(replayed.state, oracle).map((prices, index) =>
    bufferBpsDown(edges[index] ?? { floor: null, ceiling: null }, prices),
  );
  return [
    compared("stored.round", STORED, stored.round, oracle.round),
    compared("stored.roundTimestamp", STORED, stored.roundTimestamp, oracle.timestamp),
    compared("stored.oracleRoot", STORED, stored.oracleRoot, oracleRoot(hasher, oracle, parameters)),
    comparedLists("stored.priceWords", STORED, stored.priceWords, oracle.markets.map(encodePriceWord)),
    compared("stored.nextRoundTvl", STORED, stored.nextRoundTvl, replayed.nextRoundTvl),
    comparedLists("stored.buffers", "the margin buffer follows from box and mark", stored.buffers, buffers),
  ];
}

function stateFindings(replayed: Replayed, stored: StoredState, hasher: Hasher): readonly Finding[] {
  return [
    compared("stored.stateRoot", STORED, stored.stateRoot, stateRoot(hasher, replayed.state)),
    compared("stored.box", STORED, stored.box, replayed.box),
    compared("stored.totalsWord", STORED, stored.totalsWord, replayed.totalsWord),
    compared("stored.lossWord", STORED, stored.lossWord, replayed.lossWord),
    compared("stored.settled", STORED, stored.settled, BigInt(replayed.settled)),
  ];
}

function logFindings(replayed: Replayed, stored: StoredState): readonly Finding[] {
  return [
    compared(
      "stored.operationCount",
      "every operation of the log was seen",
      stored.operationCount,
      BigInt(replayed.operations.length),
    ),
    compared("stored.logHead", "the keccak chain over the events is the log's", stored.logHead, replayed.logHead),
  ];
}

/** What the guard remembers beside the proven words. */
function recordFindings(replayed: Replayed, stored: StoredState): readonly Finding[] {
  const text = (incident: StoredIncident) => {
    const { detectedBlock, containedAt, recoveredBlock, recoveredAt, stake } = incident;
    const what = `${causeName(incident.cause)} of ${incident.market} at ${incident.detectedAt} in block ${detectedBlock}`;
    return `${what}: contained ${containedAt}, recovered ${recoveredAt} in block ${recoveredBlock}, stake ${stake}`;
  };
  return [
    compared(
      "stored.checkpointHead",
      "the hash chain of proven states is the guard's",
      stored.checkpointHead,
      currentCheckpoint(replayed).head,
    ),
    compared("stored.unpaidClaims", STORED, stored.unpaidClaims, unpaidSum(replayed.claims)),
    comparedLists("stored.incidents", STORED, stored.incidents.map(text), replayed.incidents.map(text)),
    compared("stored.vaultShortSince", STORED, stored.vaultShortSince, replayed.notes.vaultShortSince),
    ...storedCouncilFindings(replayed, stored),
  ];
}

function claimsFinding(replayed: Replayed, { claims, limits }: StoredState): Finding {
  const text = ({ owner, amount, paid, payableAt, isVoid }: StoredClaim) =>
    `${amount} to ${owner} from ${payableAt}${paid ? ", paid" : ""}${isVoid ? ", void" : ""}`;
  const derived = replayed.claims.map(({ owner, amount, paid, createdAt, isClosed, isVoid }) => {
    const payableAt = createdAt + limits.claimDelaySec;
    return text({ owner, amount: isClosed ? 0n : amount - paid, payableAt, paid: isClosed, isVoid });
  });
  return comparedLists("stored.claims", STORED, claims.map(text), derived);
}

/**
 * Deposits not yet settled are in the vault too, so it may hold more. Once the exit hall is open the vault holds what backed everyone
 * then, less what was paid since.
 */
function vaultFinding(replayed: Replayed, stored: StoredState): Finding {
  const { ratio, paid } = replayed.hall;
  if (ratio !== null) {
    if (stored.vaultBalance >= ratio.backed - paid) return held("stored.vault");
    const invariant = "the vault holds what backed everyone when the hall opened, less what was paid";
    return violated("stored.vault", invariant, stored.vaultBalance, ratio.backed - paid);
  }
  const needed = liabilitiesIn(replayed.totalsWord) + unpaidSum(replayed.claims);
  if (stored.vaultBalance >= needed) return held("stored.vault");
  return violated("stored.vault", "the vault covers liabilities and unpaid claims", stored.vaultBalance, needed);
}
