// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {MoneyHandler} from "./support/MoneyHandler.sol";

/// @title No order of calls pays more than proven batches owe, or leaves a sound vault short.
contract MoneyTest {
    MoneyHandler internal handler;

    function setUp() public virtual {
        handler = new MoneyHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_nobodyIsPaidMoreThanIsOwed() external view {
        handler.checkPaid();
    }

    function invariant_theVaultCoversWhatItOwes() external view {
        handler.checkVault();
    }
}
