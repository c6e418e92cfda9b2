// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IMarginEngine} from "../interfaces/IMarginEngine.sol";
import {EngineFees} from "./EngineFees.sol";

/// @title Posts deposits of an abandoned branch again: their tokens are in the vault already.
/// @dev Each stands alone, in any order and in any number of calls: a full log or a deposit that someone else posted first loses
///      nothing.
abstract contract DepositReposts is EngineFees {
    /// @inheritdoc IMarginEngine
    function repostDeposits(
        uint256 fork,
        bytes32[] calldata headsBefore,
        uint256[9][] calldata words
    ) external payable returns (uint256 posted) {
        if (headsBefore.length != words.length) revert LengthMismatch(headsBefore.length, words.length);
        for (uint256 i; i < words.length; ++i) if (_repost(fork, headsBefore[i], words[i])) ++posted;
        if (posted == 0) revert NothingToRepost(fork, words.length);
        uint256 due = posted * feeWei;
        if (msg.value < due) revert WrongFee(msg.value, due);
        feesOf[msg.sender] += msg.value - due;
    }
}
