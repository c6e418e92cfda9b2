// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "./HomeostatTypes.sol";

/// @title What a guard lets its security council do: tighten at once, for a bounded time; loosen through its timelock only.
/// @dev `market` is the index of a market, or type(uint256).max for all of them. The answer of the guard is never better than what it
///      derives by itself, whatever the council or the timelock did.
interface ICouncilHooks {
    /// @notice Restricts a market, or all, to `level` from now on. The restriction ends by itself.
    /// @param level Stressed, Broken or Halted
    /// @param durationSec seconds; at most a day
    /// @param cause a number that the council gives to its reason; two restrictions in a row may not have the same one
    function tighten(uint256 market, Status level, uint256 durationSec, uint8 cause) external;

    /// @notice Ends a restriction of the council early; only the timelock may.
    function lift(uint256 market) external;
}
