// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {GatedCounter} from "../../contracts/mocks/GatedCounter.sol";
import {Status} from "../../contracts/interfaces/HomeostatTypes.sol";
import {HomeostatTest} from "../../contracts/testing/HomeostatTest.sol";

/// @title The helper itself: it notices a gate that is too wide and one that is too tight, and leaves no trace.
contract HomeostatTestTest is HomeostatTest {
    error Unnoticed();
    error Trace(uint256 count, Status status);

    GatedCounter private _gated;

    function setUp() public {
        _gated = new GatedCounter(deployGuard(1));
    }

    /// @notice assertGate, as a call that may revert.
    function check(Status worst) external {
        assertGate(address(_gated), address(this), abi.encodeCall(GatedCounter.liquidate, (0)), 0, worst);
    }

    function test_acceptsTheRightGateAndLeavesNoTrace() public {
        this.check(Status.Stressed);
        if (_gated.count() != 0 || guardDouble.status(0) != Status.Normal) {
            revert Trace(_gated.count(), guardDouble.status(0));
        }
    }

    function test_noticesAGateThatLeaks() public {
        try this.check(Status.Normal) {
            revert Unnoticed();
        } catch (bytes memory reason) {
            _requireReason(reason, abi.encodeWithSelector(GateLeaks.selector, Status.Stressed));
        }
    }

    function test_noticesAGateThatIsTooTight() public {
        try this.check(Status.Broken) {
            revert Unnoticed();
        } catch (bytes memory reason) {
            bytes memory why = abi.encodeWithSignature("MarketRestricted(uint256,uint8)", 0, Status.Broken);
            _requireReason(reason, abi.encodeWithSelector(GateTooTight.selector, Status.Broken, why));
        }
    }

    function _requireReason(bytes memory given, bytes memory wanted) private pure {
        if (keccak256(given) != keccak256(wanted)) revert Unnoticed();
    }
}
