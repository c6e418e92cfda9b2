// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IExitHall} from "../interfaces/IExitHall.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {AccountOpening} from "../interfaces/IStateHasher.sol";
import {ExitProof} from "./ExitProof.sol";

/// @title What the proven words do not say by themselves: the insurance account's value, and losses.
abstract contract ExitRegister is ExitProof {
    using BitMaps for BitMaps.BitMap;

    uint256 internal constant INSURANCE_ACCOUNT = 0;

    /// @inheritdoc IExitHall
    bool public isOpen;
    /// @inheritdoc IExitHall
    bool public insuranceShown;
    /// @inheritdoc IExitHall
    int256 public insuranceValue;
    /// @inheritdoc IExitHall
    uint256 public losses;
    /// @dev Left, or shown as a loss: no account does both, for its value has one sign.
    BitMaps.BitMap private _done;

    modifier whileShowing() {
        if (IHomeostat(guard).exitAt() == 0) revert ExitNotEntered();
        if (isOpen) revert HallOpenAlready();
        _;
    }

    /// @inheritdoc IExitHall
    function showInsurance(AccountOpening calldata opening) external whileShowing {
        if (opening.index != INSURANCE_ACCOUNT) revert WrongAccount(opening.index);
        if (insuranceShown) revert InsuranceShownBefore();
        int256 value = accountValue(opening) + int256(_insuranceScalar());
        (insuranceShown, insuranceValue) = (true, value);
        emit InsuranceShown(value);
    }

    /// @inheritdoc IExitHall
    function showLoss(AccountOpening calldata opening) external whileShowing {
        if (opening.index == INSURANCE_ACCOUNT) revert WrongAccount(opening.index);
        int256 value = accountValue(opening);
        if (value >= 0) revert NoLoss(opening.index, value);
        _finish(opening.index);
        losses += uint256(-value);
        emit LossShown(opening.index, uint256(-value));
    }

    /// @inheritdoc IExitHall
    function isDone(uint256 account) external view returns (bool) {
        return _done.get(account);
    }

    function _finish(uint256 account) internal {
        if (_done.get(account)) revert AccountDone(account);
        _done.set(account);
    }
}
