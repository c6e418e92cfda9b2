// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {ICouncilHooks} from "../interfaces/ICouncilHooks.sol";
import {Status} from "../interfaces/HomeostatTypes.sol";

/// @title Remembers what a council and its timelock told it. For tests only.
contract CouncilHooksDouble is ICouncilHooks {
    event TightenCalled(address by, uint256 market, Status level, uint256 durationSec, uint8 cause);
    event LiftCalled(address by, uint256 market);

    error Refused();

    bool public refusing;

    function setRefusing(bool refusing_) external {
        refusing = refusing_;
    }

    /// @inheritdoc ICouncilHooks
    function tighten(uint256 market, Status level, uint256 durationSec, uint8 cause) external {
        if (refusing) revert Refused();
        emit TightenCalled(msg.sender, market, level, durationSec, cause);
    }

    /// @inheritdoc ICouncilHooks
    function lift(uint256 market) external {
        if (refusing) revert Refused();
        emit LiftCalled(msg.sender, market);
    }
}
