// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IMarginEngine} from "../interfaces/IMarginEngine.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {OpLog} from "../OpLog.sol";
import {EngineVault} from "./EngineVault.sol";

/// @title What an operation costs, and who gets it: whoever settles it, or whoever ends the branch in which nobody did.
abstract contract EngineFees is EngineVault {
    /// @notice Wei due with each operation.
    uint256 public immutable feeWei;

    /// @inheritdoc IMarginEngine
    mapping(address prover => uint256 amount) public feesOf;

    constructor(uint256 feeWei_) {
        feeWei = feeWei_;
    }

    modifier withFee() {
        if (msg.value != feeWei) revert WrongFee(msg.value, feeWei);
        _;
    }

    /// @inheritdoc IOpLog
    function onSettled(uint256, uint256 count, address prover) external override(IOpLog, OpLog) onlyGuard {
        feesOf[prover] += count * feeWei;
    }

    /// @inheritdoc IMarginEngine
    function collectFees(address payable to) external nonReentrant {
        uint256 amount = feesOf[msg.sender];
        if (amount == 0) revert NoFees(msg.sender);
        feesOf[msg.sender] = 0;
        emit FeesCollected(msg.sender, to, amount);
        (bool accepted, ) = to.call{value: amount}("");
        if (!accepted) revert FeesRefused(to, amount);
    }

    /// @inheritdoc OpLog
    function _abandoned(uint256 unproven, address by) internal override {
        feesOf[by] += unproven * feeWei;
    }
}
