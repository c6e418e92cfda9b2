// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IncidentWord} from "../libraries/IncidentWord.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {GuardStorage} from "./GuardStorage.sol";

/// @title When each incident was detected, contained and recovered, and what was at stake: one slot an incident.
abstract contract IncidentLedger is GuardStorage {
    /// @dev An incident begins now.
    function _detect(uint256 cause, uint256 market, uint256 stake) internal {
        _open(cause, market, block.timestamp, IncidentWord.Incident(block.number, 0, 0, 0, stake));
    }

    /// @dev An incident that began at `detectedAt` ends now. `containedAt` is zero when it had no consequences.
    function _recover(uint256 cause, uint256 market, uint256 detectedAt, uint256 containedAt) internal {
        uint256 key = IncidentWord.key(cause, market, detectedAt);
        IncidentWord.Incident memory i = IncidentWord.decode(_incidents[key]);
        (i.containedAt, i.recoveredBlock, i.recoveredAt) = (containedAt, block.number, block.timestamp);
        _incidents[key] = IncidentWord.encode(i);
        emit IncidentRecovered(cause, market, detectedAt, containedAt, block.timestamp);
    }

    /// @dev An incident that restricts from now until a time known already; no transaction need end it.
    function _detectUntil(uint256 cause, uint256 market, uint256 until) internal {
        IncidentWord.Incident memory i = IncidentWord.Incident(block.number, block.timestamp, 0, until, _stake());
        _open(cause, market, block.timestamp, i);
        emit IncidentRecovered(cause, market, block.timestamp, block.timestamp, until);
    }

    /// @dev An incident that time alone began, at `detectedAt` and in a block that nobody saw, and that ends now.
    function _recordPast(uint256 cause, uint256 market, uint256 detectedAt) internal {
        IncidentWord.Incident memory i = IncidentWord.Incident(0, detectedAt, block.number, block.timestamp, _stake());
        _open(cause, market, detectedAt, i);
        emit IncidentRecovered(cause, market, detectedAt, detectedAt, block.timestamp);
    }

    /// @dev What everyone together is owed, quote units.
    function _stake() internal view returns (uint256) {
        return StateWords.liabilities(totalsWord);
    }

    function _open(uint256 cause, uint256 market, uint256 detectedAt, IncidentWord.Incident memory i) private {
        _incidents[IncidentWord.key(cause, market, detectedAt)] = IncidentWord.encode(i);
        emit IncidentDetected(cause, market, detectedAt, i.stake);
    }
}
