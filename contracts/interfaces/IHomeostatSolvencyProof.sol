// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ISolvencyProof} from "./ISolvencyProof.sol";

/// @title ERC-7893 over a guard. Assets are the vault's balance at this instant; liabilities are what proofs say that it owes: accounts,
///        insurance and unpaid claims. Nobody brings figures, so nobody can bring false ones.
/// @dev Solvent: the vault covers everything that it owes, and the figures are current (no proof or round is late, no loss outlasted its
///      cure, no Exit). A council's restriction or a flood of unauthorised operations does not make a protocol insolvent.
interface IHomeostatSolvencyProof is ISolvencyProof {
    /// @notice Only proofs change these figures.
    error OnlyProofsUpdate(address caller);
    /// @notice The price of the token in ether is missing, negative or too old: values cannot be given. Ratios can.
    error NoEtherPrice(int256 answer, uint256 updatedAt);
    /// @notice A constructor parameter is out of range.
    error BadSolvencyProof(string name, uint256 value);
    /// @notice An entry of this second exists.
    error AlreadyRecorded(uint256 timestamp);

    /// @notice Adds the figures of this instant to the history, and tells of a ratio below full cover. Anyone may, once a second.
    /// @custom:reverts AlreadyRecorded
    function record() external;
}
