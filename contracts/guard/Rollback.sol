// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Checkpoint} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {BatchGate} from "./BatchGate.sol";
import {RollbackModule} from "./RollbackModule.sol";

/// @title Takes the proven state back to the last checkpoint before an incident, by rule, while nothing after it was paid.
abstract contract Rollback is BatchGate {
    /// @notice The code of RollbackModule: made with the guard, part of it, and as unchangeable.
    address public immutable rollbackModule = address(new RollbackModule());

    /// @inheritdoc IHomeostat
    function rollBack(
        uint8 cause,
        bytes32 headBefore,
        Checkpoint calldata target,
        Checkpoint[] calldata later
    ) external {
        (headBefore, target, later); // the module reads them
        _requireOpen(_progress.haltNotedAt);
        uint256 since = _alarm.vaultShortSince;
        uint256 cure = haltCureSec;
        if (cause == IncidentCause.DEFICIT) (since, cure) = (_progress.deficitSince, 2 * cure);
        else if (cause != IncidentCause.VAULT_SHORT) revert NoRollbackFor(cause);
        if (since == 0 || _lateSince(since, cure) == 0) revert CauseNotLasting(cause, since);

        Address.functionDelegateCall(rollbackModule, msg.data);
        _progress.deficitSince = uint32(_noteDeficit(_progress.deficitSince, totalsWord));
        _noteBreaches(box, lossWord, _currentPriceWords());
    }
}
