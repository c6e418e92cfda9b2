// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {HealthHandler} from "./support/HealthHandler.sol";

/// @title No order of calls keeps a healthy market restricted longer than the longest restriction lasts.
contract HealthTest {
    HealthHandler internal handler;

    function setUp() public virtual {
        handler = new HealthHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory chosen = new bytes4[](8);
        chosen[0] = HealthHandler.breach.selector;
        chosen[1] = HealthHandler.runShort.selector;
        chosen[2] = HealthHandler.trip.selector;
        chosen[3] = HealthHandler.flood.selector;
        chosen[4] = HealthHandler.fallSilent.selector;
        chosen[5] = HealthHandler.emptyVault.selector;
        chosen[6] = HealthHandler.note.selector;
        chosen[7] = HealthHandler.heal.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), chosen);
    }

    /// @dev What forge and Hardhat ask a test for.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function invariant_healthIsAnsweredInTime() external {
        handler.requireNormalInTime();
    }
}
