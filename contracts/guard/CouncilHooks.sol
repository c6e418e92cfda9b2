// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {ICouncilHooks} from "../interfaces/ICouncilHooks.sol";
import {CouncilWord} from "../libraries/CouncilWord.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {GuardBase} from "./GuardBase.sol";
import {IncidentLedger} from "./IncidentLedger.sol";

/// @title What a council may do: tighten, for a day at most, never twice in a row for one cause, and never without a rest between.
/// @dev Everything is kept by market, so that restrictions of one market and of all cannot take turns.
abstract contract CouncilHooks is GuardBase, IncidentLedger {
    uint256 private constant MAX_TIGHTEN_SEC = 1 days;
    uint256 private constant EVERY_MARKET = type(uint256).max;

    /// @inheritdoc ICouncilHooks
    function tighten(uint256 market, Status level, uint256 durationSec, uint8 cause) external {
        if (msg.sender != council) revert NotCouncil(msg.sender);
        if (level < Status.Stressed || level > Status.Halted) revert BadParameter("level", uint256(level));
        _inRange("durationSec", durationSec, 1, MAX_TIGHTEN_SEC);
        (uint256 first, uint256 end) = _rangeOf(market);
        uint256 until = block.timestamp + durationSec;
        for (uint256 m = first; m < end; ++m) {
            uint256 last = _councilWords[m];
            uint256 restUntil = CouncilWord.restUntil(last);
            if (block.timestamp < restUntil) revert CouncilMustWait(m, restUntil);
            if (last != 0 && CouncilWord.causeOf(last) == cause) revert CouncilRepeats(m, cause);
            _councilWords[m] = CouncilWord.encode(level, cause, block.timestamp, until);
            emit Tightened(m, level, until, cause);
            _detectUntil(IncidentCause.COUNCIL, m, until);
        }
    }

    /// @inheritdoc ICouncilHooks
    function lift(uint256 market) external {
        if (msg.sender != timelock) revert NotTimelock(msg.sender);
        (uint256 first, uint256 end) = _rangeOf(market);
        for (uint256 m = first; m < end; ++m) {
            uint256 last = _councilWords[m];
            if (CouncilWord.levelAt(last, block.timestamp) == Status.Normal) continue;
            _councilWords[m] = CouncilWord.endedAt(last, block.timestamp);
            emit Lifted(m);
            uint256 from = CouncilWord.fromOf(last);
            _recover(IncidentCause.COUNCIL, m, from, from);
        }
    }

    /// @dev What the council asks for in a market now; without a council no storage is read.
    function _councilLevel(uint256 market) internal view returns (Status) {
        if (council == address(0)) return Status.Normal;
        return CouncilWord.levelAt(_councilWords[market], block.timestamp);
    }

    function _councilHaltsAll() internal view returns (bool) {
        for (uint256 m; m < markets; ++m) if (_councilLevel(m) != Status.Halted) return false;
        return true;
    }

    function _rangeOf(uint256 market) private view returns (uint256 first, uint256 end) {
        if (market == EVERY_MARKET) return (0, markets);
        _requireMarket(market);
        return (market, market + 1);
    }
}
