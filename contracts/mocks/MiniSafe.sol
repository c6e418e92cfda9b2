// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {ISafeModuleGuard, ISafeTransactionGuard, SafeOperation} from "../interfaces/ISafeGuards.sol";

/// @title Asks its guards as a Safe does, and checks no signature. For tests only.
contract MiniSafe {
    error NotSelf(address caller);
    error NoGuard(address guard);
    error Failed(bytes reason);

    struct Refund {
        uint256 gasPrice;
        address gasToken;
    }

    ISafeTransactionGuard public guard;

    modifier onlySelf() {
        if (msg.sender != address(this)) revert NotSelf(msg.sender);
        _;
    }

    /// @dev As a Safe: only by a transaction of its own, and only what says that it is a guard.
    function setGuard(ISafeTransactionGuard guard_) external onlySelf {
        bool isNone = address(guard_) == address(0);
        if (!isNone && !guard_.supportsInterface(type(ISafeTransactionGuard).interfaceId)) {
            revert NoGuard(address(guard_));
        }
        guard = guard_;
    }

    function execTransaction(
        address to,
        bytes calldata call,
        SafeOperation operation,
        Refund calldata refund
    ) external {
        if (address(guard) != address(0)) {
            guard.checkTransaction(
                to,
                0,
                call,
                operation,
                0,
                0,
                refund.gasPrice,
                refund.gasToken,
                payable(0),
                "",
                msg.sender
            );
        }
        bool success = _execute(to, call, operation);
        if (address(guard) != address(0)) guard.checkAfterExecution(bytes32(0), success);
    }

    function execTransactionFromModule(address to, bytes calldata call, SafeOperation operation) external {
        ISafeModuleGuard moduleGuard = ISafeModuleGuard(address(guard));
        bytes32 id = moduleGuard.checkModuleTransaction(to, 0, call, operation, msg.sender);
        moduleGuard.checkAfterModuleExecution(id, _execute(to, call, operation));
    }

    function _execute(address to, bytes calldata call, SafeOperation operation) private returns (bool success) {
        bytes memory reason;
        // solhint-disable avoid-low-level-calls
        if (operation == SafeOperation.DelegateCall) (success, reason) = to.delegatecall(call);
        else (success, reason) = to.call(call);
        // solhint-enable avoid-low-level-calls
        if (!success) revert Failed(reason);
    }
}
