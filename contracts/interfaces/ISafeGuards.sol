// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @notice How a Safe executes: as a call, or another contract's code as its own.
enum SafeOperation {
    Call,
    DelegateCall
}

/// @title What a Safe asks before and after each transaction of its owners (Safe 1.3 and later).
interface ISafeTransactionGuard is IERC165 {
    /// @notice Reverts to refuse the transaction.
    function checkTransaction(
        address to,
        uint256 value,
        bytes calldata data,
        SafeOperation operation,
        uint256 safeTxGas,
        uint256 baseGas,
        uint256 gasPrice,
        address gasToken,
        address payable refundReceiver,
        bytes calldata signatures,
        address msgSender
    ) external;

    /// @notice Called afterwards; reverts to undo the transaction.
    function checkAfterExecution(bytes32 hash, bool success) external;
}

/// @title What a Safe asks before and after each transaction of a module (Safe 1.5 and later).
interface ISafeModuleGuard is IERC165 {
    /// @notice Reverts to refuse the transaction.
    function checkModuleTransaction(
        address to,
        uint256 value,
        bytes calldata data,
        SafeOperation operation,
        address module
    ) external returns (bytes32 moduleTxHash);

    /// @notice Called afterwards; reverts to undo the transaction.
    function checkAfterModuleExecution(bytes32 txHash, bool success) external;
}
