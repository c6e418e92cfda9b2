// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {MarginBuffer} from "../libraries/MarginBuffer.sol";
import {GuardRecords} from "./GuardRecords.sol";

/// @title Notes when a breach of the box begins and ends. Cure times count from there.
abstract contract BreachNotes is GuardRecords {
    /// @dev To be called with the new words after every round and batch; only they can begin or end a breach.
    function _noteBreaches(uint256 newBox, uint256 newLossWord, uint256[] memory priceWords) internal {
        uint256 oldSince = _sinceWord;
        uint256 newSince;
        for (uint256 m; m < priceWords.length; ++m) {
            MarginBuffer.Edges memory edges = MarginBuffer.edges(newBox, newLossWord, priceWords[m], m);
            (bool breached, bool bankrupt) = MarginBuffer.judge(edges, priceWords[m]);
            uint256 old = uint64(oldSince >> (64 * m));
            uint256 times = _since(uint32(old), breached) | (_since(uint32(old >> 32), bankrupt) << 32);
            newSince |= times << (64 * m);
            if (times != old) emit BreachNoted(m, breached, bankrupt);
        }
        if (newSince != oldSince) _sinceWord = newSince;
    }

    /// @dev A beginning keeps its time for as long as the breach lasts.
    function _since(uint256 old, bool lasts) internal view returns (uint256) {
        if (!lasts) return 0;
        return old == 0 ? uint32(block.timestamp) : old;
    }
}
