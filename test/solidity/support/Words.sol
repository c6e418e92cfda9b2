// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Proven words written a second time, plainly, apart from the contracts that read them.
library Words {
    uint256 internal constant RATE_ONE = 1 << 20;
    uint256 internal constant MAINTENANCE = RATE_ONE / 100;

    /// @dev mark = median, ticks; no funding; maintenance 1 %, initial 2 %; times in unix seconds.
    function price(uint256 mark, uint256 updatedAt, uint256 breakerUntil) internal pure returns (uint256) {
        uint256 word = mark + mark * 2 ** 27 + (2 ** 25) * 2 ** 54;
        word += MAINTENANCE * 2 ** 80 + (RATE_ONE / 50) * 2 ** 100;
        return word + updatedAt * 2 ** 120 + breakerUntil * 2 ** 160;
    }

    /// @dev One market's lanes: longs break even at `lowest` ticks; zero when nobody is long. No shorts.
    function box(uint256 market, uint256 lowest) internal pure returns (uint256) {
        return lowest == 0 ? 0 : (lowest + 2 ** 28) * 2 ** (62 * market);
    }

    function totals(uint256 liabilities, uint256 insurance, uint256 deficit) internal pure returns (uint256) {
        return liabilities + insurance * 2 ** 63 + deficit * 2 ** 126;
    }

    function noLosses(uint256 markets) internal pure returns (uint256 word) {
        for (uint256 lane; lane < 2 * markets; ++lane) word += 2 ** 25 * 2 ** (26 * lane);
    }

    function kind(uint256[9] memory words) internal pure returns (uint256) {
        return words[0] % 16;
    }

    function account(uint256[9] memory words) internal pure returns (uint256) {
        return (words[0] >> 8) % 2 ** 32;
    }

    function amount(uint256[9] memory words) internal pure returns (uint256) {
        return (words[1] >> 67) % 2 ** 63;
    }

    function round(uint256[9] memory words) internal pure returns (uint256) {
        return words[2] % 2 ** 40;
    }
}
