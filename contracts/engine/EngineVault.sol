// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EngineLimits, IMarginEngine} from "../interfaces/IMarginEngine.sol";
import {IVault} from "../interfaces/IOpLog.sol";
import {OpLog} from "../OpLog.sol";

/// @title What the engine holds: tokens, and who has which account.
abstract contract EngineVault is IMarginEngine, OpLog, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant MAX_VAULT_CAP = 1 << 62;
    uint256 private constant MAX_DEPTH = 32;

    /// @inheritdoc IMarginEngine
    address public immutable token;
    /// @notice Leaves of the account tree: 2^depth.
    uint256 public immutable capacity;
    /// @notice Token units of a first deposit, at least.
    uint256 public immutable minimumDeposit;
    /// @notice Token units that deposits may add up to.
    uint256 public immutable vaultCap;

    /* storage, after OpLog's: one slot next account (64) and vaulted (64) | mappings */
    uint64 private _nextAccount = 1;
    uint64 private _vaulted;
    /// @inheritdoc IMarginEngine
    mapping(address owner => uint256 account) public accountOf;
    /// @inheritdoc IMarginEngine
    mapping(uint256 account => address owner) public ownerOf;

    constructor(address token_, EngineLimits memory limits) {
        if (token_.code.length == 0) revert BadEngineParameter("token", uint160(token_));
        if (limits.depth == 0 || limits.depth > MAX_DEPTH) revert BadEngineParameter("depth", limits.depth);
        if (limits.vaultCap > MAX_VAULT_CAP) revert BadEngineParameter("vaultCap", limits.vaultCap);
        if (limits.minimumDeposit == 0) revert BadEngineParameter("minimumDeposit", limits.minimumDeposit);
        (token, capacity) = (token_, 1 << limits.depth);
        (minimumDeposit, vaultCap) = (limits.minimumDeposit, limits.vaultCap);
    }

    /// @inheritdoc IVault
    function payOut(address to, uint256 amount) external onlyGuard nonReentrant {
        // in Exit the payments may add up to more than deposits did, when somebody gave the vault tokens
        _vaulted = amount < _vaulted ? _vaulted - uint64(amount) : 0;
        IERC20(token).safeTransfer(to, amount);
    }

    /// @inheritdoc IMarginEngine
    function nextAccount() external view returns (uint256) {
        return _nextAccount;
    }

    /// @inheritdoc IMarginEngine
    function vaulted() external view returns (uint256) {
        return _vaulted;
    }

    /// @dev The owner's account, a new one if need be, for a deposit of `amount`.
    function _accountFor(address owner, uint256 amount) internal returns (uint256 account) {
        account = accountOf[owner];
        uint256 minimum = account == 0 ? minimumDeposit : 1;
        if (amount < minimum) revert DepositTooSmall(amount, minimum);
        if (account != 0) return account;

        account = _nextAccount++;
        if (account >= capacity) revert NoRoom(capacity);
        accountOf[owner] = account;
        ownerOf[account] = owner;
        emit AccountOpened(account, owner);
    }

    /// @dev Takes exactly `amount` from `owner`, or reverts.
    function _takeTokens(address owner, uint256 amount) internal {
        uint256 total = _vaulted + amount;
        if (total > vaultCap) revert VaultFull(total, vaultCap);
        _vaulted = uint64(total);
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(owner, address(this), amount);
        uint256 moved = IERC20(token).balanceOf(address(this)) - before;
        if (moved != amount) revert TransferMismatch(amount, moved);
    }

    function _requireAccount(uint256 account, uint256 lowest) internal view {
        if (account < lowest || account >= _nextAccount) revert UnknownAccount(account);
    }
}
