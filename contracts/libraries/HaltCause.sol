// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Why everything halts; bits of one mask. Each but the last leaves by itself when its cause is gone.
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
    /// @dev A pause after more unauthorised operations than the limit.
    uint256 internal constant UNAUTHORISED = 32;
    /// @dev The council halts every market.
    uint256 internal constant COUNCIL = 64;
    /// @dev Exit has begun; it is final.
    uint256 internal constant EXIT = 128;

    /// @dev Those that can last without end, and so lead to Exit. A pause and the council's restrictions end by their own time.
    uint256 internal constant LEADS_TO_EXIT = PROOF_LATE | ROUND_LATE | VAULT_SHORT | DEFICIT | BANKRUPT;
}
