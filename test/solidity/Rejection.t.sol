// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RejectionHandler} from "./support/RejectionHandler.sol";

/// @title A rejected proof changes nothing, in whatever state it arrives.
contract RejectionTest {
    RejectionHandler internal handler;

    function setUp() public virtual {
        handler = new RejectionHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev The handler compares before and after each rejection, and reverts at the first difference; these are the books then.
    function invariant_booksHoldBetweenRejections() external view {
        handler.checkPaid();
        handler.checkVault();
    }
}
