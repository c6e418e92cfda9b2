// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IExitDeposits} from "../interfaces/IExitDeposits.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {ExitRegister} from "./ExitRegister.sol";

/// @title Takes deposits that no proven state holds, each by its receipt and once. See IExitDeposits.
/// @dev In Exit nothing is settled, forked or posted again, so that what is shown stays as it was when it was shown.
abstract contract ExitDeposits is ExitRegister {
    struct ShownDeposit {
        address to;
        uint96 amount;
    }

    /// @inheritdoc IExitDeposits
    uint256 public deposits;
    mapping(bytes32 head => ShownDeposit shown) private _shown;

    /// @inheritdoc IExitDeposits
    function showDeposit(uint256 operation, uint256[9] calldata words, bytes32 headBefore) external whileShowing {
        uint256 settled = IHomeostat(guard).settled();
        if (operation < settled) revert SettledAlready(operation, settled);
        bytes32 head = _headOf(words, headBefore);
        (bytes32 logHead, , ) = _log().entryOf(operation);
        if (head != logHead) revert NotLogged(operation, head, logHead);
        _show(head, words);
    }

    /// @inheritdoc IExitDeposits
    function showAbandoned(uint256 fork, uint256[9] calldata words, bytes32 headBefore) external whileShowing {
        bytes32 head = _headOf(words, headBefore);
        if (!_log().isAbandoned(fork, head)) revert NotAbandoned(fork, head);
        _show(head, words);
    }

    /// @inheritdoc IExitDeposits
    function depositOf(bytes32 head) public view returns (address to, uint256 amount) {
        ShownDeposit memory shown = _shown[head];
        return (shown.to, shown.amount);
    }

    /// @dev Forgets a deposit that is about to be paid back.
    function _takeDeposit(bytes32 head) internal returns (address to, uint256 amount) {
        (to, amount) = depositOf(head);
        if (amount == 0) revert DepositNotShown(head);
        delete _shown[head];
    }

    function _show(bytes32 head, uint256[9] calldata words) private {
        uint96 amount = _log().tokensArrived(head).amount;
        if (amount == 0) revert NoTokensArrived(head);
        if (_shown[head].amount != 0) revert DepositShownBefore(head);

        address to = address(uint160(words[3]));
        _shown[head] = ShownDeposit(to, amount);
        deposits += amount;
        emit DepositShown(head, to, amount);
    }

    /// @dev Of a deposit only.
    function _headOf(uint256[9] calldata words, bytes32 headBefore) private pure returns (bytes32 head) {
        head = keccak256(abi.encodePacked(headBefore, words));
        bool isDeposit = OperationWords.typeOf(words[0]) == OperationWords.DEPOSIT;
        if (!isDeposit || !OperationWords.isCanonical(words)) revert NoDeposit(head);
    }

    function _log() private view returns (IOpLog) {
        return IOpLog(IHomeostat(guard).engine());
    }
}
