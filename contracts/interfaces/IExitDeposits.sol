// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Deposits that no proven state holds, on the way out: never settled, or abandoned by a fork of the log and not posted again.
/// @dev Named by the chain head that the deposit made, as its receipt is: no two operations have the same head, also across forks, while
///      a fork uses indices again.
///      Correctness assumes: the log keeps a receipt for exactly the deposits whose tokens arrived, and posts none again in Exit.
interface IExitDeposits {
    /// @notice A deposit that no proven state holds was shown; it is owed to who made it. `amount` is what arrived, quote units.
    event DepositShown(bytes32 indexed head, address indexed to, uint256 amount);
    /// @notice A deposit that was shown was paid back. Quote units.
    event DepositReturned(bytes32 indexed head, address indexed to, uint256 amount, uint256 paid);

    /// @notice The operation is settled: whatever it did is in the state, or a claim.
    error SettledAlready(uint256 operation, uint256 settled);
    /// @notice The operation is no deposit that the guard could read.
    error NoDeposit(bytes32 head);
    /// @notice The words are not those of the log.
    error NotLogged(uint256 operation, bytes32 derivedHead, bytes32 logHead);
    /// @notice The fork did not abandon such a deposit. Likely cause: it was posted again, another fork did, or it is still in the log.
    error NotAbandoned(uint256 fork, bytes32 head);
    /// @notice No tokens arrived with the deposit: nothing is owed for it.
    error NoTokensArrived(bytes32 head);
    /// @notice The deposit was shown before.
    error DepositShownBefore(bytes32 head);
    /// @notice No such deposit was shown, or it was paid back before.
    error DepositNotShown(bytes32 head);

    /// @notice Shows a deposit that was logged and never settled: its tokens are in the vault, and no account has them.
    /// @param words nine raw words, exactly as logged
    /// @param headBefore chain head of the log before the operation
    /// @custom:reverts ExitNotEntered, HallOpenAlready, SettledAlready, NoDeposit, NotLogged, NoTokensArrived, DepositShownBefore
    function showDeposit(uint256 operation, uint256[9] calldata words, bytes32 headBefore) external;

    /// @notice Shows a deposit that a fork of the log abandoned and that nobody posted again: its tokens are in the vault, and the
    ///         proven state, which went back, does not hold them.
    /// @param fork one that abandoned it
    /// @param words nine raw words, exactly as logged
    /// @param headBefore head of the abandoned chain before the operation
    /// @custom:reverts ExitNotEntered, HallOpenAlready, NoDeposit, NotAbandoned, DepositShownBefore
    function showAbandoned(uint256 fork, uint256[9] calldata words, bytes32 headBefore) external;

    /// @notice Pays a deposit that was shown back at the ratio. Anyone may send it.
    /// @custom:reverts HallNotOpen, DepositNotShown, and whatever the token reverts with
    function exitDeposit(bytes32 head) external;

    /// @notice Sum of the deposits shown, quote units.
    function deposits() external view returns (uint256);
    /// @notice A deposit that was shown and not paid back; zeros otherwise.
    function depositOf(bytes32 head) external view returns (address to, uint256 amount);
}
