// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {GuardDouble} from "./GuardDouble.sol";

/// @notice The cheat codes that are needed here; Foundry and Hardhat's Solidity tests have them.
interface ICheatCodes {
    function snapshotState() external returns (uint256 id);
    function revertToState(uint256 id) external returns (bool success);
    function prank(address sender) external;
}

/// @title For Solidity tests of a gated protocol: `contract MyTest is Test, HomeostatTest`. Brings a guard into any state, and
///        checks a function's gate in all five.
abstract contract HomeostatTest {
    /// @notice The call went through in a state in which it should be refused.
    error GateLeaks(Status status);
    /// @notice The call was refused in a state in which it should go through; `reason` is what it reverted with.
    error GateTooTight(Status status, bytes reason);

    ICheatCodes private constant VM = ICheatCodes(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @notice The guard that the helpers below move; made by deployGuard.
    GuardDouble internal guardDouble;

    /// @return the double, as what a protocol's constructor takes
    function deployGuard(uint256 markets) internal returns (IHomeostat) {
        guardDouble = new GuardDouble(markets);
        return IHomeostat(address(guardDouble));
    }

    /// @notice A guard in a state: of the market up to Broken, of all in Halted and Exit.
    function bringInto(uint256 market, Status status) internal {
        guardDouble.setStatus(market, status < Status.Halted ? status : Status.Normal);
        guardDouble.setHaltCauses(status == Status.Halted ? 1 : 0);
        guardDouble.setExit(status == Status.Exit);
    }

    /// @notice Checks that a call goes through in `worst` and every milder state, and in no worse one. Leaves no trace.
    /// @param call whatever must succeed while everything is well; from `sender`
    function assertGate(address protocol, address sender, bytes memory call, uint256 market, Status worst) internal {
        for (uint8 level; level <= uint8(Status.Exit); ++level) {
            Status status = Status(level);
            (bool went, bytes memory reason) = _tryIn(protocol, sender, call, market, status);
            if (went && status > worst) revert GateLeaks(status);
            if (!went && status <= worst) revert GateTooTight(status, reason);
        }
    }

    function _tryIn(
        address protocol,
        address sender,
        bytes memory call,
        uint256 market,
        Status status
    ) private returns (bool went, bytes memory reason) {
        uint256 before = VM.snapshotState();
        bringInto(market, status);
        VM.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (went, reason) = protocol.call(call);
        VM.revertToState(before);
    }
}
