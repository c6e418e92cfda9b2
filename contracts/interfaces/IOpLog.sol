// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The log of operations that a guard settles.
/// @dev Correctness assumes: only the engine's own functions append; each takes the tokens of a deposit before it logs it.
///      Liveness assumes: words are below the field's order, or the operation counts as nothing and a deposit is not refunded.
interface IOpLog {
    /// @notice An operation took its place in the log. `words` are raw, including the round, time and sender that the log wrote.
    event OperationLogged(uint256 indexed index, uint256[9] words);

    /// @notice Only the guard may call.
    error NotGuard(address caller);
    /// @notice Too many operations await their proof. Likely cause: provers are late, or someone floods the log.
    error LogFull(uint256 pending, uint256 maxPending);
    /// @notice The log no longer or not yet holds this operation.
    error NoSuchEntry(uint256 index, uint256 count);

    /// @notice The guard that settles this log.
    function guard() external view returns (address);
    /// @notice How many operations were ever logged; indices begin at zero.
    function operationCount() external view returns (uint256);
    /// @notice keccak chain head up to and including the operation, and the time (unix seconds) and block of its logging.
    /// @custom:reverts NoSuchEntry
    function entryOf(uint256 index) external view returns (bytes32 head, uint256 loggedAt, uint256 loggedBlock);
    /// @notice Chain heads before the operation `first` and after `count` operations from it; the head before the first is zero.
    /// @custom:reverts NoSuchEntry
    function headsOf(uint256 first, uint256 count) external view returns (bytes32 headBefore, bytes32 headAfter);

    /// @notice Told by the guard after a settlement. May fail without consequence for the settlement.
    /// @param prover who sent the settling transaction
    /// @custom:reverts NotGuard
    function onSettled(uint256 first, uint256 count, address prover) external;
}

/// @title The vault that a guard pays claims from.
interface IVault {
    /// @notice Sends `amount` token units to `to`; only for the guard. Reverts when the token does.
    function payOut(address to, uint256 amount) external;
}
