// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "./HomeostatTypes.sol";

/// @title What the guard records, for those who follow it.
interface IHomeostatEvents {
    /// @notice Where the proven history begins; enough to recompute every root of it.
    /// @param oracleWords time word, then price word and risk word of each market
    event Genesis(
        uint256 stateRoot,
        uint256 oracleRoot,
        uint256[] oracleParameters,
        uint256[] marginParameters,
        uint256[] reporterKeys,
        uint256[] oracleWords
    );
    /// @notice A round became the current one. Its reports are in the transaction's calldata.
    event RoundProven(uint64 indexed round, uint64 timestamp, uint256 newOracleRoot);
    /// @notice Operations firstOperation to firstOperation + count - 1 were settled at the prices of `round`. With claims, payments
    ///         and logged words, this is all of the batch's checkpoint.
    /// @param arrived sum of the receipts of the log's deposits up to there, token units
    event BatchProven(
        uint256 indexed firstOperation,
        uint256 count,
        uint64 round,
        uint256 newStateRoot,
        uint256 outcomeWord,
        uint256 totalsWord,
        uint256 box,
        uint256 lossWord,
        uint256 arrived
    );
    /// @notice The proven state went back to an earlier checkpoint. What was settled after it is abandoned, and claims created after
    ///         it are void.
    /// @param cause RollbackCause
    /// @param settled operations settled at the checkpoint, and `abandonedSettled` before the rollback
    /// @param newStateRoot root of the checkpoint
    /// @param firstVoidClaim,voidClaims number of the first void claim, and how many follow with it
    event RolledBack(
        uint8 indexed cause,
        uint256 settled,
        uint256 abandonedSettled,
        uint256 newStateRoot,
        uint256 firstVoidClaim,
        uint256 voidClaims
    );
    /// @notice A breach of a market's box began or ended.
    /// @param breached whether maintenance is breached at the mark or the median
    /// @param bankrupt whether someone is bankrupt at the mark
    event BreachNoted(uint256 indexed market, bool breached, bool bankrupt);
    /// @notice The insurance account's proven deficit began (true) or ended (false).
    event DeficitNoted(bool deficit);
    /// @notice Someone is owed tokens: a valid withdrawal, or a deposit that had no effect.
    /// @param amount quote units
    event ClaimCreated(uint256 indexed id, address indexed owner, uint256 amount);
    /// @notice A claim was paid, or a part of it.
    /// @param amount quote units of this payment
    event ClaimPaid(uint256 indexed id, address indexed owner, uint256 amount);
    /// @notice The engine's hook failed after a settlement; the settlement stands.
    event SettlementHookFailed(uint256 indexed firstOperation, uint256 count, address prover);
    /// @notice A halt that can lead to Exit was noted (true), or its note ended (false).
    event HaltNoted(bool halted);
    /// @notice The vault was noted to hold less than it owes (true), or enough again (false).
    event VaultNoted(bool short);
    /// @notice The council restricted a market until a time, unix seconds.
    event Tightened(uint256 indexed market, Status level, uint256 until, uint256 cause);
    /// @notice The timelock ended the council's restriction of a market.
    event Lifted(uint256 indexed market);
    /// @notice An incident began. `cause` is of IncidentCause, `market` an index or 255 for all.
    /// @param detectedAt unix seconds; with cause and market the incident's key
    /// @param stake quote units: what everyone is owed, of a deficit its size
    event IncidentDetected(uint256 indexed cause, uint256 indexed market, uint256 detectedAt, uint256 stake);
    /// @notice An incident ended, or will end without anyone's doing at `recoveredAt`.
    /// @param containedAt when its restriction took effect, unix seconds; zero when it had none
    event IncidentRecovered(
        uint256 indexed cause,
        uint256 indexed market,
        uint256 detectedAt,
        uint256 containedAt,
        uint256 recoveredAt
    );
    /// @notice The guard entered Exit; nothing leads back. Unix seconds.
    event ExitEntered(uint256 exitAt);
}
