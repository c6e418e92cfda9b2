// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {OutsiderHandler} from "./support/OutsiderHandler.sol";

/// @title Only proofs and time loosen what is restricted: no call of anybody else does.
contract OutsiderTest {
    OutsiderHandler internal handler;

    function setUp() public virtual {
        handler = new OutsiderHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev The handler compares before and after each call, and reverts when something is looser.
    function invariant_outsidersLoosenNothing() external view {
        handler.requireOperationsKnown();
    }
}
