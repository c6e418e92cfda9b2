// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What incidents are of, as the ledger and its events number them.
library IncidentCause {
    /// @dev Maintenance breached in a market.
    uint256 internal constant BREACH = 1;
    /// @dev Someone in a market bankrupt at the mark.
    uint256 internal constant BANKRUPT = 2;
    /// @dev A market's circuit breaker set by a round.
    uint256 internal constant BREAKER = 3;
    /// @dev The insurance account in deficit.
    uint256 internal constant DEFICIT = 4;
    /// @dev A batch proven after its deadline.
    uint256 internal constant PROOF_LATE = 5;
    /// @dev A round proven after its deadline.
    uint256 internal constant ROUND_LATE = 6;
    /// @dev The vault holds less than it owes.
    uint256 internal constant VAULT_SHORT = 7;
    /// @dev More unauthorised operations than the limit.
    uint256 internal constant UNAUTHORISED = 8;
    /// @dev The proven state went back to an earlier checkpoint.
    uint256 internal constant ROLLBACK = 9;
    /// @dev Exit began.
    uint256 internal constant EXIT = 10;
    /// @dev The council tightened a market.
    uint256 internal constant COUNCIL = 11;

    /// @dev In the place of a market: everything.
    uint256 internal constant ALL_MARKETS = 255;
}
