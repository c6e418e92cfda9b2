// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";
import {IHomeostatEvents} from "../interfaces/IHomeostatEvents.sol";
import {IProvenState} from "../interfaces/IProvenState.sol";

/// @title All that the guard stores, in order; and nothing else, so that RollbackModule, which runs in the guard's place, has it too.
// solhint-disable-next-line max-states-count
abstract contract GuardStorage is IHomeostatErrors, IHomeostatEvents, IProvenState {
    /// @dev Written by every round and batch. deficitSince and haltNotedAt in unix seconds, zero when there is none.
    struct Progress {
        uint48 settled;
        uint40 round;
        uint40 roundTimestamp;
        uint64 nextRoundTvl;
        uint32 deficitSince;
        uint32 haltNotedAt;
    }

    /// @dev Written by batches that create claims or hold unauthorised operations, and by payments. pausedUntil in unix seconds.
    struct Ledger {
        uint64 unauthorisedForgottenAtMs;
        uint64 claimCount;
        uint96 unpaidClaims;
        uint32 pausedUntil;
    }

    /// @dev Written by payments only: what was ever paid, the first claim of which nothing was paid and none after it,
    ///      and what left lately (quote units) as it was at outflowAt (unix seconds).
    struct Payments {
        uint96 paidTotal;
        uint64 paidBelow;
        uint64 outflowLevel;
        uint32 outflowAt;
    }

    /// @dev Zero in normal life. Times in unix seconds; haltNotedBlock is the block of Progress.haltNotedAt.
    struct Alarm {
        uint40 haltNotedBlock;
        uint40 vaultShortSince;
        uint40 rolledBackAt;
        uint40 exitAt;
    }

    /* storage: slots 0-3 state root and words | 4 progress | 5 since-times | 6 ledger | 7-10 price words | 11-12 mappings
       13 held-times | 14 payments | 15 checkpoint head | 16 alarm | 17-19 mappings | 20 void claims */
    /// @inheritdoc IProvenState
    uint256 public stateRoot;
    /// @inheritdoc IProvenState
    uint256 public box;
    /// @inheritdoc IProvenState
    uint256 public totalsWord;
    /// @inheritdoc IProvenState
    uint256 public lossWord;
    Progress internal _progress;
    /// @dev Per market 64 bits: unix seconds of the breach's beginning (32), of the bankruptcy's (32); zero when not.
    uint256 internal _sinceWord;
    Ledger internal _ledger;
    /// @dev As many as GuardParameters.MAX_MARKETS.
    uint256[4] internal _priceWords;
    /// @dev Kept for ever: an operation is judged at the round in which it was logged, however late its proof comes.
    mapping(uint256 round => uint256 root) internal _oracleRoots;
    mapping(uint256 id => uint256 claimWord) internal _claims;
    /// @dev Per market 64 bits: unix seconds until which Stressed (32) and Broken (32) are held.
    uint256 internal _heldWord;
    Payments internal _payments;
    /// @inheritdoc IProvenState
    bytes32 public checkpointHead;
    Alarm internal _alarm;
    mapping(uint256 key => uint256 incidentWord) internal _incidents;
    /// @dev Unix milliseconds at which a sender's unauthorised operations are forgotten.
    mapping(address sender => uint256 forgottenAtMs) internal _senders;
    mapping(uint256 market => uint256 councilWord) internal _councilWords;
    /// @dev See VoidRanges.
    uint256[] internal _voidClaims;
}
