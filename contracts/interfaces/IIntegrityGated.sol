// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "./HomeostatTypes.sol";

/// @title What a gated protocol refuses.
interface IIntegrityGated {
    /// @notice The guard is halted; `causes` is a mask of HaltCause bits. Retry when haltCauses() is zero.
    error IntegrityHalted(uint256 causes);
    /// @notice The guard is in Exit: its protocol pays out, and proves nothing more. Final once exitAt() is set; before, anyone may
    ///         set it by enterExit(), or the halt may still end.
    error IntegrityExited();
    /// @notice The market is restricted: only what reduces risk may happen. Retry when its status is Normal again.
    error MarketRestricted(uint256 market, Status status);
    /// @notice The function belongs to another state of the market than it is in.
    error WrongStatus(uint256 market, Status status, Status wanted);
    /// @notice Someone in the market is bankrupt at the mark, by the proven box; `buffer` in basis points.
    error MarketInsolvent(uint256 market, int256 buffer);
    /// @notice The market's proven buffer is below what the function needs, basis points.
    error BufferTooThin(uint256 market, int256 buffer, int256 minimum);
    /// @notice Operations of that block, or of one before it, still await their proof.
    error BlockNotProven(uint256 blockNumber, uint256 provenBlock);
    /// @notice The operation of the guard's log still awaits its proof.
    error OperationNotSettled(uint256 operation, uint256 settled);
    /// @notice The last proven round is older than the function allows, seconds.
    error RoundTooOldHere(uint256 ageSec, uint256 maximumSec);
}
