// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {HealthHandler} from "../solidity/support/HealthHandler.sol";
import {HealthTest} from "../solidity/Health.t.sol";

/// @dev A guard whose pause, once there was a breach, has no end.
contract StubbornHandler is HealthHandler {
    uint256 private constant LEDGER_SLOT = 6;
    uint256 private constant PAUSED_UNTIL_BIT = 224;

    function _afterTrouble() internal override {
        uint256 ledger = uint256(vm.load(address(guard), bytes32(LEDGER_SLOT)));
        vm.store(
            address(guard),
            bytes32(LEDGER_SLOT),
            bytes32(ledger | (uint256(type(uint32).max) << PAUSED_UNTIL_BIT))
        );
    }
}

/// @custom:fails a healthy protocol is not halted for ever
contract PlantedHealth is HealthTest {
    function setUp() public override {
        handler = new StubbornHandler();
    }
}
