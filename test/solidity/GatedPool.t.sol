// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {GatedPool} from "../../contracts/examples/GatedPool.sol";
import {Status} from "../../contracts/interfaces/HomeostatTypes.sol";
import {HomeostatTest} from "../../contracts/testing/HomeostatTest.sol";

contract GatedPoolTest is HomeostatTest {
    GatedPool private _pool;

    function setUp() public {
        _pool = new GatedPool(deployGuard(2));
        _pool.join{value: 10}();
    }

    function test_joinNeedsNormal() public {
        assertGate(address(_pool), address(this), abi.encodeCall(GatedPool.join, ()), 0, Status.Normal);
    }

    function test_withdrawStaysOpenUntilHalted() public {
        assertGate(address(_pool), address(this), abi.encodeCall(GatedPool.withdraw, (1)), 0, Status.Broken);
    }

    receive() external payable {}
}
