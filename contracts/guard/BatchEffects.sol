// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {BatchUpdate, Checkpoint} from "../interfaces/HomeostatTypes.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {BreachNotes} from "./BreachNotes.sol";
import {Checkpoints} from "./Checkpoints.sol";
import {ClaimBook} from "./ClaimBook.sol";
import {SenderBook} from "./SenderBook.sol";

/// @title What an accepted batch changes: proven words, claims, senders' counts, and the chain of checkpoints.
abstract contract BatchEffects is BreachNotes, ClaimBook, SenderBook, Checkpoints {
    /// @dev What the log says of a batch.
    /// @param logWord third word of its first operation
    /// @param head chain head after its last operation
    /// @param arrived sum of the receipts of the log's deposits up to there, token units
    struct Logged {
        uint256 logWord;
        bytes32 head;
        uint256 arrived;
    }

    /// @param progress as it is stored
    /// @param words canonical words of the batch, `count` operations and padding
    function _takeOver(
        BatchUpdate calldata update,
        Logged memory logged,
        Progress memory progress,
        uint256[] memory words,
        uint256 count
    ) internal {
        uint256 owedBefore = StateWords.liabilities(totalsWord);
        (stateRoot, totalsWord) = (update.newStateRoot, update.totalsWord);
        if (update.box != box) box = update.box;
        if (update.lossWord != lossWord) lossWord = update.lossWord;
        progress.settled += uint48(count);
        progress.deficitSince = uint32(_noteDeficit(progress.deficitSince, update.totalsWord));
        // these two alone: the compiler would write a whole struct's slot three times
        (_progress.settled, _progress.deficitSince) = (progress.settled, progress.deficitSince);
        _announce(update, logged, count);
        _noteLateness(logged.logWord);
        uint256 owedAfter = StateWords.liabilities(update.totalsWord);
        Ledger memory ledger = _record(words, count, update.outcomeWord, owedBefore, owedAfter);
        _addCheckpoint(_checkpointOf(update, logged, progress.settled), ledger);
    }

    /// @dev Apart, so that the older pipeline, which the mutation check compiles with, has stack left.
    function _announce(BatchUpdate calldata update, Logged memory logged, uint256 count) private {
        emit BatchProven(
            update.firstOperation,
            count,
            uint64(OperationWords.roundOf(logged.logWord)),
            update.newStateRoot,
            update.outcomeWord,
            update.totalsWord,
            update.box,
            update.lossWord,
            logged.arrived
        );
    }

    function _noteLateness(uint256 logWord) private {
        uint256 lateSince = _lateSince(OperationWords.loggedAtOf(logWord), proofDeadlineSec);
        if (lateSince != 0) _recordPast(IncidentCause.PROOF_LATE, IncidentCause.ALL_MARKETS, lateSince);
    }

    /// @dev A valid withdrawal becomes a claim of the account's owner, a deposit without effect one of its sender. What everyone is
    ///      owed changes by exactly the valid deposits and withdrawals: the circuit proves it, and here it is checked again.
    /// @param derived,claimed liabilities before and after the batch
    /// @return ledger as it is stored now
    function _record(
        uint256[] memory words,
        uint256 count,
        uint256 outcome,
        uint256 derived,
        uint256 claimed
    ) private returns (Ledger memory ledger) {
        ledger = _ledger;
        uint256 created = ledger.claimCount;
        // unchecked: at most 16 operations, amounts of 63 bits
        unchecked {
            for (uint256 i; i < count; ++i) {
                uint256 start = OperationWords.WORDS * i;
                uint256 kind = OperationWords.typeOf(words[start]);
                if (kind != OperationWords.WITHDRAW && kind != OperationWords.DEPOSIT) continue;
                bool deposited = kind == OperationWords.DEPOSIT;
                bool valid = StateWords.isValid(outcome, i);
                uint256 amount = OperationWords.amountOf(words[start + 1]);
                if (deposited == valid) {
                    if (valid) derived += amount;
                    continue;
                }
                if (valid) claimed += amount;
                _createClaim(ledger, words[start + (deposited ? 3 : 6)], amount);
            }
        }
        if (claimed != derived) revert LiabilitiesMismatch(derived, claimed);
        if (StateWords.unauthorised(outcome) != 0) _noteUnauthorised(ledger, words, count, outcome);
        else if (ledger.claimCount == created) return ledger;
        _ledger = ledger;
    }

    /// @dev Without what the ledger holds.
    function _checkpointOf(
        BatchUpdate calldata update,
        Logged memory logged,
        uint48 settledNow
    ) private pure returns (Checkpoint memory checkpoint) {
        (checkpoint.stateRoot, checkpoint.box) = (update.newStateRoot, update.box);
        (checkpoint.totalsWord, checkpoint.lossWord) = (update.totalsWord, update.lossWord);
        (checkpoint.logHead, checkpoint.settled, checkpoint.arrived) = (
            logged.head,
            settledNow,
            uint96(logged.arrived)
        );
    }
}
