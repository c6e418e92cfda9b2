// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IExitHall} from "../interfaces/IExitHall.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {AccountOpening} from "../interfaces/IStateHasher.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {ExitProof} from "./ExitProof.sol";

/// @title What the proven words do not say by themselves: the insurance account's value, losses, deposits that were not settled.
abstract contract ExitRegister is ExitProof {
    using BitMaps for BitMaps.BitMap;

    struct ShownDeposit {
        address to;
        uint64 amount;
    }

    uint256 internal constant INSURANCE_ACCOUNT = 0;

    /// @inheritdoc IExitHall
    bool public isOpen;
    /// @inheritdoc IExitHall
    bool public insuranceShown;
    /// @inheritdoc IExitHall
    int256 public insuranceValue;
    /// @inheritdoc IExitHall
    uint256 public losses;
    /// @inheritdoc IExitHall
    uint256 public deposits;
    /// @dev Left, or shown as a loss: no account does both, for its value has one sign.
    BitMaps.BitMap private _done;
    mapping(uint256 operation => ShownDeposit shown) private _deposits;

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
    function showDeposit(uint256 operation, uint256[9] calldata words, bytes32 headBefore) external whileShowing {
        uint256 settled = IHomeostat(guard).settled();
        if (operation < settled) revert SettledAlready(operation, settled);
        bool isDeposit = OperationWords.typeOf(words[0]) == OperationWords.DEPOSIT;
        if (!isDeposit || !OperationWords.isCanonical(words)) revert NoDeposit(operation);
        bytes32 head = keccak256(abi.encodePacked(headBefore, words));
        (bytes32 logHead, , ) = IOpLog(IHomeostat(guard).engine()).entryOf(operation);
        if (head != logHead) revert NotLogged(operation, head, logHead);
        if (_deposits[operation].amount != 0) revert DepositShownBefore(operation);

        address to = address(uint160(words[3]));
        uint256 amount = OperationWords.amountOf(words[1]);
        _deposits[operation] = ShownDeposit(to, uint64(amount)); // 63 bits
        deposits += amount;
        emit DepositShown(operation, to, amount);
    }

    /// @inheritdoc IExitHall
    function isDone(uint256 account) external view returns (bool) {
        return _done.get(account);
    }

    /// @inheritdoc IExitHall
    function depositOf(uint256 operation) public view returns (address to, uint256 amount) {
        ShownDeposit memory shown = _deposits[operation];
        return (shown.to, shown.amount);
    }

    function _finish(uint256 account) internal {
        if (_done.get(account)) revert AccountDone(account);
        _done.set(account);
    }

    /// @dev Forgets a deposit that is about to be paid back.
    function _takeDeposit(uint256 operation) internal returns (address to, uint256 amount) {
        (to, amount) = depositOf(operation);
        if (amount == 0) revert DepositNotShown(operation);
        delete _deposits[operation];
    }
}
