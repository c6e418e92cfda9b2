// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../interfaces/HomeostatTypes.sol";

/// @title Which state follows from which conditions: the worst that any of them asks for.
/// @dev Pure and monotone: one condition more never leads to a milder state. Proven by the SMT harness of the tests.
library StatusRules {
    /// @param exited Exit has begun, or can begin
    /// @param halted some HaltCause holds
    /// @param stale the market's price is older than staleSec
    /// @param tripped the market's breaker is set
    /// @param bankruptLasts someone has been bankrupt for longer than cureSec
    /// @param brokenHeld that was so, and ended less than calmSec ago
    /// @param breachLasts maintenance has been breached for longer than cureSec
    /// @param stressedHeld that was so, and ended less than calmSec ago
    /// @param council what the council asks for; Normal for nothing
    struct Conditions {
        bool exited;
        bool halted;
        bool stale;
        bool tripped;
        bool bankruptLasts;
        bool brokenHeld;
        bool breachLasts;
        bool stressedHeld;
        Status council;
    }

    function statusOf(Conditions memory c) internal pure returns (Status) {
        Status derived = derivedOf(c);
        return c.council > derived ? c.council : derived;
    }

    /// @notice The state without the council's word: what no lift can go below.
    function derivedOf(Conditions memory c) internal pure returns (Status) {
        if (c.exited) return Status.Exit;
        if (c.halted) return Status.Halted;
        if (c.stale || c.tripped || c.bankruptLasts || c.brokenHeld) return Status.Broken;
        return c.breachLasts || c.stressedHeld ? Status.Stressed : Status.Normal;
    }

    /// @notice Whether something that began at `since` has lasted longer than `cureSec` at `time`; zero has not begun.
    function outlasts(uint256 since, uint256 cureSec, uint256 time) internal pure returns (bool) {
        return since != 0 && since + cureSec < time;
    }
}
