/** Every number of a deployment that is not a parameter of the circuits, with its unit and its reason. */

/** The guard's numbers; times in seconds. @see contracts/interfaces/HomeostatTypes.sol Limits */
export interface GuardLimits {
  readonly claimDelaySec: number;
  readonly cureSec: number;
  readonly calmSec: number;
  readonly haltCureSec: number;
  readonly proofDeadlineSec: number;
  readonly roundDeadlineSec: number;
  readonly maxReportAgeSec: number;
  readonly futureToleranceSec: number;
  readonly graceSec: number;
  readonly unauthorisedLimit: number;
  readonly unauthorisedWindowSec: number;
  readonly unauthorisedPauseSec: number;
  readonly senderLimit: number;
  readonly outflowWindowSec: number;
  /** Basis points. */
  readonly outflowBps: number;
  /** Quote units. */
  readonly outflowFloor: bigint;
  readonly exitDelaySec: number;
  /** Blocks. */
  readonly exitBlocks: number;
  readonly exitShareSec: number;
}

/** What the engine charges and takes. @see contracts/interfaces/IMarginEngine.sol EngineLimits */
export interface EngineLimits {
  /** Token units = quote units, 1e-6 of a dollar with a token of 6 decimals. */
  readonly minimumDeposit: bigint;
  /** Token units. */
  readonly vaultCap: bigint;
  /** Wei of the native token for each operation. */
  readonly feeWei: bigint;
}

export const DEFAULT_GUARD_LIMITS: GuardLimits = {
  claimDelaySec: 3600, // time for anyone to check a proof again before money leaves for good
  cureSec: 60, // five blocks of 12 s: one Liquidate or Backstop by anyone clears a breach in that time
  calmSec: 300, // 25 blocks: a price that swings around a bound changes what is allowed ten times an hour at most
  haltCureSec: 900, // 75 blocks: backstop and loss sharing were possible many times over; what is left is real
  proofDeadlineSec: 1800, // a second prover, starting from nothing, catches up in less
  roundDeadlineSec: 900, // prices older than a quarter of an hour are no basis for payments
  maxReportAgeSec: 120, // ten blocks: gathering a quorum, proving (seconds) and inclusion
  futureToleranceSec: 60, // clocks of reporters and block producers differ by seconds, not minutes
  graceSec: 600, // provers and reporters come back within minutes of the chain itself
  unauthorisedLimit: 512, // by the default fee 0.5 of the native token to reach, and again for each hour to hold
  unauthorisedWindowSec: 3600,
  unauthorisedPauseSec: 1800, // long enough to find who posts them; another pause needs as many operations again
  senderLimit: 16, // an honest matcher posts a few whose signer changed the key meanwhile; a flood is refused after one batch
  outflowWindowSec: 3600, // as long as a claim waits: two looks at whatever leaves
  outflowBps: 2500, // a bank run of a quarter an hour passes in an afternoon; a theft has hours to be noticed in
  outflowFloor: 100_000_000n, // 100 dollars: a small vault pays at once
  exitDelaySec: 7 * 86_400, // a week for any prover to come back, and for any user to hear of it
  exitBlocks: 25_200, // half of a week's blocks of 12 s: a chain that stood still does not use the week up
  exitShareSec: 86_400, // a day to show every loss that all share
};

export const DEFAULT_ENGINE_LIMITS: EngineLimits = {
  minimumDeposit: 10_000_000n, // 10 dollars: filling the tree of 65,536 accounts costs 655,360
  vaultCap: 1n << 62n, // what keeps every total within its 63 bits; a new protocol starts lower
  feeWei: 1_000_000_000_000_000n, // 0.001: a settlement costs about 210,000 gas an operation, 0.001 at 5 gwei
};
