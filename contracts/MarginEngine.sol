// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {DepositReposts} from "./engine/DepositReposts.sol";
import {EngineFees} from "./engine/EngineFees.sol";
import {EngineVault} from "./engine/EngineVault.sol";
import {IHomeostat} from "./interfaces/IHomeostat.sol";
import {Status} from "./interfaces/HomeostatTypes.sol";
import {EngineLimits, IMarginEngine, Order, Signature} from "./interfaces/IMarginEngine.sol";
import {OperationEncoding} from "./libraries/OperationEncoding.sol";
import {OperationWords} from "./libraries/OperationWords.sol";
import {Mode, Permissions} from "./libraries/Permissions.sol";
import {OpLog} from "./OpLog.sol";

/// @title The reference protocol: logs what users want, for a fee to whoever proves it. See IMarginEngine.
contract MarginEngine is DepositReposts {
    using OperationEncoding for uint256[9];

    /// @notice Number of markets.
    uint256 public immutable markets;

    constructor(
        address guard_,
        address token_,
        EngineLimits memory limits
    ) OpLog(guard_) EngineVault(token_, limits) EngineFees(limits.feeWei) {
        if (limits.markets == 0) revert BadEngineParameter("markets", limits.markets);
        markets = limits.markets;
    }

    /* --- tokens in --- */

    /// @inheritdoc IMarginEngine
    function deposit(
        uint256 amount,
        uint256 keyX,
        uint256 keyY
    ) external payable withFee nonReentrant returns (uint256 account) {
        _admit(OperationWords.DEPOSIT);
        account = _accountFor(msg.sender, amount);
        _takeTokens(msg.sender, amount);

        Order memory order;
        (order.accountA, order.amount) = (account, amount);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.DEPOSIT, order);
        words.name(msg.sender, keyX, keyY);
        _logDeposit(words, amount);
    }

    /* --- operations that a worse state restricts; the flag tells the circuit --- */

    /// @inheritdoc IMarginEngine
    function withdraw(
        uint256 account,
        uint256 amount,
        uint256 nonce,
        uint256 expiry,
        Signature calldata signature
    ) external payable withFee {
        bool restricted = _admit(OperationWords.WITHDRAW);
        _requireWelcome(msg.sender);
        _requireAccount(account, 1);
        _requireLive(expiry);
        Order memory order;
        (order.accountA, order.amount, order.nonceA, order.expiry) = (account, amount, nonce, expiry);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.WITHDRAW, order);
        words.sign(3, signature);
        words[6] = uint160(ownerOf[account]);
        _log(words, restricted);
    }

    /// @inheritdoc IMarginEngine
    function trade(Order calldata order, Signature calldata byA, Signature calldata byB) external payable withFee {
        _requireMarket(order.market);
        bool restricted = _admitIn(OperationWords.TRADE, IHomeostat(guard).status(order.market));
        _requireWelcome(msg.sender);
        _requireAccount(order.accountA, 1);
        _requireAccount(order.accountB, 1);
        _requireLive(order.expiry);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.TRADE, order);
        words.sign(3, byA);
        words.sign(6, byB);
        _log(words, restricted);
    }

    /* --- operations that are open in every state but Exit --- */

    /// @inheritdoc IMarginEngine
    function setKey(uint256 keyX, uint256 keyY) external payable withFee {
        _admit(OperationWords.SET_KEY);
        Order memory order;
        order.accountA = accountOf[msg.sender];
        if (order.accountA == 0) revert NoAccount(msg.sender);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.SET_KEY, order);
        words.name(msg.sender, keyX, keyY);
        _log(words, false);
    }

    /// @inheritdoc IMarginEngine
    function liquidate(Order calldata order, Signature calldata byB) external payable withFee {
        _admit(OperationWords.LIQUIDATE);
        _requireWelcome(msg.sender);
        _requireMarket(order.market);
        _requireAccount(order.accountA, 0);
        _requireAccount(order.accountB, 1);
        _requireLive(order.expiry);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.LIQUIDATE, order);
        words.sign(6, byB);
        _log(words, false);
    }

    /// @inheritdoc IMarginEngine
    function backstop(uint256 account) external payable withFee {
        _admit(OperationWords.BACKSTOP);
        _requireAccount(account, 1);
        Order memory order;
        order.accountA = account;
        _log(OperationEncoding.encode(OperationWords.BACKSTOP, order), false);
    }

    /// @inheritdoc IMarginEngine
    function recertify(uint256 accountA, uint256 accountB) external payable withFee {
        _admit(OperationWords.RECERTIFY);
        _requireAccount(accountA, 0);
        _requireAccount(accountB, 0);
        Order memory order;
        (order.accountA, order.accountB) = (accountA, accountB);
        _log(OperationEncoding.encode(OperationWords.RECERTIFY, order), false);
    }

    /// @inheritdoc IMarginEngine
    function shareLoss(uint256 market) external payable withFee {
        _admit(OperationWords.SHARE_LOSS);
        _requireMarket(market);
        uint256 since = IHomeostat(guard).deficitSince();
        if (since == 0 || block.timestamp <= since + IHomeostat(guard).cureSec()) revert NoLastingDeficit(since);
        Order memory order;
        order.market = market;
        _log(OperationEncoding.encode(OperationWords.SHARE_LOSS, order), false);
    }

    /// @dev For what depends on the protocol as a whole.
    function _admit(uint256 kind) private view returns (bool restricted) {
        return _admitIn(kind, IHomeostat(guard).globalStatus());
    }

    function _admitIn(uint256 kind, Status status) private pure returns (bool restricted) {
        Mode mode = Permissions.modeOf(kind, status);
        if (mode == Mode.Refused) revert OperationRefused(kind, status);
        return mode == Mode.Restricted;
    }

    function _requireWelcome(address sender) private view {
        if (IHomeostat(guard).isRefused(sender)) revert SenderRefused(sender);
    }

    function _requireMarket(uint256 market) private view {
        if (market >= markets) revert NoSuchMarket(market, markets);
    }

    function _requireLive(uint256 expiry) private view {
        if (expiry < block.timestamp) revert Expired(expiry, block.timestamp);
    }
}
