// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The words of the proven state.
interface IProvenState {
    /// @notice Root of accounts and totals after the last settled operation.
    function stateRoot() external view returns (uint256);
    /// @notice Tightest certificate bounds of all accounts, packed.
    function box() external view returns (uint256);
    /// @notice Liabilities, insurance and deficit, packed, quote units.
    function totalsWord() external view returns (uint256);
    /// @notice Loss indices, packed, ticks.
    function lossWord() external view returns (uint256);
    /// @notice Hash of the last checkpoint of the proven history and of the head before it.
    function checkpointHead() external view returns (bytes32);
}
