// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../interfaces/IGroth16Verifier.sol";
import {BatchUpdate} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {BatchSignals} from "../libraries/BatchSignals.sol";
import {Field} from "../libraries/Field.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {ProofCheck} from "../libraries/ProofCheck.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {WordCommitment} from "../libraries/WordCommitment.sol";
import {BreachNotes} from "./BreachNotes.sol";
import {Checkpoints} from "./Checkpoints.sol";
import {ClaimBook} from "./ClaimBook.sol";
import {SenderBook} from "./SenderBook.sol";

/// @title Settles batches of operations.
abstract contract BatchGate is BreachNotes, ClaimBook, SenderBook, Checkpoints {
    /// @dev Enough for a log that credits its prover; a hook that needs more fails, and the settlement stands.
    uint256 private constant HOOK_GAS = 100_000;

    /// @inheritdoc IHomeostat
    function settleBatch(
        BatchUpdate calldata update,
        uint256[9][] calldata operations,
        Groth16Proof calldata proof
    ) external {
        Progress memory progress = _progress;
        _requireOpen(progress.haltNotedAt);
        _checkBatch(update, operations.length, progress.settled);
        (uint256 batchRound, bytes32 logHead, uint256 arrived) = _checkLog(update.firstOperation, operations);
        uint256[] memory words = _canonicalWords(operations);
        _checkProof(update, words, _oracleRoots[batchRound], proof);

        uint256 owedBefore = StateWords.liabilities(totalsWord);
        (stateRoot, totalsWord) = (update.newStateRoot, update.totalsWord);
        if (update.box != box) box = update.box;
        if (update.lossWord != lossWord) lossWord = update.lossWord;
        progress.settled += uint48(operations.length);
        progress.deficitSince = uint32(_noteDeficit(progress.deficitSince, update.totalsWord));
        _progress = progress;
        _announce(update, operations.length, batchRound, arrived);
        _noteLateness(operations[0][2]);
        _record(words, operations.length, update.outcomeWord, owedBefore, StateWords.liabilities(update.totalsWord));
        _addCheckpoint(logHead, arrived);
        _noteBreaches(update.box, update.lossWord, _currentPriceWords());
        _endHaltNote(progress.haltNotedAt);
        _callHook(update.firstOperation, operations.length);
    }

    /// @dev Apart, so that the older pipeline, which the mutation check compiles with, has stack left.
    function _announce(BatchUpdate calldata update, uint256 count, uint256 batchRound, uint256 arrived) private {
        emit BatchProven(
            update.firstOperation,
            count,
            uint64(batchRound),
            update.newStateRoot,
            update.outcomeWord,
            update.totalsWord,
            update.box,
            update.lossWord,
            arrived
        );
    }

    function _checkBatch(BatchUpdate calldata update, uint256 count, uint256 settledCount) private view {
        if (update.firstOperation < settledCount) revert BatchAlreadyProven(update.firstOperation, settledCount);
        if (update.firstOperation > settledCount) revert BatchNotNext(update.firstOperation, settledCount);
        if (count == 0 || count > operationsPerBatch) revert WrongLength("operations", count, operationsPerBatch);
        if (!Field.contains(update.newStateRoot)) revert NotInField("newStateRoot", update.newStateRoot);
        if (!Field.contains(update.outcomeWord)) revert NotInField("outcomeWord", update.outcomeWord);
        if (!Field.contains(update.box)) revert NotInField("box", update.box);
        if (!Field.contains(update.totalsWord)) revert NotInField("totalsWord", update.totalsWord);
        if (!Field.contains(update.lossWord)) revert NotInField("lossWord", update.lossWord);
        if (!Field.contains(update.dataCommitment)) revert NotInField("dataCommitment", update.dataCommitment);
    }

    /// @dev The raw words continue the log's keccak chain, and all were logged in one proven round.
    function _checkLog(
        uint256 first,
        uint256[9][] calldata operations
    ) private view returns (uint256 batchRound, bytes32 logHead, uint256 arrived) {
        batchRound = OperationWords.roundOf(operations[0][2]);
        if (_oracleRoots[batchRound] == 0) revert UnknownRound(batchRound);
        bytes32 head;
        (head, logHead, arrived) = IOpLog(engine).headsOf(first, operations.length);
        for (uint256 i; i < operations.length; ++i) {
            uint256 loggedRound = OperationWords.roundOf(operations[i][2]);
            if (loggedRound != batchRound) revert MixedRounds(first + i, loggedRound, batchRound);
            head = keccak256(abi.encodePacked(head, operations[i]));
        }
        if (head != logHead) revert NotInLog(first, operations.length, head, logHead);
    }

    /// @dev Words as the circuit reads them: nine zeros for what it cannot read, and for padding.
    function _canonicalWords(uint256[9][] calldata operations) private view returns (uint256[] memory words) {
        words = new uint256[](OperationWords.WORDS * operationsPerBatch);
        for (uint256 i; i < operations.length; ++i) {
            if (OperationWords.isCanonical(operations[i])) OperationWords.copyTo(words, i, operations[i]);
        }
    }

    function _checkProof(
        BatchUpdate calldata update,
        uint256[] memory words,
        uint256 batchOracleRoot,
        Groth16Proof calldata proof
    ) private view {
        uint256 challenge = WordCommitment.challengeOf(words, update.dataCommitment);
        uint256[] memory signals = BatchSignals.encode(
            BatchSignals.Statement({
                oldStateRoot: stateRoot,
                oracleRoot: batchOracleRoot,
                domain: domain(),
                challenge: challenge,
                evaluation: WordCommitment.evaluate(words, challenge)
            }),
            update
        );
        if (!ProofCheck.isAccepted(batchVerifier, proof, signals)) {
            revert ProofRejected(stateRoot, update.newStateRoot);
        }
    }

    /// @param logWord third word of the batch's first operation
    function _noteLateness(uint256 logWord) private {
        uint256 lateSince = _lateSince(OperationWords.loggedAtOf(logWord), proofDeadlineSec);
        if (lateSince != 0) _recordPast(IncidentCause.PROOF_LATE, IncidentCause.ALL_MARKETS, lateSince);
    }

    /// @dev A valid withdrawal becomes a claim of the account's owner, a deposit without effect one of its sender. What everyone is
    ///      owed changes by exactly the valid deposits and withdrawals: the circuit proves it, and here it is checked again.
    /// @param derived,claimed liabilities before and after the batch
    function _record(uint256[] memory words, uint256 count, uint256 outcome, uint256 derived, uint256 claimed) private {
        Ledger memory ledger = _ledger;
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
        else if (ledger.claimCount == created) return;
        _ledger = ledger;
    }

    function _currentPriceWords() internal view returns (uint256[] memory words) {
        words = new uint256[](markets);
        for (uint256 m; m < words.length; ++m) words[m] = _priceWords[m];
    }

    /// @dev Last, with capped gas, and without a say: an engine that reverts cannot undo a settlement.
    function _callHook(uint256 first, uint256 count) private {
        uint256 needed = HOOK_GAS + HOOK_GAS / 63 + ProofCheck.RESERVE_GAS;
        if (gasleft() < needed) revert NotEnoughGas(gasleft(), needed);
        try IOpLog(engine).onSettled{gas: HOOK_GAS}(first, count, msg.sender) {
            return;
        } catch {
            emit SettlementHookFailed(first, count, msg.sender);
        }
    }
}
