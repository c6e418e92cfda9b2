// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RejectionHandler} from "../solidity/support/RejectionHandler.sol";
import {RejectionTest} from "../solidity/Rejection.t.sol";

/// @dev A guard that counts rejections in the slot of its progress.
contract CountingHandler is RejectionHandler {
    uint256 private constant PROGRESS_SLOT = 4;

    function _afterRejection() internal override {
        uint256 progress = uint256(vm.load(address(guard), bytes32(PROGRESS_SLOT)));
        vm.store(address(guard), bytes32(PROGRESS_SLOT), bytes32(progress + 1));
    }
}

/// @custom:fails a rejected proof changes nothing
contract PlantedRejection is RejectionTest {
    function setUp() public override {
        handler = new CountingHandler();
    }
}
