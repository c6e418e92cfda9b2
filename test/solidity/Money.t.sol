// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RollbackHandler} from "./support/RollbackHandler.sol";

/// @title No order of calls pays more than proven batches owe, or leaves a sound vault short.
contract MoneyTest {
    RollbackHandler internal handler;

    function setUp() public virtual {
        handler = new RollbackHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev One invariant for all laws of money: each of them has a run of its own otherwise.
    function invariant_booksHold() external view {
        handler.checkPaid();
        handler.checkArrivals();
        handler.checkVault();
    }
}
