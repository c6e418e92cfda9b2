// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EngineLimits, Order} from "../interfaces/IMarginEngine.sol";
import {OperationEncoding} from "../libraries/OperationEncoding.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {MarginEngine} from "../MarginEngine.sol";

/// @title The reference engine with two faults: deposits that it logs without taking their tokens, and a way for tokens to leave.
///        For tests and demonstrations only.
contract BuggyEngine is MarginEngine {
    using OperationEncoding for uint256[9];
    using SafeERC20 for IERC20;

    constructor(address guard_, address token_, EngineLimits memory limits) MarginEngine(guard_, token_, limits) {}

    /// @notice The fault: a deposit of tokens that nobody paid.
    function depositNothing(
        uint256 amount,
        uint256 keyX,
        uint256 keyY
    ) external payable withFee returns (uint256 account) {
        account = _accountFor(msg.sender, amount);
        Order memory order;
        (order.accountA, order.amount) = (account, amount);
        uint256[9] memory words = OperationEncoding.encode(OperationWords.DEPOSIT, order);
        words.name(msg.sender, keyX, keyY);
        _log(words, false);
    }

    /// @notice The other fault: tokens leave without the guard.
    function leak(uint256 amount) external {
        IERC20(token).safeTransfer(msg.sender, amount);
    }
}
