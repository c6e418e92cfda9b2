// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IExitHall} from "../interfaces/IExitHall.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IVault} from "../interfaces/IOpLog.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {GuardStatus} from "./GuardStatus.sol";

/// @title The guard's side of the way out: what the exit hall may ask of it, and what it asks of the hall.
abstract contract ExitHooks is GuardStatus {
    /// @inheritdoc IHomeostat
    function enterExit() external {
        if (_alarm.exitAt != 0) revert ExitBegun(_alarm.exitAt);
        if (!_isExitable(haltCauses())) revert NotExitable();
        _alarm.exitAt = uint40(block.timestamp);
        emit ExitEntered(block.timestamp);
        _detect(IncidentCause.EXIT, IncidentCause.ALL_MARKETS, _stake());
    }

    /// @inheritdoc IHomeostat
    function payExit(address to, uint256 amount) external {
        if (msg.sender != exitHall) revert NotExitHall(msg.sender);
        if (_alarm.exitAt == 0) revert NotInExit();
        IVault(engine).payOut(to, amount);
    }

    /// @inheritdoc IHomeostat
    function exitAt() public view returns (uint256) {
        return _alarm.exitAt;
    }

    /// @dev What a claim is paid in Exit: its share, as everybody's. Reverts until the hall is open.
    function _exitShareOf(uint256 amount) internal view returns (uint256) {
        return IExitHall(exitHall).shareOf(amount);
    }
}
