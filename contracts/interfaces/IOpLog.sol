// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice That a deposit's tokens arrived. Kept by the head that the deposit made.
/// @param amount token units; zero when there is no receipt, or it was used
/// @param index of the deposit in the log
/// @param forks how many forks the log had had before
struct Receipt {
    uint96 amount;
    uint48 index;
    uint24 forks;
}

/// @title The log of operations that a guard settles.
/// @dev Correctness assumes: only the engine's own functions append; each takes the tokens of a deposit before it logs it, and
///      logs it with a receipt.
///      Liveness assumes: words are below the field's order, or the operation counts as nothing and a deposit is not refunded.
interface IOpLog {
    /// @notice An operation took its place in the log. `words` are raw, including the round, time and sender that the log wrote.
    /// @dev After a fork an index is used again; the later event counts.
    event OperationLogged(uint256 indexed index, uint256[9] words);
    /// @notice The guard was rolled back: the operations from `fromIndex` on, so many, are abandoned.
    /// @param fork number of the fork, from zero
    /// @param abandonedHead head of the chain after the last of them
    event LogForked(uint256 indexed fork, uint256 fromIndex, uint256 abandonedCount, bytes32 abandonedHead);

    /// @notice Only the guard may call.
    error NotGuard(address caller);
    /// @notice Too many operations await their proof. Likely cause: provers are late, or someone floods the log.
    error LogFull(uint256 pending, uint256 maxPending);
    /// @notice Nothing is logged in the rest of the second in which the log forked. Likely cause: send it again in the next block.
    error ForkedJustNow(uint256 blockTimestamp);
    /// @notice The fork did not abandon this deposit. Likely cause: another fork did, or the deposit is still in the log.
    error NotAbandoned(uint256 fork, uint256 index, bytes32 head);
    /// @notice Exit was entered (unix seconds): the exit hall pays abandoned deposits back, and none is posted again.
    error RepostsEnded(uint256 exitAt);
    /// @notice The log no longer or not yet holds this operation.
    error NoSuchEntry(uint256 index, uint256 count);

    /// @notice The guard that settles this log.
    function guard() external view returns (address);
    /// @notice How many operations the log holds, settled ones among them; indices begin at zero.
    function operationCount() external view returns (uint256);
    /// @notice keccak chain head up to and including the operation, and the time (unix seconds) and block of its logging.
    /// @custom:reverts NoSuchEntry
    function entryOf(uint256 index) external view returns (bytes32 head, uint256 loggedAt, uint256 loggedBlock);
    /// @notice Chain heads before the operation `first` and after `count` operations from it; the head before the first is zero.
    ///         `arrivedAfter` is the sum of the receipts of the deposits among all operations up to there, token units.
    /// @custom:reverts NoSuchEntry
    function headsOf(
        uint256 first,
        uint256 count
    ) external view returns (bytes32 headBefore, bytes32 headAfter, uint256 arrivedAfter);
    /// @notice The receipt of the deposit that made this head.
    function tokensArrived(bytes32 head) external view returns (Receipt memory);
    /// @notice Sums of receipts, token units: of the log's deposits, and of abandoned ones that were not posted again.
    function arrivals() external view returns (uint256 logged, uint256 awaiting);
    /// @notice Whether the fork abandoned the deposit that made this head, and nobody has posted it again: it has its receipt still.
    function isAbandoned(uint256 fork, bytes32 head) external view returns (bool);
    /// @notice How many forks the log has had.
    function forkCount() external view returns (uint256);

    /// @notice Told by the guard after a settlement. May fail without consequence for the settlement.
    /// @param prover who sent the settling transaction
    /// @custom:reverts NotGuard
    function onSettled(uint256 first, uint256 count, address prover) external;

    /// @notice Told by the guard when it is rolled back: the operations from `from` on are abandoned.
    /// @param head of the chain before the next operation
    /// @param arrived sum of the receipts of the deposits that stay, token units
    /// @param proven how many operations had been settled
    /// @param by who sent the transaction; fees of abandoned operations that nobody proved are theirs
    /// @custom:reverts NotGuard
    function forkTo(uint256 from, bytes32 head, uint256 arrived, uint256 proven, address by) external;
}

/// @title The vault that a guard pays claims from.
interface IVault {
    /// @notice Sends `amount` token units to `to`; only for the guard. Reverts when the token does.
    function payOut(address to, uint256 amount) external;
}
