// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IncidentCause} from "../libraries/IncidentCause.sol";
import {MarginBuffer} from "../libraries/MarginBuffer.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {StatusRules} from "../libraries/StatusRules.sol";
import {GuardBase} from "./GuardBase.sol";
import {IncidentLedger} from "./IncidentLedger.sol";

/// @title Notes when a breach of the box, or a deficit, begins and ends. Cure times count from there.
/// @dev A restriction that took effect is held for calmSec after its end, so that a price which swings around a bound does not make
///      the market's state swing with it.
abstract contract BreachNotes is GuardBase, IncidentLedger {
    /// @dev To be called with the new words after every round and batch; only they can begin or end a breach.
    function _noteBreaches(uint256 newBox, uint256 newLossWord, uint256[] memory priceWords) internal {
        uint256 oldSince = _sinceWord;
        uint256 newSince;
        uint256 held;
        for (uint256 m; m < priceWords.length; ++m) {
            MarginBuffer.Edges memory edges = MarginBuffer.edges(newBox, newLossWord, priceWords[m], m);
            (bool breached, bool bankrupt) = MarginBuffer.judge(edges, priceWords[m]);
            uint256 old = uint64(oldSince >> (64 * m));
            uint256 times = _since(uint32(old), breached) | (_since(uint32(old >> 32), bankrupt) << 32);
            newSince |= times << (64 * m);
            if (times == old) continue;
            emit BreachNoted(m, breached, bankrupt);
            held |= _noteChange(IncidentCause.BREACH, m, uint32(old), uint32(times)) << (64 * m);
            held |= _noteChange(IncidentCause.BANKRUPT, m, old >> 32, times >> 32) << (64 * m + 32);
        }
        if (newSince != oldSince) _sinceWord = newSince;
        if (held != 0) _hold(held);
    }

    /// @dev The insurance account's deficit began, ended or changed its size. The new totals are stored already.
    function _noteDeficit(uint256 oldSince, uint256 newTotals) internal returns (uint256 newSince) {
        uint256 deficit = StateWords.deficit(newTotals);
        newSince = _since(oldSince, deficit != 0);
        if (newSince == oldSince) return oldSince;
        emit DeficitNoted(deficit != 0);
        if (newSince != 0) _detect(IncidentCause.DEFICIT, IncidentCause.ALL_MARKETS, deficit);
        else _end(IncidentCause.DEFICIT, IncidentCause.ALL_MARKETS, oldSince, haltCureSec);
    }

    /// @dev A beginning keeps its time for as long as the breach lasts.
    function _since(uint256 old, bool lasts) internal view returns (uint256) {
        if (!lasts) return 0;
        return old == 0 ? uint32(block.timestamp) : old;
    }

    /// @return until when the restriction is held, unix seconds; zero when none ended
    function _noteChange(uint256 cause, uint256 market, uint256 old, uint256 time) private returns (uint256 until) {
        if (time == old) return 0;
        if (time != 0) _detect(cause, market, _stake());
        else if (_end(cause, market, old, cureSec)) until = uint32(block.timestamp + calmSec);
    }

    /// @return contained whether the incident had outlasted its cure time
    function _end(uint256 cause, uint256 market, uint256 since, uint256 cure) private returns (bool contained) {
        contained = StatusRules.outlasts(since, cure, block.timestamp);
        _recover(cause, market, since, contained ? since + cure + 1 : 0);
    }

    /// @dev Writes the times of `held` that are not zero over the old ones.
    function _hold(uint256 held) private {
        uint256 word = _heldWord;
        for (uint256 shift; shift < 256; shift += 32) {
            uint256 until = uint32(held >> shift);
            if (until != 0) word = (word & ~(uint256(type(uint32).max) << shift)) | (until << shift);
        }
        _heldWord = word;
    }
}
