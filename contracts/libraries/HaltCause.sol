// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Why everything halts; bits of one mask. Each leaves by itself when its cause is gone.
library HaltCause {
    /// @dev The oldest unproven operation is older than the proof deadline, or the log cannot be read.
    uint256 internal constant PROOF_LATE = 1;
    /// @dev The last round is older than the round deadline.
    uint256 internal constant ROUND_LATE = 2;
    /// @dev The vault holds less than liabilities and unpaid claims, or its balance cannot be read.
    uint256 internal constant VAULT_SHORT = 4;
    /// @dev The insurance account's deficit outlasted the second cure time.
    uint256 internal constant DEFICIT = 8;
    /// @dev A bankruptcy in some market outlasted the second cure time.
    uint256 internal constant BANKRUPT = 16;
    /// @dev More unauthorised operations than the limit are remembered.
    uint256 internal constant UNAUTHORISED = 32;
}
