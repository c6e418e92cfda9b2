// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice What is allowed, from everything to nothing. Derived at each read, never stored.
/// @dev Ordered by severity. In Exit, which is final, everyone leaves and nothing else happens.
enum Status {
    Normal,
    Stressed,
    Broken,
    Halted,
    Exit
}

/// @notice What a prover says about a new oracle round, beside the reports themselves.
/// @param round number of the new round: one more than the last proven one
/// @param timestamp median of the counted reports' times, unix seconds
/// @param newOracleRoot hash of the oracle state after the round
/// @param dataCommitment Poseidon commitment to the report words
struct RoundUpdate {
    uint256 round;
    uint256 timestamp;
    uint256 newOracleRoot;
    uint256 dataCommitment;
}

/// @notice What a prover says about the state after a batch of operations, beside the operations themselves.
/// @param firstOperation index in the log of the batch's first operation: the number settled so far
/// @param newStateRoot root of accounts and totals after the batch
/// @param outcomeWord valid mask (16 bits), then counts of 8 bits: unauthorised, margin, price, malformed
/// @param box tightest certificate bound of every market and side, lanes of 31 bits
/// @param totalsWord liabilities (63 bits), insurance (63), deficit (76), quote units
/// @param lossWord loss indices of both sides of every market, 26 bits each, offset by 2^25, ticks
/// @param dataCommitment Poseidon commitment to the canonical operation words
struct BatchUpdate {
    uint256 firstOperation;
    uint256 newStateRoot;
    uint256 outcomeWord;
    uint256 box;
    uint256 totalsWord;
    uint256 lossWord;
    uint256 dataCommitment;
}

/// @notice The contracts that a guard is bound to for ever.
/// @param engine log of operations and vault of the protocol; it must name the guard as its own
/// @param token what the vault holds
/// @param council who may tighten for a bounded time; zero for nobody
/// @param timelock who may end a council's tightening early; zero exactly when there is no council
/// @param uptimeFeed AggregatorV3Interface of a chain that stops at times: answer 0 is up, startedAt since when; zero for none
/// @param exitHall where everyone leaves in Exit; zero for none
struct Bindings {
    address engine;
    address token;
    address roundVerifier;
    address batchVerifier;
    bytes32 roundVerifierCodehash;
    bytes32 batchVerifierCodehash;
    address council;
    address timelock;
    address uptimeFeed;
    address exitHall;
}

/// @notice Sizes of the two circuits; they belong to the verifiers' keys.
struct Shape {
    uint8 markets;
    uint8 operations;
    uint8 reporters;
}

/// @notice The guard's numbers; times in seconds. scripts/deploy/defaults.ts gives values and reasons.
/// @param claimDelaySec from settlement to payment of a claim; at least a minute, so that nothing leaves in its own block
/// @param cureSec how long a breach may last before it has consequences for its market
/// @param calmSec how long a restriction that took effect is held after its cause has gone
/// @param haltCureSec how long a bankruptcy or deficit may last before everything halts
/// @param proofDeadlineSec age of the oldest unproven operation that halts
/// @param roundDeadlineSec age of the last oracle round that halts
/// @param maxReportAgeSec oldest median report time that a new round may have
/// @param futureToleranceSec how far a round's time may lie ahead of the block's
/// @param graceSec how long nothing counts as late after the uptime feed says that the chain is up again
/// @param unauthorisedLimit unauthorised operations that may happen at once without a pause
/// @param unauthorisedWindowSec time in which that many are forgotten; a sender's too
/// @param unauthorisedPauseSec how long more than that many pause everything
/// @param senderLimit unauthorised operations of one sender at once, above which the engine refuses the sender
/// @param outflowWindowSec time in which the outflow limit renews itself
/// @param outflowBps what may leave in that time, of what the vault owes, basis points
/// @param outflowFloor what may leave in that time at least, quote units
/// @param exitDelaySec how long a noted halt lasts before everyone may leave without proofs of batches
/// @param exitBlocks how many blocks must be made in that time too: a chain that stands still lets nobody run out of time
/// @param exitShareSec how long after Exit begins losses and insurance are shown before anybody is paid
struct Limits {
    uint32 claimDelaySec;
    uint32 cureSec;
    uint32 calmSec;
    uint32 haltCureSec;
    uint32 proofDeadlineSec;
    uint32 roundDeadlineSec;
    uint32 maxReportAgeSec;
    uint32 futureToleranceSec;
    uint32 graceSec;
    uint32 unauthorisedLimit;
    uint32 unauthorisedWindowSec;
    uint32 unauthorisedPauseSec;
    uint32 senderLimit;
    uint32 outflowWindowSec;
    uint32 outflowBps;
    uint64 outflowFloor;
    uint32 exitDelaySec;
    uint32 exitBlocks;
    uint32 exitShareSec;
}

/// @notice Where the proven history begins. The contract publishes it; anyone can recompute it, and the verifier does.
/// @param oracleParameters,marginParameters flat lists behind the parameters' hashes; marginParameters[1] is staleSec
/// @param reporterKeys x and y of every reporter key, behind reporterSetRoot
/// @param oracleWords time word, then price word and risk word of each market
struct GenesisState {
    uint256 stateRoot;
    uint256 oracleRoot;
    uint256 reporterSetRoot;
    uint256[] oracleParameters;
    uint256[] marginParameters;
    uint256[] reporterKeys;
    uint256[] oracleWords;
}

/// @notice What is noted beside the proven words; zero when not. Times in unix seconds.
/// @param haltNotedAt,haltNotedBlock since when a halt that can lead to Exit is noted
/// @param vaultShortSince since when the vault is noted to hold less than it owes
/// @param rolledBackAt last rollback
/// @param exitAt when Exit began
/// @param pausedUntil end of the last pause after unauthorised operations
struct Alarms {
    uint256 haltNotedAt;
    uint256 haltNotedBlock;
    uint256 vaultShortSince;
    uint256 rolledBackAt;
    uint256 exitAt;
    uint256 pausedUntil;
}

/// @notice The proven state after a batch (or at genesis), as far as a rollback restores it. The guard keeps a hash chain of them.
/// @param box,totalsWord,lossWord as in BatchUpdate
/// @param logHead the log's keccak chain up to the last settled operation
/// @param settled operations settled
/// @param arrived sum of the receipts of the log's deposits up to there, token units
/// @param claimCount,unpaidClaims claims created so far, and the sum of those unpaid, quote units
/// @param paidTotal quote units ever paid to claims
/// @param provenAt unix seconds of the settlement
struct Checkpoint {
    uint256 stateRoot;
    uint256 box;
    uint256 totalsWord;
    uint256 lossWord;
    bytes32 logHead;
    uint48 settled;
    uint96 arrived;
    uint64 claimCount;
    uint96 unpaidClaims;
    uint96 paidTotal;
    uint40 provenAt;
}
