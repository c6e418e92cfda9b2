// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The packed words of the proven state.
/// @dev totals: liabilities[0,63) insurance[63,126) deficit[126,202), quote units.
///      loss: per market m, long[52m, 52m+26) short[52m+26, 52m+52), each offset by 2^25, ticks.
///      box: per market m, long lane[62m, 62m+31) short lane[62m+31, 62m+62); a lane below 2^29; zero means nobody is there.
///      outcome: validMask[0,16) unauthorised[16,24) margin[24,32) price[32,40) malformed[40,48) unauthorisedMask[48,64).
library StateWords {
    /// @dev Loss word of four markets without losses.
    uint256 internal constant NO_LOSSES =
        (1 << 25) |
            (1 << (25 + 26)) |
            (1 << (25 + 52)) |
            (1 << (25 + 78)) |
            (1 << (25 + 104)) |
            (1 << (25 + 130)) |
            (1 << (25 + 156)) |
            (1 << (25 + 182));

    /// @notice Loss word at genesis.
    function noLosses(uint256 markets) internal pure returns (uint256) {
        return NO_LOSSES & ((1 << (52 * markets)) - 1);
    }

    function liabilities(uint256 totals) internal pure returns (uint256) {
        return totals & ((1 << 63) - 1);
    }

    function insurance(uint256 totals) internal pure returns (uint256) {
        return (totals >> 63) & ((1 << 63) - 1);
    }

    function deficit(uint256 totals) internal pure returns (uint256) {
        return totals >> 126;
    }

    function lossLong(uint256 loss, uint256 market) internal pure returns (int256) {
        // unchecked: market below 4, index of 26 bits
        unchecked {
            return int256((loss >> (52 * market)) & 0x3ffffff) - (1 << 25);
        }
    }

    function lossShort(uint256 loss, uint256 market) internal pure returns (int256) {
        // unchecked: market below 4, index of 26 bits
        unchecked {
            return int256((loss >> (52 * market + 26)) & 0x3ffffff) - (1 << 25);
        }
    }

    function longLane(uint256 box, uint256 market) internal pure returns (uint256) {
        // unchecked: market below 4
        unchecked {
            return (box >> (62 * market)) & 0x7fffffff;
        }
    }

    function shortLane(uint256 box, uint256 market) internal pure returns (uint256) {
        // unchecked: market below 4
        unchecked {
            return (box >> (62 * market + 31)) & 0x7fffffff;
        }
    }

    function isValid(uint256 outcome, uint256 position) internal pure returns (bool) {
        return (outcome >> position) & 1 == 1;
    }

    /// @notice Whether the operation at this position failed for want of an authority.
    function isUnauthorised(uint256 outcome, uint256 position) internal pure returns (bool) {
        return (outcome >> (48 + position)) & 1 == 1;
    }

    /// @notice How many operations failed for want of an authority.
    function unauthorised(uint256 outcome) internal pure returns (uint256) {
        return (outcome >> 16) & 0xff;
    }
}
