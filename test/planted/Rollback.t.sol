// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RollbackHandler} from "../solidity/support/RollbackHandler.sol";
import {MoneyTest} from "../solidity/Money.t.sol";

/// @dev A guard whose rollback leaves the claims after it payable.
contract GenerousHandler is RollbackHandler {
    uint256 private constant VOID_CLAIMS_SLOT = 20;

    function _afterRollback() internal override {
        vm.store(address(guard), bytes32(VOID_CLAIMS_SLOT), 0);
    }
}

/// @custom:fails a void claim is never paid
contract PlantedRollback is MoneyTest {
    function setUp() public override {
        handler = new GenerousHandler();
    }
}
