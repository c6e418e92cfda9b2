// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice What is allowed, from everything to nothing. Derived at each read, never stored.
/// @dev Exit is part of the numbering that followers share; no rule of this version leads to it.
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
struct Bindings {
    address engine;
    address token;
    address roundVerifier;
    address batchVerifier;
    bytes32 roundVerifierCodehash;
    bytes32 batchVerifierCodehash;
}

/// @notice Sizes of the two circuits; they belong to the verifiers' keys.
struct Shape {
    uint8 markets;
    uint8 operations;
    uint8 reporters;
}

/// @notice The guard's times, in seconds, and the one count. scripts/deploy/defaults.ts gives values and reasons.
/// @param claimDelaySec from settlement to payment of a claim
/// @param cureSec how long a breach may last before it has consequences for its market
/// @param haltCureSec how long a bankruptcy or deficit may last before everything halts
/// @param proofDeadlineSec age of the oldest unproven operation that halts
/// @param roundDeadlineSec age of the last oracle round that halts
/// @param maxReportAgeSec oldest median report time that a new round may have
/// @param futureToleranceSec how far a round's time may lie ahead of the block's
/// @param unauthorisedLimit unauthorised operations that may happen at once without a halt
/// @param unauthorisedWindowSec time in which that many are forgotten
struct Limits {
    uint32 claimDelaySec;
    uint32 cureSec;
    uint32 haltCureSec;
    uint32 proofDeadlineSec;
    uint32 roundDeadlineSec;
    uint32 maxReportAgeSec;
    uint32 futureToleranceSec;
    uint32 unauthorisedLimit;
    uint32 unauthorisedWindowSec;
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
