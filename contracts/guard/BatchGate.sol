// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../interfaces/IGroth16Verifier.sol";
import {BatchUpdate} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {BatchSignals} from "../libraries/BatchSignals.sol";
import {Field} from "../libraries/Field.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {ProofCheck} from "../libraries/ProofCheck.sol";
import {WordCommitment} from "../libraries/WordCommitment.sol";
import {BatchEffects} from "./BatchEffects.sol";

/// @title Settles batches of operations.
abstract contract BatchGate is BatchEffects {
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
        (Logged memory logged, uint256 batchOracleRoot) = _checkLog(update.firstOperation, operations);
        uint256[] memory words = _canonicalWords(operations);
        _checkProof(update, words, batchOracleRoot, proof);

        _takeOver(update, logged, progress, words, operations.length);
        _noteBreaches(update.box, update.lossWord, _currentPriceWords());
        _endHaltNote(progress.haltNotedAt);
        _callHook(update.firstOperation, operations.length);
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
    ) private view returns (Logged memory logged, uint256 batchOracleRoot) {
        logged.logWord = operations[0][2];
        uint256 batchRound = OperationWords.roundOf(logged.logWord);
        batchOracleRoot = _oracleRoots[batchRound];
        if (batchOracleRoot == 0) revert UnknownRound(batchRound);
        bytes32 head;
        (head, logged.head, logged.arrived) = IOpLog(engine).headsOf(first, operations.length);
        for (uint256 i; i < operations.length; ++i) {
            uint256 loggedRound = OperationWords.roundOf(operations[i][2]);
            if (loggedRound != batchRound) revert MixedRounds(first + i, loggedRound, batchRound);
            head = keccak256(abi.encodePacked(head, operations[i]));
        }
        if (head != logged.head) revert NotInLog(first, operations.length, head, logged.head);
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
