// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {GuardBase} from "./GuardBase.sol";

/// @title What the guard remembers beside the proven words: payments, checkpoints, alarms, incidents, senders, the council.
abstract contract GuardRecords is GuardBase {
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

    /* storage, after GuardBase's: 13 held-times | 14 payments | 15 checkpoint head | 16 alarm | 17-19 mappings | 20 void claims */
    /// @dev Per market 64 bits: unix seconds until which Stressed (32) and Broken (32) are held.
    uint256 internal _heldWord;
    Payments internal _payments;
    /// @inheritdoc IHomeostat
    bytes32 public checkpointHead;
    Alarm internal _alarm;
    mapping(uint256 key => uint256 incidentWord) internal _incidents;
    /// @dev Unix milliseconds at which a sender's unauthorised operations are forgotten.
    mapping(address sender => uint256 forgottenAtMs) internal _senders;
    mapping(uint256 market => uint256 councilWord) internal _councilWords;
    /// @dev See VoidRanges.
    uint256[] internal _voidClaims;

    function _requireMarket(uint256 market) internal view {
        if (market >= markets) revert UnknownMarket(market, markets);
    }
}
