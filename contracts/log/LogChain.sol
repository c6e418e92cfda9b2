// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {OperationWords} from "../libraries/OperationWords.sol";

/// @title The keccak chain of operations, with enough of its heads to settle what is pending, and the places where it was cut.
/// @dev Two operations never have the same head, also across forks: the words hold the second of their logging, and nothing is
///      logged in the rest of the second of a fork.
abstract contract LogChain is IOpLog {
    struct Entry {
        bytes32 head;
        uint48 loggedAt;
        uint48 loggedBlock;
        uint96 arrived;
    }

    /// @dev The log's end, in one slot. Entries below `oldest` were overwritten by a branch that is abandoned now; `arrived` is
    ///      the sum of the receipts of the log's deposits.
    struct Cursor {
        uint48 count;
        uint48 oldest;
        uint40 forkedAt;
        uint24 forks;
        uint96 arrived;
    }

    /// @dev The operations before `from` stayed. `last` stands for the entry of the last of them; its times are the fork's.
    struct Fork {
        Entry last;
        uint48 from;
    }

    /// @dev Entries kept; a settled one is overwritten after this many operations.
    uint256 public constant RING = 256;
    /// @dev Unproven operations at once. Below RING, so that the head before the oldest of them is kept too.
    uint256 public constant MAX_PENDING = 192;

    /// @inheritdoc IOpLog
    address public immutable guard;
    /* storage: slot 0 cursor | 1-512 entries | 513 forks */
    Cursor internal _cursor;
    Entry[RING] private _entries;
    Fork[] internal _forks;

    constructor(address guard_) {
        guard = guard_;
    }

    /// @inheritdoc IOpLog
    function operationCount() public view virtual returns (uint256) {
        return _cursor.count;
    }

    /// @inheritdoc IOpLog
    function entryOf(uint256 index) external view returns (bytes32 head, uint256 loggedAt, uint256 loggedBlock) {
        Entry storage entry = _entryAt(index, _cursor);
        return (entry.head, entry.loggedAt, entry.loggedBlock);
    }

    /// @inheritdoc IOpLog
    function headsOf(
        uint256 first,
        uint256 count
    ) external view returns (bytes32 headBefore, bytes32 headAfter, uint256 arrivedAfter) {
        Cursor memory cursor = _cursor;
        if (first != 0) headBefore = _lastOf(first, cursor).head;
        if (first + count == 0) return (headBefore, headBefore, 0);
        Entry storage last = _lastOf(first + count, cursor);
        (headAfter, arrivedAfter) = (last.head, last.arrived);
    }

    /// @inheritdoc IOpLog
    function forkCount() external view returns (uint256) {
        return _forks.length;
    }

    /// @dev Appends an operation; its third word is written here, whatever it holds.
    /// @param amount token units that arrived with it
    function _append(
        uint256[9] memory words,
        bool restricted,
        uint256 amount
    ) internal returns (uint256 index, bytes32 head) {
        Cursor memory cursor = _cursor;
        index = cursor.count;
        uint256 pending = index - IHomeostat(guard).settled();
        if (pending >= MAX_PENDING) revert LogFull(pending, MAX_PENDING);
        if (cursor.forkedAt == block.timestamp) revert ForkedJustNow(block.timestamp);
        words[2] = OperationWords.logWord(IHomeostat(guard).round(), block.timestamp, msg.sender, restricted);

        bytes32 headBefore = index == 0 ? bytes32(0) : _lastOf(index, cursor).head;
        head = keccak256(abi.encodePacked(headBefore, words));
        cursor.arrived += uint96(amount);
        ++cursor.count;
        _entries[index % RING] = Entry({
            head: head,
            loggedAt: uint48(block.timestamp),
            loggedBlock: uint48(block.number),
            arrived: cursor.arrived
        });
        _cursor = cursor;
        emit OperationLogged(index, words);
    }

    /// @dev Cuts the log before the operation `from`, with the chain's head and the arrivals that belong there.
    function _cut(uint256 from, bytes32 head, uint256 arrived) internal {
        Cursor memory cursor = _cursor;
        emit LogForked(_forks.length, from, cursor.count - from, _lastOf(cursor.count, cursor).head);
        uint256 overwritten = cursor.count < RING ? 0 : cursor.count - RING;
        if (overwritten < cursor.oldest) overwritten = cursor.oldest;
        _cursor = Cursor({
            count: uint48(from),
            oldest: uint48(overwritten < from ? overwritten : from),
            forkedAt: uint40(block.timestamp),
            forks: cursor.forks + 1,
            arrived: uint96(arrived)
        });
        Fork storage fork = _forks.push();
        fork.last = Entry(head, uint48(block.timestamp), uint48(block.number), uint96(arrived));
        fork.from = uint48(from);
    }

    /// @dev The last of the first `count` operations, which are not none.
    function _lastOf(uint256 count, Cursor memory cursor) private view returns (Entry storage) {
        if (cursor.forks != 0) {
            Fork storage fork = _forks[cursor.forks - 1];
            if (count == fork.from) return fork.last;
        }
        return _entryAt(count - 1, cursor);
    }

    function _entryAt(uint256 index, Cursor memory cursor) private view returns (Entry storage) {
        if (index >= cursor.count || index + RING < cursor.count || index < cursor.oldest) {
            revert NoSuchEntry(index, cursor.count);
        }
        return _entries[index % RING];
    }
}
