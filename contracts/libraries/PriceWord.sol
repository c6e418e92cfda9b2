// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The one public word of a market's prices.
/// @dev mark[0,27) median[27,54) fundingIndex + 2^25 [54,80) maintenanceRate[80,100) initialRate[100,120) updatedAt[120,160)
///      breakerUntil[160,200). Prices and indices in ticks, rates with 20 fractional bits, times in unix seconds.
library PriceWord {
    uint256 internal constant BITS = 200;

    function mark(uint256 word) internal pure returns (uint256) {
        return word & 0x7ffffff;
    }

    function median(uint256 word) internal pure returns (uint256) {
        return (word >> 27) & 0x7ffffff;
    }

    function fundingIndex(uint256 word) internal pure returns (int256) {
        // unchecked: 26 bits
        unchecked {
            return int256((word >> 54) & 0x3ffffff) - (1 << 25);
        }
    }

    function maintenanceRate(uint256 word) internal pure returns (uint256) {
        return (word >> 80) & 0xfffff;
    }

    function initialRate(uint256 word) internal pure returns (uint256) {
        return (word >> 100) & 0xfffff;
    }

    function updatedAt(uint256 word) internal pure returns (uint256) {
        return (word >> 120) & 0xffffffffff;
    }

    function breakerUntil(uint256 word) internal pure returns (uint256) {
        return (word >> 160) & 0xffffffffff;
    }
}
