// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {ISafeModuleGuard, ISafeTransactionGuard, SafeOperation} from "../interfaces/ISafeGuards.sol";
import {IntegrityGated} from "../IntegrityGated.sol";

/// @title A guard for a Safe: its treasury does not move into, or out of, what a Homeostat guard finds unsound.
/// @dev While the guard is halted or in Exit, or someone in the watched market is bankrupt, the Safe may not call the listed targets, may
///      not refund gas in a listed token, and may delegate to nobody: a batch of calls (MultiSend) is such a delegation, and would hide a
///      target. Everything else passes, the Safe's calls to itself above all: its owners can always replace or remove this guard. Targets
///      are named once, here. List tokens whose transfers are to wait as well as protocols. What a Safe approved before, others can
///      still pull.
contract SafeSolvencyGuard is IntegrityGated, ISafeTransactionGuard, ISafeModuleGuard {
    /// @notice No target was named.
    error NoTargets();

    /// @notice The market whose solvency counts.
    uint256 public immutable market;
    /// @notice Addresses that may be called only while the market is sound.
    mapping(address target => bool listed) public isListed;

    constructor(IHomeostat homeostat_, uint256 market_, address[] memory targets) IntegrityGated(homeostat_) {
        if (targets.length == 0) revert NoTargets();
        homeostat_.priceWord(market_); // reverts for a market that does not exist
        market = market_;
        for (uint256 i; i < targets.length; ++i) isListed[targets[i]] = true;
    }

    /// @inheritdoc ISafeTransactionGuard
    /// @custom:reverts IntegrityHalted, IntegrityExited, MarketInsolvent
    function checkTransaction(
        address to,
        uint256,
        bytes calldata,
        SafeOperation operation,
        uint256,
        uint256,
        uint256 gasPrice,
        address gasToken,
        address payable,
        bytes calldata,
        address
    ) external view {
        bool refunds = gasPrice != 0 && isListed[gasToken];
        if (refunds || _isBound(to, operation)) _requireSound();
    }

    /// @inheritdoc ISafeModuleGuard
    /// @custom:reverts IntegrityHalted, IntegrityExited, MarketInsolvent
    function checkModuleTransaction(
        address to,
        uint256,
        bytes calldata,
        SafeOperation operation,
        address
    ) external view returns (bytes32) {
        if (_isBound(to, operation)) _requireSound();
        return bytes32(0);
    }

    /// @inheritdoc ISafeTransactionGuard
    function checkAfterExecution(bytes32, bool) external pure {}

    /// @inheritdoc ISafeModuleGuard
    function checkAfterModuleExecution(bytes32, bool) external pure {}

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(ISafeTransactionGuard).interfaceId ||
            interfaceId == type(ISafeModuleGuard).interfaceId ||
            interfaceId == type(IERC165).interfaceId;
    }

    function _isBound(address to, SafeOperation operation) private view returns (bool) {
        return operation == SafeOperation.DelegateCall || isListed[to];
    }

    // solhint-disable-next-line no-empty-blocks
    function _requireSound() private view whenSolvent(market) {}
}
