// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";

/// @title Reads numbers from a contract that may revert, burn its gas or answer nonsense.
library Probe {
    /// @dev Covers a balance behind a proxy with several cold slots.
    uint256 internal constant GAS = 100_000;
    uint256 private constant RESERVE_GAS = 10_000;

    /// @notice The first word of the answer.
    /// @return success false when the call failed or answered less than `words` words
    /// @custom:reverts NotEnoughGas when the caller's gas would make a sound contract look broken
    function read(
        address target,
        bytes memory call,
        uint256 words
    ) internal view returns (bool success, bytes memory answer) {
        uint256 needed = GAS + GAS / 63 + RESERVE_GAS;
        if (gasleft() < needed) revert IHomeostatErrors.NotEnoughGas(gasleft(), needed);
        (success, answer) = target.staticcall{gas: GAS}(call);
        success = success && answer.length >= 32 * words;
    }
}
