/** Compares what the contracts answer at the head with what the replay derives. */
import type { Hasher } from "../model/hasher.ts";
import { encodePriceWord, oracleRoot } from "../model/oracle.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Profile } from "../model/profile.ts";
import { reporterSetRoot } from "../model/round.ts";
import { stateRoot } from "../model/state.ts";
import type { StoredClaim, StoredState } from "../replay/history.ts";
import { currentOracle, liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import { unpaidSum } from "./claims.ts";
import { bufferBpsDown, edgesOf, pricesOf } from "./edges.ts";
import type { CheckContext } from "./round.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";

const STORED = "the guard stores what the replay derives";

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
    claimsFinding(replayed, stored),
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

function claimsFinding(replayed: Replayed, { claims, claimDelaySec }: StoredState): Finding {
  const text = ({ owner, amount, paid, payableAt }: StoredClaim) =>
    `${amount} to ${owner} from ${payableAt}${paid ? ", paid" : ""}`;
  const derived = replayed.claims.map((claim) => text({ ...claim, payableAt: claim.createdAt + claimDelaySec }));
  return comparedLists("stored.claims", STORED, claims.map(text), derived);
}

/** Deposits not yet settled are in the vault too, so it may hold more. */
function vaultFinding(replayed: Replayed, stored: StoredState): Finding {
  const needed = liabilitiesIn(replayed.totalsWord) + unpaidSum(replayed.claims);
  if (stored.vaultBalance >= needed) return held("stored.vault");
  return violated("stored.vault", "the vault covers liabilities and unpaid claims", stored.vaultBalance, needed);
}
