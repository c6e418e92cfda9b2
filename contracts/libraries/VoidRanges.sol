// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";

/// @title Ranges of claim numbers that rollbacks made void: apart from each other, in order, one word each: from[0,128) to[128,256).
library VoidRanges {
    using Arrays for uint256[];

    /// @dev Adds [from, to), where nothing lies beyond `to`; takes over the ranges that it covers.
    function add(uint256[] storage self, uint256 from, uint256 to) internal {
        if (from == to) return;
        while (self.length != 0 && uint128(self[self.length - 1]) >= from) self.pop();
        self.push((to << 128) | from);
    }

    /// @notice Whether a number is in one of the ranges.
    function contains(uint256[] storage self, uint256 id) internal view returns (bool) {
        uint256 place = self.upperBound((id << 128) | type(uint128).max); // the first range that ends beyond it
        return place != self.length && uint128(self[place]) <= id;
    }
}
