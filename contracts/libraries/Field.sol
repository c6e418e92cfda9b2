// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";

/// @title The scalar field of BN254, and the check at its boundary.
library Field {
    /// @dev Order of the scalar field.
    uint256 internal constant ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    /// @notice Reverts by name unless the value is a field element.
    function check(string memory name, uint256 value) internal pure {
        if (value >= ORDER) revert IHomeostatErrors.NotInField(name, value);
    }
}
