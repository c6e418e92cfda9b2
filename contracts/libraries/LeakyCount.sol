// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Counts events that are forgotten at a steady rate, in one number: the time at which all of them will be forgotten.
/// @dev Unix milliseconds; each event adds window / limit to it. More than `limit` events are remembered while that time lies
///      further than the window ahead. Nothing is lost to rounding however often it is updated. The number stays within two
///      windows, so that the count is below the limit again one window after the last event, whatever happened before.
library LeakyCount {
    /// @notice Milliseconds in which one event is forgotten.
    function step(uint256 limit, uint256 windowSec) internal pure returns (uint256) {
        return (windowSec * 1000) / limit;
    }

    function add(
        uint256 forgottenAt,
        uint256 count,
        uint256 limit,
        uint256 stepMs
    ) internal view returns (uint256 sum) {
        uint256 nowMs = block.timestamp * 1000;
        uint256 highest = nowMs + 2 * limit * stepMs;
        sum = (forgottenAt > nowMs ? forgottenAt : nowMs) + count * stepMs;
        if (sum > highest) sum = highest;
    }

    function isOver(uint256 forgottenAt, uint256 limit, uint256 stepMs) internal view returns (bool) {
        return forgottenAt > block.timestamp * 1000 + limit * stepMs;
    }

    /// @notice Events still remembered, rounded up.
    function level(uint256 forgottenAt, uint256 stepMs) internal view returns (uint256) {
        uint256 nowMs = block.timestamp * 1000;
        return forgottenAt > nowMs ? (forgottenAt - nowMs + stepMs - 1) / stepMs : 0;
    }
}
