// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Checkpoint} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {CheckpointChain} from "../libraries/CheckpointChain.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {VoidRanges} from "../libraries/VoidRanges.sol";
import {IncidentLedger} from "./IncidentLedger.sol";

/// @title The rules of a rollback and what it writes: code of the guard that does not fit into the guard's.
/// @dev Runs in the guard's place (delegatecall), on the guard's storage, from Rollback only, which has shown that the cause has lasted.
///      Called by itself it writes to its own storage, which nobody reads.
contract RollbackModule is IncidentLedger {
    using VoidRanges for uint256[];

    /// @notice See IHomeostat.rollBack.
    function rollBack(
        uint8 cause,
        bytes32 headBefore,
        Checkpoint calldata target,
        Checkpoint[] calldata later
    ) external {
        bytes32 head = CheckpointChain.next(headBefore, target);
        bytes32 last = head;
        for (uint256 i; i < later.length; ++i) last = CheckpointChain.next(last, later[i]);
        if (last != checkpointHead) revert NotTheCheckpoints(last, checkpointHead);

        Payments memory payments = _payments;
        if (payments.paidBelow > target.claimCount) revert RollbackTooLate(payments.paidBelow, target.claimCount);
        if (cause == IncidentCause.VAULT_SHORT) _requireShort(target, later, payments.paidTotal);
        else _requireBefore(target, later);

        _detect(IncidentCause.ROLLBACK, IncidentCause.ALL_MARKETS, _stake());
        checkpointHead = head;
        uint256 proven = _restore(cause, target, payments.paidTotal);
        address engine = IHomeostat(address(this)).engine();
        IOpLog(engine).forkTo(target.settled, target.logHead, target.arrived, proven, msg.sender);
    }

    /// @dev The shortfall is still there. What a checkpoint owes, with what must be held for deposits after it, is covered at the
    ///      target and at none of the later ones. Ends the note: the next one is of another incident.
    function _requireShort(Checkpoint calldata target, Checkpoint[] calldata later, uint256 paidTotal) private {
        address engine = IHomeostat(address(this)).engine();
        uint256 held = IERC20(IHomeostat(address(this)).token()).balanceOf(engine);
        uint256 since = _alarm.vaultShortSince;
        if (held >= StateWords.liabilities(totalsWord) + _ledger.unpaidClaims) {
            revert CauseNotLasting(IncidentCause.VAULT_SHORT, since);
        }
        (uint256 logged, uint256 awaiting) = IOpLog(engine).arrivals();
        uint256 needed = _neededAt(target, paidTotal, logged + awaiting);
        if (held < needed) revert TargetNotCovered(target.settled, held, needed);
        for (uint256 i; i < later.length; ++i) {
            if (held >= _neededAt(later[i], paidTotal, logged + awaiting)) {
                revert TargetTooEarly(target.settled, later[i].settled);
            }
        }
        _alarm.vaultShortSince = 0;
        emit VaultNoted(false);
        _recover(IncidentCause.VAULT_SHORT, IncidentCause.ALL_MARKETS, since, since);
    }

    /// @dev The target is the last checkpoint before the deficit, and before the oldest breach that is still there.
    function _requireBefore(Checkpoint calldata target, Checkpoint[] calldata later) private view {
        uint256 since = _progress.deficitSince;
        for (uint256 word = _sinceWord; word != 0; word >>= 32) {
            uint256 time = uint32(word);
            if (time != 0 && time < since) since = time;
        }
        if (since <= _alarm.rolledBackAt) revert RolledBackBefore(since, _alarm.rolledBackAt);
        if (target.provenAt >= since) revert TargetTooLate(target.provenAt, since);
        if (later[0].provenAt < since) revert TargetTooEarly(target.settled, later[0].settled);
    }

    /// @dev Quote units that the vault must hold at a checkpoint: what is owed there and was not paid since (payments since then went
    ///      to claims that existed at the target), and the tokens of every deposit logged after it.
    /// @param arrived tokens of all deposits, in the log or abandoned and not posted again
    function _neededAt(
        Checkpoint calldata checkpoint,
        uint256 paidTotal,
        uint256 arrived
    ) private pure returns (uint256) {
        uint256 owed = StateWords.liabilities(checkpoint.totalsWord) + checkpoint.unpaidClaims;
        return owed + checkpoint.paidTotal + arrived - paidTotal - checkpoint.arrived;
    }

    /// @return proven operations settled before
    function _restore(uint8 cause, Checkpoint calldata target, uint256 paidTotal) private returns (uint256 proven) {
        (stateRoot, box) = (target.stateRoot, target.box);
        (totalsWord, lossWord) = (target.totalsWord, target.lossWord);
        proven = _progress.settled;
        _progress.settled = target.settled;
        _ledger.unpaidClaims = uint96(target.unpaidClaims + target.paidTotal - paidTotal);
        _alarm.rolledBackAt = uint40(block.timestamp);
        uint256 claims = _ledger.claimCount;
        _voidClaims.add(target.claimCount, claims);
        emit RolledBack(cause, target.settled, proven, target.stateRoot, target.claimCount, claims - target.claimCount);
        _recover(IncidentCause.ROLLBACK, IncidentCause.ALL_MARKETS, block.timestamp, block.timestamp);
    }
}
