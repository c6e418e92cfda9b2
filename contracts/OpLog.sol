// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IHomeostat} from "./interfaces/IHomeostat.sol";
import {IOpLog, Receipt} from "./interfaces/IOpLog.sol";
import {LogChain} from "./log/LogChain.sol";

/// @title The log that any engine inherits. What a rolled back guard abandons can be seen, and deposits be posted again.
/// @dev An operation of the branch after fork e-1 and before fork e is abandoned by the first fork f >= e that cuts at or before its
///      index. So a receipt with index and number of forks says whether its deposit is still in the log.
abstract contract OpLog is LogChain {
    /// @dev Token units of deposits that were abandoned and not posted again.
    uint256 private _awaiting;
    mapping(bytes32 head => Receipt receipt) private _receipts;

    constructor(address guard_) LogChain(guard_) {}

    modifier onlyGuard() {
        if (msg.sender != guard) revert NotGuard(msg.sender);
        _;
    }

    /* --- what is in the log --- */

    /// @inheritdoc IOpLog
    function tokensArrived(bytes32 head) external view returns (Receipt memory) {
        return _receipts[head];
    }

    /// @inheritdoc IOpLog
    function arrivals() external view returns (uint256 logged, uint256 awaiting) {
        return (_cursor.arrived, _awaiting);
    }

    /// @inheritdoc IOpLog
    function isAbandoned(uint256 fork, bytes32 head) external view returns (bool) {
        return _isAbandoned(fork, _receipts[head]);
    }

    /* --- what the guard tells --- */

    /// @inheritdoc IOpLog
    function onSettled(uint256 first, uint256 count, address prover) external virtual onlyGuard {}

    /// @inheritdoc IOpLog
    function forkTo(uint256 from, bytes32 head, uint256 arrived, uint256 proven, address by) external onlyGuard {
        uint256 unproven = _cursor.count - proven;
        _awaiting += _cursor.arrived - arrived;
        _cut(from, head, arrived);
        _abandoned(unproven, by);
    }

    /* --- what the engine does --- */

    /// @dev Appends an operation; its third word is written by the log, whatever it holds.
    /// @param restricted see OperationWords.logWord
    /// @custom:reverts LogFull, ForkedJustNow
    function _log(uint256[9] memory words, bool restricted) internal returns (uint256 index) {
        (index, ) = _append(words, restricted, 0);
    }

    /// @dev Appends a deposit whose tokens have arrived, and keeps a receipt, so that it can be posted again after a fork.
    /// @param amount token units, not zero
    /// @custom:reverts LogFull, ForkedJustNow
    function _logDeposit(uint256[9] memory words, uint256 amount) internal {
        (uint256 index, bytes32 head) = _append(words, false, amount);
        _receipts[head] = Receipt({amount: uint96(amount), index: uint48(index), forks: _cursor.forks});
    }

    /// @dev Posts an abandoned deposit again; its receipt moves along. False when there is no receipt (any more).
    /// @param headBefore head of the chain before the operation, `words` as they were logged
    /// @custom:reverts RepostsEnded, NotAbandoned, LogFull, ForkedJustNow
    function _repost(uint256 fork, bytes32 headBefore, uint256[9] memory words) internal returns (bool) {
        uint256 exitAt = IHomeostat(guard).exitAt();
        if (exitAt != 0) revert RepostsEnded(exitAt);
        bytes32 head = keccak256(abi.encodePacked(headBefore, words));
        Receipt memory receipt = _receipts[head];
        if (receipt.amount == 0) return false;
        if (!_isAbandoned(fork, receipt)) revert NotAbandoned(fork, receipt.index, head);
        delete _receipts[head];
        _awaiting -= receipt.amount;
        _logDeposit(words, receipt.amount);
        return true;
    }

    function _isAbandoned(uint256 fork, Receipt memory receipt) private view returns (bool) {
        if (receipt.amount == 0 || fork >= _forks.length || fork < receipt.forks) return false;
        return _forks[fork].from <= receipt.index;
    }

    /// @dev Told after a fork: so many of the abandoned operations nobody had proven; `by` had the guard rolled back.
    function _abandoned(uint256 unproven, address by) internal virtual {}
}
