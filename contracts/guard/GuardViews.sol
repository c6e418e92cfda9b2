// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {LeakyCount} from "../libraries/LeakyCount.sol";
import {GuardRecords} from "./GuardRecords.sol";

/// @title Reads of the proven words.
abstract contract GuardViews is GuardRecords {
    /// @inheritdoc IHomeostat
    function round() external view returns (uint256) {
        return _progress.round;
    }

    /// @inheritdoc IHomeostat
    function roundTimestamp() external view returns (uint256) {
        return _progress.roundTimestamp;
    }

    /// @inheritdoc IHomeostat
    function oracleRoot() external view returns (uint256) {
        return _oracleRoots[_progress.round];
    }

    /// @inheritdoc IHomeostat
    function oracleRootOf(uint256 provenRound) external view returns (uint256) {
        return _oracleRoots[provenRound];
    }

    /// @inheritdoc IHomeostat
    function priceWord(uint256 market) external view returns (uint256) {
        return _priceWordOf(market);
    }

    /// @inheritdoc IHomeostat
    function nextRoundTvl() external view returns (uint256) {
        return _progress.nextRoundTvl;
    }

    /// @inheritdoc IHomeostat
    function settled() external view returns (uint256) {
        return _progress.settled;
    }

    /// @inheritdoc IHomeostat
    function deficitSince() external view returns (uint256) {
        return _progress.deficitSince;
    }

    /// @inheritdoc IHomeostat
    function breachSince(uint256 market) external view returns (uint256 breached, uint256 bankrupt) {
        _requireMarket(market);
        return _sinceOf(market);
    }

    /// @inheritdoc IHomeostat
    function unauthorisedLevel() external view returns (uint256) {
        return LeakyCount.level(_ledger.unauthorisedForgottenAtMs, unauthorisedStepMs);
    }

    function _priceWordOf(uint256 market) internal view returns (uint256) {
        _requireMarket(market);
        return _priceWords[market];
    }

    function _sinceOf(uint256 market) internal view returns (uint256 breached, uint256 bankrupt) {
        uint256 times = _sinceWord >> (64 * market);
        return (uint32(times), uint32(times >> 32));
    }

    function _requireMarket(uint256 market) private view {
        if (market >= markets) revert UnknownMarket(market, markets);
    }
}
