// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IExitDeposits} from "./IExitDeposits.sol";
import {AccountOpening} from "./IStateHasher.sol";

/// @title The way out when a guard has been halted for too long: everyone leaves with what the last proven state owes them.
/// @dev Order: the guard enters Exit; for `exitShareSec` anyone shows the insurance account, bankrupt accounts and deposits that
///      no proven state holds (IExitDeposits); `open` fixes one ratio for all; then accounts, deposits and claims are paid at it, each once.
///      Positions are closed at the last proven prices and loss indices. No prover, owner or signature is needed, and no time limit
///      follows: whoever comes late finds the same ratio.
///      Correctness assumes: bankrupt accounts are shown before the hall opens (whoever stands to lose by one left out can; one left
///      out makes the ratio too high, and the last to leave may find the vault empty). The insurance account must be shown.
///      Liveness assumes: somebody keeps the proven accounts, which are a function of the chain's history (`npm run exit`).
interface IExitHall is IExitDeposits {
    /// @notice The insurance account was shown. `value`: what it owns, its scalar included, quote units; negative when in deficit.
    event InsuranceShown(int256 value);
    /// @notice A bankrupt account was shown. `loss` in quote units.
    event LossShown(uint256 indexed account, uint256 loss);
    /// @notice From now on everyone is paid `backed` / `owed` of what they are owed; quote units.
    event Opened(uint256 backed, uint256 owed);
    /// @notice An account left. `value` is what it owned, `paid` what it got; quote units.
    event AccountLeft(uint256 indexed account, address indexed owner, uint256 value, uint256 paid);

    /// @notice A constructor parameter is out of its range.
    error BadHall(string name, uint256 value);
    /// @notice The guard is not in Exit. Likely cause: enterExit was not sent yet.
    error ExitNotEntered();
    /// @notice The ratio is not fixed yet. Likely cause: open was not sent yet.
    error HallNotOpen();
    /// @notice The ratio is fixed; nothing can be shown any more.
    error HallOpenAlready();
    /// @notice The hall opens later: unix seconds.
    error TooEarly(uint256 opensAt, uint256 blockTimestamp);
    /// @notice Without the insurance account's value the ratio is not known.
    error InsuranceNotShown();
    /// @notice The insurance account was shown before.
    error InsuranceShownBefore();
    /// @notice The insurance account is shown, not paid; and no other account stands for it.
    error WrongAccount(uint256 account);
    /// @notice The opening does not lead to the proven state root. Likely cause: it was made for another state.
    error NotInState(uint256 account, uint256 derivedRoot, uint256 provenRoot);
    /// @notice The path has another length than the tree has levels, or the index more bits.
    error WrongPath(uint256 account, uint256 levels, uint256 wantedLevels);
    /// @notice The account left, or its loss was shown, before.
    error AccountDone(uint256 account);
    /// @notice The account is not bankrupt: its value, quote units.
    error NoLoss(uint256 account, int256 value);
    /// @notice The account owns nothing: its value, quote units.
    error NothingOwed(uint256 account, int256 value);

    /// @notice Shows what the insurance account owns; part of what the vault holds and owes to nobody.
    /// @custom:reverts ExitNotEntered, HallOpenAlready, InsuranceShownBefore, WrongAccount, WrongPath, NotInState
    function showInsurance(AccountOpening calldata opening) external;

    /// @notice Shows a bankrupt account: what it lacks, the others own, and all of them lose it alike.
    /// @custom:reverts ExitNotEntered, HallOpenAlready, WrongAccount, WrongPath, NotInState, NoLoss, AccountDone
    function showLoss(AccountOpening calldata opening) external;

    /// @notice Fixes the ratio: what the vault holds against all that is owed. Anyone may, once, after the time to show things.
    /// @custom:reverts ExitNotEntered, HallOpenAlready, TooEarly, InsuranceNotShown
    function open() external;

    /// @notice Pays an account's owner its value at the ratio. Anyone may send it.
    /// @custom:reverts HallNotOpen, WrongAccount, WrongPath, NotInState, NothingOwed, AccountDone, and whatever the token reverts with
    function exit(AccountOpening calldata opening) external;

    /// @notice What somebody gets for `amount` owed, quote units, rounded down. The guard asks for claims.
    /// @custom:reverts HallNotOpen
    function shareOf(uint256 amount) external view returns (uint256);

    /// @notice What an account owns at the last proven prices, quote units; checks the opening. Its owner has it when it is positive.
    /// @custom:reverts WrongPath, NotInState
    function accountValue(AccountOpening calldata opening) external view returns (int256);

    /// @notice Unix seconds from which the hall may open.
    /// @custom:reverts ExitNotEntered
    function opensAt() external view returns (uint256);

    /// @notice Whether the ratio is fixed.
    function isOpen() external view returns (bool);
    /// @notice Quote units that are paid for `owed`: the ratio. Zero until the hall opens.
    function backed() external view returns (uint256);
    /// @notice Quote units owed to all. Zero until the hall opens.
    function owed() external view returns (uint256);
    /// @notice Whether the insurance account was shown.
    function insuranceShown() external view returns (bool);
    /// @notice What it owns, quote units.
    function insuranceValue() external view returns (int256);
    /// @notice Sum of the losses shown, quote units.
    function losses() external view returns (uint256);
    /// @notice Whether the account left or its loss was shown.
    function isDone(uint256 account) external view returns (bool);
    /// @notice The guard whose users leave here.
    function guard() external view returns (address);
    /// @notice Levels of the account tree.
    function depth() external view returns (uint256);
    /// @notice Recomputes state roots.
    function hasher() external view returns (address);
}
