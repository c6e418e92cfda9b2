// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title How much may leave in a window: a level that payments raise and time lowers, at the limit a window. Quote units, seconds.
library OutflowLevel {
    uint256 private constant BPS_ONE = 10_000;

    /// @notice `bps` of what is owed, less the more volatile the prices are, but at least `floor`; rounded down.
    /// @param base,rate a market's maintenance rate in calm, and now
    function limitOf(uint256 owed, uint256 bps, uint256 base, uint256 rate) internal pure returns (uint256) {
        uint256 share = (owed * bps) / BPS_ONE;
        return rate <= base ? share : (share * base) / rate;
    }

    /// @notice What is left of a level after `elapsed` seconds, rounded up.
    function fallen(uint256 level, uint256 elapsed, uint256 limit, uint256 window) internal pure returns (uint256) {
        uint256 drop = (limit * elapsed) / window;
        return drop < level ? level - drop : 0;
    }

    /// @notice Seconds until a level lies below the limit.
    function secondsToRoom(uint256 level, uint256 limit, uint256 window) internal pure returns (uint256) {
        if (level < limit) return 0;
        return ((level - limit + 1) * window + limit - 1) / limit;
    }
}
