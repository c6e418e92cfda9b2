// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {Alarms} from "../interfaces/HomeostatTypes.sol";
import {IncidentWord} from "../libraries/IncidentWord.sol";
import {LeakyCount} from "../libraries/LeakyCount.sol";
import {MarginBuffer} from "../libraries/MarginBuffer.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {GuardBase} from "./GuardBase.sol";

/// @title Reads of the proven words.
abstract contract GuardViews is GuardBase {
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
    function breachSince(uint256 market) public view returns (uint256 breached, uint256 bankrupt) {
        _requireMarket(market);
        return _sinceOf(market);
    }

    /// @inheritdoc IHomeostat
    function heldUntil(uint256 market) public view returns (uint256 stressedUntil, uint256 brokenUntil) {
        _requireMarket(market);
        uint256 times = _heldWord >> (64 * market);
        return (uint32(times), uint32(times >> 32));
    }

    /// @inheritdoc IHomeostat
    function alarms() external view returns (Alarms memory) {
        Alarm memory alarm = _alarm;
        return
            Alarms({
                haltNotedAt: _progress.haltNotedAt,
                haltNotedBlock: alarm.haltNotedBlock,
                vaultShortSince: alarm.vaultShortSince,
                rolledBackAt: alarm.rolledBackAt,
                exitAt: alarm.exitAt,
                pausedUntil: _ledger.pausedUntil
            });
    }

    /// @inheritdoc IHomeostat
    function incident(
        uint256 cause,
        uint256 market,
        uint256 detectedAt
    ) external view returns (IncidentWord.Incident memory) {
        return IncidentWord.decode(_incidents[IncidentWord.key(cause, market, detectedAt)]);
    }

    /// @inheritdoc IHomeostat
    function buffer(uint256 market) external view returns (int256) {
        uint256 word = _priceWordOf(market);
        return MarginBuffer.bufferBpsDown(MarginBuffer.edges(box, lossWord, word, market), PriceWord.mark(word));
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
}
