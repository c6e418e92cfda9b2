// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IHomeostat} from "./interfaces/IHomeostat.sol";
import {IOpLog} from "./interfaces/IOpLog.sol";
import {OperationWords} from "./libraries/OperationWords.sol";

/// @title The log that any engine inherits: a keccak chain of operations, with enough of its heads to settle what is pending.
abstract contract OpLog is IOpLog {
    struct Entry {
        bytes32 head;
        uint48 loggedAt;
        uint48 loggedBlock;
    }

    /// @dev Entries kept; a settled one is overwritten after this many operations.
    uint256 public constant RING = 256;
    /// @dev Unproven operations at once. Below RING, so that the head before the oldest of them is kept too.
    uint256 public constant MAX_PENDING = 192;

    /// @inheritdoc IOpLog
    address public immutable guard;
    uint256 private _operationCount;
    Entry[RING] private _entries;

    constructor(address guard_) {
        guard = guard_;
    }

    modifier onlyGuard() {
        if (msg.sender != guard) revert NotGuard(msg.sender);
        _;
    }

    /// @inheritdoc IOpLog
    function operationCount() public view virtual returns (uint256) {
        return _operationCount;
    }

    /// @inheritdoc IOpLog
    function entryOf(uint256 index) external view returns (bytes32 head, uint256 loggedAt, uint256 loggedBlock) {
        Entry storage entry = _entryAt(index, _operationCount);
        return (entry.head, entry.loggedAt, entry.loggedBlock);
    }

    /// @inheritdoc IOpLog
    function headsOf(uint256 first, uint256 count) external view returns (bytes32 headBefore, bytes32 headAfter) {
        uint256 logged = _operationCount;
        headBefore = first == 0 ? bytes32(0) : _entryAt(first - 1, logged).head;
        headAfter = first + count == 0 ? bytes32(0) : _entryAt(first + count - 1, logged).head;
    }

    /// @inheritdoc IOpLog
    function onSettled(uint256 first, uint256 count, address prover) external virtual onlyGuard {}

    /// @dev Appends an operation; its third word is written here, whatever it holds.
    /// @param restricted see OperationWords.logWord
    /// @custom:reverts LogFull
    function _log(uint256[9] memory words, bool restricted) internal returns (uint256 index) {
        index = _operationCount;
        uint256 pending = index - IHomeostat(guard).settled();
        if (pending >= MAX_PENDING) revert LogFull(pending, MAX_PENDING);
        words[2] = OperationWords.logWord(IHomeostat(guard).round(), block.timestamp, msg.sender, restricted);

        bytes32 headBefore = index == 0 ? bytes32(0) : _entries[(index - 1) % RING].head;
        _entries[index % RING] = Entry({
            head: keccak256(abi.encodePacked(headBefore, words)),
            loggedAt: uint48(block.timestamp),
            loggedBlock: uint48(block.number)
        });
        _operationCount = index + 1;
        emit OperationLogged(index, words);
    }

    function _entryAt(uint256 index, uint256 logged) private view returns (Entry storage) {
        if (index >= logged || index + RING < logged) revert NoSuchEntry(index, logged);
        return _entries[index % RING];
    }
}
