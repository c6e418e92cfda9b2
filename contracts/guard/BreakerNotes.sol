// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IncidentCause} from "../libraries/IncidentCause.sol";
import {IncidentWord} from "../libraries/IncidentWord.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {GuardBase} from "./GuardBase.sol";
import {IncidentLedger} from "./IncidentLedger.sol";

/// @title Records when rounds set a market's breaker and when they clear it.
abstract contract BreakerNotes is GuardBase, IncidentLedger {
    /// @dev A breaker is set at a round when the round's time lies before its end. The key with time zero leads to the last incident.
    function _noteBreaker(
        uint256 market,
        uint256 oldWord,
        uint256 newWord,
        uint256 oldTimestamp,
        uint256 newTimestamp
    ) internal {
        (uint256 oldUntil, uint256 newUntil) = (PriceWord.breakerUntil(oldWord), PriceWord.breakerUntil(newWord));
        bool wasSet = oldUntil > oldTimestamp;
        bool ended = wasSet && oldUntil <= newTimestamp;
        bool begins = newUntil > newTimestamp && (!wasSet || ended);
        if (!ended && !begins) return;

        uint256 last = IncidentWord.key(IncidentCause.BREAKER, market, 0);
        if (ended) {
            uint256 detectedAt = _incidents[last];
            _recover(IncidentCause.BREAKER, market, detectedAt, detectedAt);
        }
        if (begins) {
            _incidents[last] = block.timestamp;
            _detect(IncidentCause.BREAKER, market, _stake());
        }
    }
}
