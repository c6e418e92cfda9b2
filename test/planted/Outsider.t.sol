// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {OutsiderHandler} from "../solidity/support/OutsiderHandler.sol";
import {OutsiderTest} from "../solidity/Outsider.t.sol";

/// @dev A guard that forgets its breaches whenever somebody calls.
contract LenientHandler is OutsiderHandler {
    uint256 private constant SINCE_SLOT = 5;

    function _afterCall() internal override {
        vm.store(address(guard), bytes32(SINCE_SLOT), 0);
    }
}

/// @custom:fails no outsider ends a breach
contract PlantedOutsider is OutsiderTest {
    function setUp() public override {
        handler = new LenientHandler();
    }
}
