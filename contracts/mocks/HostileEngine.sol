// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {OpLog} from "../OpLog.sol";

/// @title An engine whose hook and views misbehave as told, and that logs any words. For tests only.
contract HostileEngine is OpLog {
    enum Mood {
        Honest,
        HookReverts,
        HookBurnsGas,
        CountReverts,
        ForkReverts
    }

    event Reposted(bool posted);

    error Refused();

    Mood public mood;
    bytes public reentry;
    bool public reentrySucceeded;

    constructor(address guard_) OpLog(guard_) {}

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function setReentry(bytes calldata call) external {
        reentry = call;
    }

    /// @notice Logs nine words of anyone's choice (the log writes the third).
    function log(uint256[9] calldata words) external {
        _log(words, false);
    }

    /// @notice Logs the words so many times.
    function logMany(uint256[9] calldata words, uint256 count) external {
        for (uint256 i; i < count; ++i) _log(words, false);
    }

    /// @notice Logs them as a deposit whose tokens arrived.
    function logDeposit(uint256[9] calldata words, uint256 amount) external {
        _logDeposit(words, amount);
    }

    function repost(uint256 fork, bytes32 headBefore, uint256[9] calldata words) external returns (bool posted) {
        posted = _repost(fork, headBefore, words);
        emit Reposted(posted);
    }

    function operationCount() public view override returns (uint256) {
        if (mood == Mood.CountReverts) revert Refused();
        return super.operationCount();
    }

    function _abandoned(uint256, address) internal view override {
        if (mood == Mood.ForkReverts) revert Refused();
    }

    function onSettled(uint256, uint256, address) external override onlyGuard {
        if (mood == Mood.HookReverts) revert Refused();
        if (mood == Mood.HookBurnsGas) {
            // The same in Solidity: assert(false) of old compilers.
            // solhint-disable-next-line no-inline-assembly
            assembly {
                invalid()
            }
        }
        // solhint-disable-next-line avoid-low-level-calls
        if (reentry.length != 0) (reentrySucceeded, ) = guard.call(reentry);
    }
}
