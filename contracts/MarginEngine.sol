// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IHomeostat} from "./interfaces/IHomeostat.sol";
import {IHomeostatErrors} from "./interfaces/IHomeostatErrors.sol";
import {EngineLimits, IMarginEngine, Order, Signature} from "./interfaces/IMarginEngine.sol";
import {IOpLog, IVault} from "./interfaces/IOpLog.sol";
import {OperationEncoding} from "./libraries/OperationEncoding.sol";
import {OperationWords} from "./libraries/OperationWords.sol";
import {OpLog} from "./OpLog.sol";

/// @title The reference protocol. See IMarginEngine.
contract MarginEngine is IMarginEngine, OpLog, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using OperationEncoding for uint256[9];

    uint256 private constant MAX_VAULT_CAP = 1 << 62;
    uint256 private constant MAX_DEPTH = 32;

    /// @inheritdoc IMarginEngine
    address public immutable token;
    /// @notice The parameters of EngineLimits; capacity = 2^depth.
    uint256 public immutable markets;
    uint256 public immutable capacity;
    uint256 public immutable minimumDeposit;
    uint256 public immutable vaultCap;
    uint256 public immutable feeWei;

    /* storage, after OpLog's: one slot next account (64) and vaulted (64) | mappings */
    uint64 private _nextAccount = 1;
    uint64 private _vaulted;
    /// @inheritdoc IMarginEngine
    mapping(address owner => uint256 account) public accountOf;
    /// @inheritdoc IMarginEngine
    mapping(uint256 account => address owner) public ownerOf;
    /// @inheritdoc IMarginEngine
    mapping(address prover => uint256 amount) public feesOf;

    constructor(address guard_, address token_, EngineLimits memory limits) OpLog(guard_) {
        if (token_.code.length == 0) revert BadEngineParameter("token", uint160(token_));
        if (limits.depth == 0 || limits.depth > MAX_DEPTH) revert BadEngineParameter("depth", limits.depth);
        if (limits.markets == 0) revert BadEngineParameter("markets", limits.markets);
        if (limits.vaultCap > MAX_VAULT_CAP) revert BadEngineParameter("vaultCap", limits.vaultCap);
        if (limits.minimumDeposit == 0) revert BadEngineParameter("minimumDeposit", limits.minimumDeposit);
        token = token_;
        (markets, capacity) = (limits.markets, 1 << limits.depth);
        (minimumDeposit, vaultCap, feeWei) = (limits.minimumDeposit, limits.vaultCap, limits.feeWei);
    }

    modifier withFee() {
        if (msg.value != feeWei) revert WrongFee(msg.value, feeWei);
        _;
    }

    modifier whenNotHalted() {
        uint256 causes = IHomeostat(guard).haltCauses();
        if (causes != 0) revert IHomeostatErrors.GuardHalted(causes);
        _;
    }

    /* --- tokens in --- */

    /// @inheritdoc IMarginEngine
    function deposit(
        uint256 amount,
        uint256 keyX,
        uint256 keyY
    ) external payable withFee nonReentrant returns (uint256 account) {
        account = accountOf[msg.sender];
        uint256 minimum = account == 0 ? minimumDeposit : 1;
        if (amount < minimum) revert DepositTooSmall(amount, minimum);
        if (account == 0) account = _openAccount(msg.sender);
        _takeTokens(amount);

        Order memory order;
        (order.accountA, order.amount) = (account, amount);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.DEPOSIT, order);
        words.name(msg.sender, keyX, keyY);
        _log(words);
    }

    /* --- operations that wait while halted --- */

    /// @inheritdoc IMarginEngine
    function withdraw(
        uint256 account,
        uint256 amount,
        uint256 nonce,
        uint256 expiry,
        Signature calldata signature
    ) external payable withFee whenNotHalted {
        _requireAccount(account, 1);
        _requireLive(expiry);
        Order memory order;
        (order.accountA, order.amount, order.nonceA, order.expiry) = (account, amount, nonce, expiry);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.WITHDRAW, order);
        words.sign(3, signature);
        words[6] = uint160(ownerOf[account]);
        _log(words);
    }

    /// @inheritdoc IMarginEngine
    function trade(
        Order calldata order,
        Signature calldata byA,
        Signature calldata byB
    ) external payable withFee whenNotHalted {
        _requireMarket(order.market);
        _requireAccount(order.accountA, 1);
        _requireAccount(order.accountB, 1);
        _requireLive(order.expiry);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.TRADE, order);
        words.sign(3, byA);
        words.sign(6, byB);
        _log(words);
    }

    /// @inheritdoc IMarginEngine
    function setKey(uint256 keyX, uint256 keyY) external payable withFee whenNotHalted {
        Order memory order;
        order.accountA = accountOf[msg.sender];
        if (order.accountA == 0) revert NoAccount(msg.sender);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.SET_KEY, order);
        words.name(msg.sender, keyX, keyY);
        _log(words);
    }

    /* --- operations that lead back to normal: always --- */

    /// @inheritdoc IMarginEngine
    function liquidate(Order calldata order, Signature calldata byB) external payable withFee {
        _requireMarket(order.market);
        _requireAccount(order.accountA, 0);
        _requireAccount(order.accountB, 1);
        _requireLive(order.expiry);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.LIQUIDATE, order);
        words.sign(6, byB);
        _log(words);
    }

    /// @inheritdoc IMarginEngine
    function backstop(uint256 account) external payable withFee {
        _requireAccount(account, 1);
        Order memory order;
        order.accountA = account;
        _log(OperationEncoding.encode(OperationWords.BACKSTOP, order));
    }

    /// @inheritdoc IMarginEngine
    function recertify(uint256 accountA, uint256 accountB) external payable withFee {
        _requireAccount(accountA, 0);
        _requireAccount(accountB, 0);
        Order memory order;
        (order.accountA, order.accountB) = (accountA, accountB);
        _log(OperationEncoding.encode(OperationWords.RECERTIFY, order));
    }

    /* --- what the guard asks --- */

    /// @inheritdoc IOpLog
    function onSettled(uint256, uint256 count, address prover) external override(IOpLog, OpLog) onlyGuard {
        feesOf[prover] += count * feeWei;
    }

    /// @inheritdoc IVault
    function payOut(address to, uint256 amount) external onlyGuard nonReentrant {
        _vaulted -= uint64(amount); // a claim's amount has 63 bits
        IERC20(token).safeTransfer(to, amount);
    }

    /* --- fees --- */

    /// @inheritdoc IMarginEngine
    function collectFees(address payable to) external nonReentrant {
        uint256 amount = feesOf[msg.sender];
        if (amount == 0) revert NoFees(msg.sender);
        feesOf[msg.sender] = 0;
        emit FeesCollected(msg.sender, to, amount);
        (bool accepted, ) = to.call{value: amount}("");
        if (!accepted) revert FeesRefused(to, amount);
    }

    /* --- views --- */

    /// @inheritdoc IMarginEngine
    function nextAccount() external view returns (uint256) {
        return _nextAccount;
    }

    /// @inheritdoc IMarginEngine
    function vaulted() external view returns (uint256) {
        return _vaulted;
    }

    function _openAccount(address owner) private returns (uint256 account) {
        account = _nextAccount++;
        if (account >= capacity) revert NoRoom(capacity);
        accountOf[owner] = account;
        ownerOf[account] = owner;
        emit AccountOpened(account, owner);
    }

    function _takeTokens(uint256 amount) private {
        uint256 total = _vaulted + amount;
        if (total > vaultCap) revert VaultFull(total, vaultCap);
        _vaulted = uint64(total);
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        uint256 moved = IERC20(token).balanceOf(address(this)) - before;
        if (moved != amount) revert TransferMismatch(amount, moved);
    }

    function _requireAccount(uint256 account, uint256 lowest) private view {
        if (account < lowest || account >= _nextAccount) revert UnknownAccount(account);
    }

    function _requireMarket(uint256 market) private view {
        if (market >= markets) revert NoSuchMarket(market, markets);
    }

    function _requireLive(uint256 expiry) private view {
        if (expiry < block.timestamp) revert Expired(expiry, block.timestamp);
    }
}
