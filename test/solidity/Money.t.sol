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

    function invariant_nobodyIsPaidMoreThanIsOwed() external view {
        handler.checkPaid();
    }

    function invariant_everyDepositHasOneReceipt() external view {
        handler.checkArrivals();
    }

    function invariant_theVaultCoversWhatItOwes() external view {
        handler.checkVault();
    }
}
