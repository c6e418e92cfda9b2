// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../interfaces/IGroth16Verifier.sol";
import {RoundUpdate} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {Field} from "../libraries/Field.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {MarginStep} from "../libraries/MarginStep.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {ProofCheck} from "../libraries/ProofCheck.sol";
import {RoundSignals} from "../libraries/RoundSignals.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {WordCommitment} from "../libraries/WordCommitment.sol";
import {BreachNotes} from "./BreachNotes.sol";
import {BreakerNotes} from "./BreakerNotes.sol";
import {HaltNotes} from "./HaltNotes.sol";

/// @title Accepts oracle rounds.
abstract contract RoundGate is BreachNotes, BreakerNotes, HaltNotes {
    uint256 private constant WORDS_PER_REPORT = 4;

    /// @inheritdoc IHomeostat
    function submitRound(
        RoundUpdate calldata update,
        uint256[] calldata words,
        uint256[] calldata priceWords,
        Groth16Proof calldata proof
    ) external {
        Progress memory progress = _progress;
        _requireOpen(progress.haltNotedAt);
        _checkPlace(update, progress);
        _checkRoundWords(update, words, priceWords);

        uint256 oldOracleRoot = _oracleRoots[progress.round];
        uint256 challenge = WordCommitment.challengeOf(words, update.dataCommitment);
        uint256[] memory signals = RoundSignals.encode(
            RoundSignals.Statement({
                oldOracleRoot: oldOracleRoot,
                newOracleRoot: update.newOracleRoot,
                reporterSetRoot: reporterSetRoot,
                domain: domain(),
                round: update.round,
                timestamp: update.timestamp,
                tvl: progress.nextRoundTvl,
                dataCommitment: update.dataCommitment,
                challenge: challenge,
                evaluation: WordCommitment.evaluate(words, challenge)
            }),
            priceWords
        );
        if (!ProofCheck.isAccepted(roundVerifier, proof, signals)) {
            revert ProofRejected(oldOracleRoot, update.newOracleRoot);
        }

        uint256 lateSince = _lateSince(progress.roundTimestamp, roundDeadlineSec);
        if (lateSince != 0) _recordPast(IncidentCause.ROUND_LATE, IncidentCause.ALL_MARKETS, lateSince);
        _storePrices(priceWords, progress.roundTimestamp, update.timestamp);
        // these three alone: the compiler would write a whole struct's slot three times
        uint64 tvl = uint64(StateWords.liabilities(totalsWord));
        (_progress.round, _progress.roundTimestamp) = (uint40(update.round), uint40(update.timestamp));
        _progress.nextRoundTvl = tvl;
        _oracleRoots[update.round] = update.newOracleRoot;
        emit RoundProven(uint64(update.round), uint64(update.timestamp), update.newOracleRoot);
        _noteBreaches(box, lossWord, priceWords);
        _endHaltNote(progress.haltNotedAt);
    }

    /// @dev The circuit bounds the margin rates; the guard checks the bound again, since a fault there would liquidate the healthy.
    function _storePrices(uint256[] calldata priceWords, uint256 oldTimestamp, uint256 newTimestamp) private {
        for (uint256 m; m < priceWords.length; ++m) {
            (uint256 oldWord, uint256 newWord) = (_priceWords[m], priceWords[m]);
            uint256 rate = PriceWord.maintenanceRate(newWord);
            uint256 limit = MarginStep.limit(oldWord, PriceWord.updatedAt(newWord), _maintenanceSteps, m);
            if (rate > limit) revert MarginStepTooLarge(m, rate, limit);
            uint256 initialRate = PriceWord.initialRate(newWord);
            if (rate > initialRate) revert MarginStepTooLarge(m, rate, initialRate);
            _noteBreaker(m, oldWord, newWord, oldTimestamp, newTimestamp);
            _priceWords[m] = newWord;
        }
    }

    function _checkPlace(RoundUpdate calldata update, Progress memory progress) private view {
        if (update.round <= progress.round) revert RoundAlreadyProven(update.round, progress.round);
        if (update.round != uint256(progress.round) + 1) revert RoundNotNext(update.round, progress.round);
        if (update.timestamp <= progress.roundTimestamp) {
            revert RoundNotNewer(update.timestamp, progress.roundTimestamp);
        }
        if (update.timestamp > block.timestamp + futureToleranceSec) {
            revert RoundFromFuture(update.timestamp, block.timestamp);
        }
        if (update.timestamp + maxReportAgeSec < block.timestamp) {
            revert RoundTooOld(update.timestamp, block.timestamp);
        }
    }

    function _checkRoundWords(
        RoundUpdate calldata update,
        uint256[] calldata words,
        uint256[] calldata priceWords
    ) private view {
        uint256 wanted = WORDS_PER_REPORT * reporters;
        _requireLength("words", words.length, wanted);
        _requireLength("priceWords", priceWords.length, markets);
        if (!Field.contains(update.newOracleRoot)) revert NotInField("newOracleRoot", update.newOracleRoot);
        if (!Field.contains(update.dataCommitment)) revert NotInField("dataCommitment", update.dataCommitment);
        for (uint256 i; i < wanted; ++i) if (!Field.contains(words[i])) revert NotInField("words", words[i]);
        for (uint256 m; m < priceWords.length; ++m)
            if (!Field.contains(priceWords[m])) revert NotInField("priceWords", priceWords[m]);
    }
}
