// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PriceWord} from "./PriceWord.sol";

/// @title How far a round may raise a market's maintenance rate: the same bound as in the circuit, checked again.
library MarginStep {
    uint256 internal constant STEP_BITS = 20;
    /// @dev Longest time that one round's step counts; the circuit's.
    uint256 private constant MAX_STEP_SEC = 65_535;
    /// @dev Seconds that maintenanceStep is for.
    uint256 private constant STEP_UNIT_SEC = 256;

    /// @notice Highest maintenance rate (20 fractional bits) that may follow `oldWord` at `updatedAt`, unix seconds.
    /// @param steps maintenanceStep of each market, STEP_BITS each
    function limit(uint256 oldWord, uint256 updatedAt, uint256 steps, uint256 market) internal pure returns (uint256) {
        uint256 oldUpdatedAt = PriceWord.updatedAt(oldWord);
        uint256 stepSec = updatedAt > oldUpdatedAt ? updatedAt - oldUpdatedAt : 0;
        if (stepSec > MAX_STEP_SEC) stepSec = MAX_STEP_SEC;
        uint256 step = (steps >> (STEP_BITS * market)) & ((1 << STEP_BITS) - 1);
        return PriceWord.maintenanceRate(oldWord) + (step * stepSec) / STEP_UNIT_SEC;
    }
}
