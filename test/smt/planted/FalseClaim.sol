// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev One claim that holds and one that does not: the checker must tell them apart.
contract FalseClaim {
    function holds(uint256 a, uint256 b) external pure {
        if (a < b) assert(b != 0);
    }

    function fails(uint256 a, uint256 b) external pure {
        if (a <= b) assert(b != 0);
    }
}
