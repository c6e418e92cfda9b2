// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {Probe} from "../libraries/Probe.sol";
import {GuardBase} from "./GuardBase.sol";

/// @title Nobody is late while the chain itself stands still, nor for a while after it: nobody could have been in time.
abstract contract UptimeGrace is GuardBase {
    uint256 private constant DOWN = 1;

    /// @dev Since when (unix seconds) something that began at `start` is later than `deadline`; zero when it is not.
    ///      The feed is asked only when it matters. One that cannot be read, or answers what no such feed answers, counts for nothing;
    ///      so does one that says "down" for longer than exitDelaySec: it cannot take the way out from everyone.
    function _lateSince(uint256 start, uint256 deadline) internal view returns (uint256 since) {
        if (start + deadline >= block.timestamp) return 0;
        since = start + deadline + 1;
        if (uptimeFeed == address(0)) return since;
        (bool answered, bytes memory answer) = Probe.read(
            uptimeFeed,
            abi.encodeCall(AggregatorV3Interface.latestRoundData, ()),
            5
        );
        if (!answered) return since;
        // as plain words: a value too wide for its type must not revert
        (, uint256 state, uint256 startedAt, , ) = abi.decode(answer, (uint256, uint256, uint256, uint256, uint256));
        if (state > DOWN || startedAt == 0 || startedAt > block.timestamp) return since;
        if (state == DOWN) return startedAt + exitDelaySec < block.timestamp ? since : 0;

        uint256 afterGrace = startedAt + graceSec;
        uint256 afterDeadline = startedAt + deadline + 1;
        if (afterDeadline > since) since = afterDeadline;
        if (afterGrace > since) since = afterGrace;
        if (since > block.timestamp) since = 0;
    }
}
