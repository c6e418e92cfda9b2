// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "./HomeostatTypes.sol";

/// @title What a gated protocol refuses.
interface IIntegrityGated {
    /// @notice The guard is halted; `causes` is a mask of HaltCause bits. Retry when haltCauses() is zero.
    error IntegrityHalted(uint256 causes);
    /// @notice The market is restricted: only what reduces risk may happen. Retry when its status is Normal again.
    error MarketRestricted(uint256 market, Status status);
    /// @notice Someone in the market is bankrupt at the mark, by the proven box; `buffer` in basis points.
    error MarketInsolvent(uint256 market, int256 buffer);
    /// @notice Operations of that block, or of one before it, still await their proof.
    error BlockNotProven(uint256 blockNumber, uint256 provenBlock);
}
