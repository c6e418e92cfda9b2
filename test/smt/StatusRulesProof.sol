// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../../contracts/interfaces/HomeostatTypes.sol";
import {StatusRules} from "../../contracts/libraries/StatusRules.sol";

/// @title Claims about StatusRules, proved for all conditions by `npm run check:smt`.
contract StatusRulesProof {
    /// @dev One condition more, or a stricter council, never leads to a milder state.
    function isMonotone(StatusRules.Conditions memory fewer, StatusRules.Conditions memory more) external pure {
        if (fewer.exited && !more.exited) return;
        if (fewer.halted && !more.halted) return;
        if (fewer.stale && !more.stale) return;
        if (fewer.tripped && !more.tripped) return;
        if (fewer.bankruptLasts && !more.bankruptLasts) return;
        if (fewer.brokenHeld && !more.brokenHeld) return;
        if (fewer.breachLasts && !more.breachLasts) return;
        if (fewer.stressedHeld && !more.stressedHeld) return;
        if (fewer.council > more.council) return;
        assert(StatusRules.statusOf(fewer) <= StatusRules.statusOf(more));
        assert(StatusRules.derivedOf(fewer) <= StatusRules.derivedOf(more));
    }

    /// @dev Once its causes are gone, a state is gone.
    function leavesWithItsCauses(StatusRules.Conditions memory c) external pure {
        Status status = StatusRules.derivedOf(c);
        if (!c.exited) assert(status != Status.Exit);
        if (!c.exited && !c.halted) assert(status < Status.Halted);
        bool broken = c.stale || c.tripped || c.bankruptLasts || c.brokenHeld;
        if (!c.exited && !c.halted && !broken) assert(status < Status.Broken);
        if (!c.exited && !c.halted && !broken && !c.breachLasts && !c.stressedHeld) assert(status == Status.Normal);
    }

    /// @dev Each condition alone asks for its state at least.
    function respondsToEachCause(StatusRules.Conditions memory c) external pure {
        Status status = StatusRules.statusOf(c);
        if (c.exited) assert(status == Status.Exit);
        if (c.halted) assert(status >= Status.Halted);
        if (c.stale || c.tripped || c.bankruptLasts || c.brokenHeld) assert(status >= Status.Broken);
        if (c.breachLasts || c.stressedHeld) assert(status >= Status.Stressed);
    }

    /// @dev The council tightens or changes nothing; lifting its word leads back to what is derived, never below.
    function councilNeverLowers(StatusRules.Conditions memory c) external pure {
        Status status = StatusRules.statusOf(c);
        assert(status >= StatusRules.derivedOf(c));
        assert(status == StatusRules.derivedOf(c) || status == c.council);
    }

    /// @dev A breach has consequences only if it lasts longer than its cure time, and is nothing before it began.
    function cureTimeIsGranted(uint32 since, uint32 cureSec, uint40 time) external pure {
        bool lasts = StatusRules.outlasts(since, cureSec, time);
        if (since == 0) assert(!lasts);
        if (uint256(time) <= uint256(since) + cureSec) assert(!lasts);
        if (since != 0 && uint256(time) > uint256(since) + cureSec) assert(lasts);
    }
}
