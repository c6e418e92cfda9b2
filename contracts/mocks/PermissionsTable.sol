// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {Mode, Permissions} from "../libraries/Permissions.sol";

/// @title Shows the table of permissions, for tests of every entry.
contract PermissionsTable {
    /// @notice What may happen in a state. See Permissions.
    function modeOf(uint256 kind, Status status) external pure returns (Mode) {
        return Permissions.modeOf(kind, status);
    }
}
