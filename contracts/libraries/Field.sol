// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The scalar field of BN254.
library Field {
    /// @dev Order of the field.
    uint256 internal constant ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    /// @notice Whether the value is an element of the field.
    function contains(uint256 value) internal pure returns (bool) {
        return value < ORDER;
    }
}
